import FaxModel

/// A stranger's call to side b, where a fax machine of its own answers: it must leave b as it was.
struct StrangerCall: Sendable {
    var rig: Rig
    var stranger: Stranger

    /// The number that it calls, which nobody else does.
    private var number: String { "5550" + stranger.rawValue.suffix(3) }

    /// Lets it call; what is not as it should be afterwards, a line each.
    func run() async throws -> [String] {
        let said = try await rig.strangerCalls(number, as: stranger)
        var problems = stranger.deeds.filter { !said.contains($0) }.map { "the stranger never said \(quoted($0))" }
        guard rig.asterisk(.b)?.isRunning ?? false else { return problems + ["Asterisk b is gone"] }
        if try await !RigClock.holds(within: 20, { try await rig.channels(.b) == 0 }) {
            problems.append("the stranger's line is still taken")
        }
        return problems
    }

    /// Looks at what came of it: a call that ended without pages, for a reason that has a name, and no message.
    func judge() async throws -> [String] {
        let receipts = try await FaxRound(rig: rig, number: number).receipts().filter { $0.dialled == number }
        let messages = rig.messages().filter { $0.value("X-Fax-To") == number }
        var problems: [String] = []
        if receipts.count != stranger.receipts {
            problems.append("the stranger's call has \(receipts.count) receipts, not \(stranger.receipts)")
        }
        problems += receipts.filter { $0.pages > 0 || $0.complete || $0.reason.isEmpty }.map {
            "the stranger's call brought \($0.pages) pages, \($0.reason.isEmpty ? "for no reason" : $0.reason)"
        }
        return problems + (messages.isEmpty ? [] : ["the stranger's call has \(messages.count) messages"])
    }
}
