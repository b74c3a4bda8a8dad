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

/// Jobs by their numbers, in that order; those that are gone, or not the caller's, are left out.
struct ListByNumber: DeskCommand {
    static let name = "list-by-number"

    var ids: [Int64]

    func answer(at desk: QueueDesk) throws -> [Job] {
        ids.compactMap { try? desk.job($0) }
    }
}
