import FaxModel
import FaxStore

/// `fax-queue list`
struct ListJobs: DeskCommand {
    static let name = "list"
    /// At once; `QueueAccess.jobs(_:)` asks as often as it takes.
    static let most = 250

    var filter: JobFilter

    func answer(at desk: QueueDesk) throws -> [Job] {
        var filter = filter
        filter.limit = min(max(filter.limit, 0), Self.most)
        filter.owner = desk.owner(filter.owner)
        return try desk.site.jobs.jobs(filter)
    }
}

/// Jobs by their numbers, in that order; those that are gone, or not the caller's, are left out.
struct ListByNumber: DeskCommand {
    static let name = "list-by-number"

    static let most = ListJobs.most

    var ids: [Int64]

    func answer(at desk: QueueDesk) throws -> [Job] {
        guard ids.count <= Self.most else { throw FaxError(.usage, "\(ids.count) jobs at once: ask for \(Self.most)") }
        return ids.compactMap { try? desk.job($0) }
    }
}

extension QueueAccess {
    /// All jobs that fit, newest first, a piece at a time: an answer has a limit, and whoever asks is not alone.
    func jobs(_ filter: JobFilter) async throws -> [Job] {
        var found: [Job] = []
        var next = filter
        while found.count < filter.limit {
            next.limit = min(filter.limit - found.count, ListJobs.most)
            let piece = try await ask(ListJobs(filter: next))
            found += piece
            guard piece.count == next.limit, let last = piece.last else { break }
            next.before = last.id
        }
        return found
    }

    /// The jobs of those numbers, in that order, without those that are gone.
    func jobs(_ ids: [Int64]) async throws -> [Job] {
        var found: [Job] = []
        for start in stride(from: 0, to: ids.count, by: ListByNumber.most) {
            found += try await ask(ListByNumber(ids: Array(ids[start..<min(start + ListByNumber.most, ids.count)])))
        }
        return found
    }
}
