import FaxModel
import FaxStore

/// `fax-queue list`
struct ListJobs: DeskCommand {
    static let name = "list"

    var filter: JobFilter

    func answer(at desk: QueueDesk) throws -> [Job] {
        var filter = filter
        filter.owner = desk.owner(filter.owner)
        return try desk.site.jobs.jobs(filter)
    }
}
