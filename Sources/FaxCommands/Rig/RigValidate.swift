import ArgumentParser
import FaxModel
import FaxPages
import FaxRig
import Foundation

/// `fax-rig validate`: every kind of fax, line and far end, and whether what comes of each is as it should be.
struct RigValidate: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "validate", abstract: "Tries kinds of faxes, lines and far ends, and judges what comes of each.",
        discussion: """
            Exit code 0 only if all is as expected. The report has an HTML page with the pages sent and received, \
            junit.xml, report.json, and where something was not as expected the story of its calls, their packets, and \
            the logs of both servers.

            With --remote no rig is brought up: this server sends the part that harms nobody to that number, one fax \
            after the other, over the trunk of its own settings. What is expected then is what T.30 tells; what the far \
            machine makes of the pages is a probe's business (fax-probe).
            """)

    enum Matrix: String, ExpressibleByArgument, CaseIterable { case quick, full }

    @Option(help: "quick, in minutes, or full, in up to half an hour.") var matrix = Matrix.quick
    @Option(help: ArgumentHelp("Only scenarios with this in their name; * stands for anything.", valueName: "pattern"))
    var only: String?
    @Option(help: ArgumentHelp("Write the report there.", valueName: "directory")) var report: String?
    @Option(help: ArgumentHelp("Send to this number from this server instead.", valueName: "number"))
    var remote: String?
    @Option(help: RigOption.asteriskHelp) var asterisk = RigOptions.AsteriskSource.automatic
    @OptionGroup var config: SettingsOption
    @Flag(help: "Tell the story of every call, not only where something is not as expected.") var stories = false
    @Flag(help: "Name the scenarios and stop.") var list = false

    func run() async throws {
        let scenarios = try chosen()
        if list {
            for scenario in scenarios { Terminal.print("\(scenario.name.padded(to: 24)) \(scenario.about)") }
            return
        }
        if let report {
            // Found out now, not after half an hour.
            try FileManager.default.createDirectory(atPath: report, withIntermediateDirectories: true)
        }
        let directory = NSTemporaryDirectory() + "callfax-validate-" + UUID().uuidString
        try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: directory) }
        let documents = try Dictionary(
            uniqueKeysWithValues: Set(scenarios.map(\.document)).map { document in
                let path = "\(directory)/\(document.name).pdf"
                try document.sample.write(to: path)
                return (document, path)
            })
        let table = ValidationTable(scenarios)
        let start = Date()
        let told: ToldResults
        if let remote {
            told = try await sent(to: remote, scenarios, documents, table)
            try write(told, start)
        } else {
            told = try await onRig(scenarios, documents, table, start)
        }
        table.end()
        let results = told.results
        let wrong = results.filter { !$0.isAsExpected }
        for result in results {
            for problem in result.problems { Terminal.print("\(result.scenario.name): \(problem)") }
            for call in told.calls(of: result) { Terminal.print(call.story.text) }
        }
        for timing in told.timings { Terminal.print(timing.text) }
        Terminal.print(
            (told.version.map { "Asterisk \($0): " } ?? "")
                + "\(results.count - wrong.count) of \(results.count) scenarios are as expected, "
                + "\(Int(-start.timeIntervalSinceNow)) s" + (report.map { "; the report is in \($0)" } ?? ""))
        if !wrong.isEmpty { throw ExitCode(1) }
    }

    private func sent(
        to number: String, _ scenarios: [Scenario], _ documents: [ScenarioDocument: String], _ table: ValidationTable
    ) async throws -> ToldResults {
        let program = try FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
        let pages = scenarios.reduce(0) { $0 + $1.expected.pages.upperBound }
        Terminal.complain("fax-rig: \(scenarios.count) calls to \(number), \(pages) pages")
        let validation = RemoteValidation(program: program, settings: config.path, number: number) { table.show($0) }
        return ToldResults(try await validation.run(scenarios, documents))
    }

    private func onRig(
        _ scenarios: [Scenario], _ documents: [ScenarioDocument: String], _ table: ValidationTable, _ start: Date
    ) async throws -> ToldResults {
        var option = RigOption()
        option.name = "validate"
        var options = try option.options()
        options.asterisk = asterisk
        Validation.prepare(&options)
        let everything = stories
        let say: @Sendable (String) -> Void = { Terminal.complain("fax-rig: \($0)") }
        return try await Rig.with(options, say: say) { rig in
            let recorder = try await CallRecorder(rig)
            if let gap = recorder.gap { say(gap) }
            let results = try await Validation(rig: rig, scenarios: scenarios) { table.show($0) }.run(documents)
            let told = ToldResults(
                results, try await recorder.end(), everything: everything,
                version: try? await rig.asteriskVersion(.a))
            // The pages are gone with the rig.
            try write(told, start)
            if let report, results.contains(where: { !$0.isAsExpected }) { try rig.saveLogs(to: report + "/logs") }
            return told
        }
    }

    private func write(_ told: ToldResults, _ start: Date) throws {
        if let report { try ValidationReport(told: told, seconds: -start.timeIntervalSinceNow).write(to: report) }
    }

    private func chosen() throws -> [Scenario] {
        let matrix = matrix == .quick && only == nil ? ScenarioMatrix.quick : ScenarioMatrix.all
        let all = remote == nil ? matrix : matrix.filter(RemoteValidation.isSafe)
        guard let only else { return all }
        let found = all.filter { fnmatch("*\(only)*", $0.name, 0) == 0 }
        guard !found.isEmpty else {
            throw FaxError(.usage, "no scenario has \(quoted(only)) in its name; --list names them")
        }
        return found
    }
}
