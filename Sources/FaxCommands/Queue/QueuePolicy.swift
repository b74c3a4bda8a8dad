import ArgumentParser
import FaxModel
import FaxSettings
import Foundation

/// `fax-queue policy`
struct QueuePolicy: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "policy", abstract: "What follows each cause, as the settings have it.",
        discussion: "A * marks what the settings changed.")

    @OptionGroup var options: QueueOptions

    /// One cause, as `--json` shows it.
    struct Row: Encodable {
        var cause: Cause
        var meaning: String
        var retry: Bool
        var delay: Int64?
        var growth: Double
        var longest: Int64
        var limit: Int?
        var change: [ModeChange]
        var holdsNumber: Bool
        var otherTrunk: Bool
        var isChanged: Bool
    }

    func run() async throws {
        let policy = try options.settings().sending.retry
        let rows = Cause.allCases.map { cause in
            let step = policy.step(after: cause)
            return Row(
                cause: cause, meaning: cause.explanation, retry: step.delay != nil, delay: step.delay,
                growth: step.growth, longest: step.longest, limit: step.limit, change: step.change,
                holdsNumber: step.holdsNumber, otherTrunk: step.otherTrunk, isChanged: policy.steps[cause] != nil)
        }
        if options.json { return Terminal.print(try rows.map(JSONOutput.line)) }
        Terminal.print(
            ["  CAUSE                              NEXT CALL              LIMIT  OTHERWISE"] + rows.map(Self.line))
    }

    static func line(_ row: Row) -> String {
        var next = "none"
        if let delay = row.delay {
            next = "after \(delay) s"
            if row.growth != 1 { next += " ×\(row.growth.formatted()) ≤\(row.longest) s" }
        }
        var notes = row.change.map(\.rawValue)
        if row.holdsNumber { notes.append("the number waits") }
        if row.otherTrunk { notes.append("another trunk at once") }
        let limit = row.limit.map { "\($0)" } ?? (row.delay == nil ? "" : "-")
        return (row.isChanged ? "* " : "  ") + row.cause.rawValue.padded(to: 34) + " " + next.padded(to: 22) + " "
            + limit.padded(to: 6) + " " + notes.joined(separator: ", ")
    }
}
