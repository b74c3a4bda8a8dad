package import ArgumentParser
import FaxModel
import FaxRig
import Foundation

/// `fax-bench`: our figures beside the real alternative's, taken in turn in the same run. Called by `./run bench`.
package struct BenchTool: Tool {
    package static let configuration = CommandConfiguration(
        commandName: "fax-bench", abstract: "Measures us beside the real alternative.",
        discussion: "Areas: \(BenchArea.allCases.map(\.rawValue).joined(separator: ", ")); without one, all.",
        shouldDisplay: false)

    @Flag(help: "One JSON object for each row.") var json = false
    @Option(help: "Runs of each; the median counts.") var runs = 15
    @Argument(help: "An area.") var area: BenchArea?

    package init() {}

    package func validate() throws {
        guard runs >= 3 else { throw ValidationError("--runs must be at least 3") }
    }

    package func run() async throws {
        let programs = try RigOption.programs
        if !json { Terminal.print(BenchRow.head) }
        for area in area.map({ [$0] }) ?? BenchArea.allCases {
            try await area.measure(programs, runs: runs) { row in
                Terminal.print(json ? try JSONOutput.line(row) : row.line)
            }
        }
    }
}

/// What can be measured by name.
enum BenchArea: String, CaseIterable, ExpressibleByArgument {
    /// How long a program takes to start and leave.
    case startup
    /// From a PDF to checked fax pages.
    case pages
    /// Submitting, claiming, publishing and listing, with a little history and with a lot.
    case queue
    /// From a report on the disk to a message accepted, and the archive with a million faxes.
    case inbox
    /// Many calls at once on the rig.
    case rig

    /// Each figure is told as soon as it is there.
    func measure(_ programs: RigPrograms, runs: Int, tell: @escaping @Sendable (BenchRow) throws -> Void) async throws {
        switch self {
        case .startup: try StartupBench(programs: programs, runs: runs).rows().forEach(tell)
        case .queue: try await QueueBench(programs: programs, runs: runs).measure(tell: tell)
        case .inbox: try InboxBench(programs: programs, runs: runs).rows().forEach(tell)
        case .rig: try await RigBench(programs: programs).measure(tell: tell)
        case .pages: try PagesBench(programs: programs, runs: runs).measure(tell: tell)
        }
    }
}
