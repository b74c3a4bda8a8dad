import ArgumentParser
import FaxModel
import FaxScheduler
import FaxSettings
import FaxStore
import Foundation

/// Which received faxes are meant; all conditions that are given must fit.
struct InboxConditions: ParsableArguments {
    @Option(help: ArgumentHelp("To or from that number.", valueName: "number")) var number: String?
    @Option(help: ArgumentHelp("To that number.", valueName: "number")) var to: String?
    @Option(help: ArgumentHelp("From that number.", valueName: "number")) var from: String?
    @Option(help: ArgumentHelp("That ended then or later: 2026-11-24, 2026-11-24T08:00.", valueName: "time"))
    var since: String?
    @Option(help: ArgumentHelp("That ended before.", valueName: "time")) var until: String?
    @Option(help: ArgumentHelp("reported, archived, empty, blocked or removed.", valueName: "state")) var state: String?
    @Option(help: ArgumentHelp("By that route.", valueName: "name")) var route: String?
    @Flag(help: "That nobody has seen yet.") var unseen = false
    @Flag(help: "Of which something is missing.") var incomplete = false
    @Flag(help: "That are held.") var held = false
    @Flag(help: "Blocked calls and junk.") var junk = false
    @Option(name: .shortAndLong, help: "How many.") var limit = 50

    func validate() throws {
        guard limit > 0 else { throw ValidationError("--limit must be at least 1") }
    }

    func filter(_ settings: Settings) throws(FaxError) -> InboxFilter {
        let zone = TimeZone(identifier: settings.timeZone) ?? .gmt
        var filter = InboxFilter(limit: limit)
        func notations(_ text: String?) -> [String] {
            guard let text else { return [] }
            guard let plan = settings.sending.numbers?.plan, let number = try? FaxNumber(parsing: text) else {
                return [text]
            }
            return [text] + plan.notations(of: number)
        }
        filter.number = notations(number)
        filter.dialled = notations(to)
        filter.caller = notations(from)
        filter.route = route
        if let state {
            guard let known = InboxReceiptState(rawValue: state) else {
                let all = InboxReceiptState.allCases.map(\.rawValue).joined(separator: ", ")
                throw FaxError(.usage, "state \(quoted(state)): one of \(all)")
            }
            filter.state = known
        }
        if let since { filter.since = try SendTime.past(since, zone: zone) }
        if let until { filter.until = try SendTime.past(until, zone: zone) }
        if unseen { filter.isSeen = false }
        if incomplete { filter.isComplete = false }
        if held { filter.isHeld = true }
        if junk { filter.isJunk = true }
        return filter
    }
}
