import FaxModel
import FaxStore
import SpoolFiles

/// `fax-queue cancel`
struct CancelJob: DeskCommand {
    static let name = "cancel"

    var id: Int64

    func answer(at desk: QueueDesk) throws -> Job {
        _ = try desk.job(id)
        return try desk.site.jobs.cancel(id, now: Clock.now())
    }
}
