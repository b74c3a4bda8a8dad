import ArgumentParser
import FaxModel
import FaxPages
import FaxScheduler
import FaxSettings
import FaxStore
import Foundation
import SpoolFiles

/// `fax-probe history [NAME]`
struct ProbeHistory: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "history", abstract: "What became of the runs, newest first, and how it went over time.")

    @OptionGroup var options: ProbeOptions
    @Flag(help: "One JSON object for each run.") var json = false
    @Option(name: .shortAndLong, help: "How many runs.") var limit = 100
    @Option(help: ArgumentHelp("Begun then or later: 2026-11-24, 2026-11-24T08:00.", valueName: "time"))
    var since: String?
    @Option(help: ArgumentHelp("Draw the runs over time: FILE.svg, or FILE.png.", valueName: "file"))
    var picture: String?
    @Argument(help: "One probe alone.") var name: String?

    func validate() throws {
        guard limit > 0 else { throw ValidationError("--limit must be at least 1") }
        guard picture.map({ $0.hasSuffix(".svg") || $0.hasSuffix(".png") }) ?? true else {
            throw ValidationError("--picture: the file must end in .svg or .png")
        }
    }

    func run() async throws {
        let site = try options.site()
        let zone = TimeZone(identifier: site.settings.timeZone) ?? .gmt
        // One that is no longer in the settings has a history all the same.
        let filter = ProbeRunFilter(
            probe: try name.map(ProbeName.init(parsing:)),
            since: try since.map { text throws(FaxError) in try SendTime.past(text, zone: zone) }, limit: limit)
        let runs = try ProbeStore(site.database).runs(filter)
        let times = TimeText(site.settings.timeZone)
        if let picture {
            try await ProbePicture(runs: runs.reversed(), times: times).write(to: picture)
        }
        if json { return Terminal.print(try runs.map { try JSONOutput.line(ProbeRunView($0, times: times)) }) }
        Terminal.print(ProbeTable(times: times).lines(runs))
        for (probe, runs) in Dictionary(grouping: runs, by: \.probe).sorted(by: { $0.key.text < $1.key.text }) {
            Terminal.print("\(probe): \(ProbeSummary(runs).text)")
        }
    }
}

/// Runs in a few figures.
struct ProbeSummary {
    let passed: Int
    let failed: Int
    let missed: Int
    let setupSeconds: Double?
    let lineSeconds: Double?
    let damage: Int

    init(_ runs: [ProbeRun]) {
        func count(_ state: ProbeRun.State) -> Int { runs.filter { $0.state == state }.reduce(0) { $0 + $1.count } }
        passed = count(.passed)
        failed = count(.failed)
        missed = count(.missed)
        setupSeconds = Self.median(runs.compactMap(\.figures.setupSeconds))
        lineSeconds = Self.median(runs.compactMap(\.figures.lineSeconds))
        damage = runs.count { ($0.figures.damage ?? 0) > 0 }
    }

    /// Of those that were really sent; nil without any.
    var successRate: Double? { passed + failed == 0 ? nil : 100 * Double(passed) / Double(passed + failed) }

    var text: String {
        var text = "\(passed) of \(passed + failed) arrived"
        if let successRate { text += String(format: " (%.1f %%)", successRate) }
        if missed > 0 { text += ", \(missed) missed" }
        if damage > 0 { text += ", \(damage) with damage" }
        if let setupSeconds { text += String(format: ", set-up %.1f s", setupSeconds) }
        if let lineSeconds { text += String(format: ", line %.1f s (medians)", lineSeconds) }
        return text
    }

    static func median(_ values: [Double]) -> Double? {
        let sorted = values.sorted()
        guard let middle = sorted.dropFirst(sorted.count / 2).first else { return nil }
        return sorted.count % 2 == 1 ? middle : (middle + sorted[sorted.count / 2 - 1]) / 2
    }
}
