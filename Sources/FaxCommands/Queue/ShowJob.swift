import FaxModel
import FaxStore

/// `fax-queue show`
struct ShowJob: DeskCommand {
    static let name = "show"

    var id: Int64

    func answer(at desk: QueueDesk) throws -> JobStory {
        JobStory(
            job: try desk.job(id), attempts: try desk.site.jobs.attempts(of: id),
            history: try desk.site.jobs.history(of: id))
    }
}

/// A job with its attempts and its history.
struct JobStory: Hashable, Sendable, Codable {
    var job: Job
    var attempts: [Attempt]
    var history: [HistoryEntry]
}
