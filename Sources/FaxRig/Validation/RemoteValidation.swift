import FaxModel
import Foundation

/// The part of the matrix that harms nobody, from an installed server to a real number over the trunk of its settings.
///
/// What the far machine makes of it is not looked at: a fax is what T.30 said of it.
package struct RemoteValidation: Sendable {
    private let program: String
    private let settings: String?
    private let number: String
    private let watch: @Sendable (ScenarioProgress) -> Void

    /// `program` has our tools beside it, or answers to their names as its first argument; `settings` is a file, nil for
    /// the usual one.
    package init(
        program: String, settings: String?, number: String, watch: @escaping @Sendable (ScenarioProgress) -> Void
    ) {
        self.program = program
        self.settings = settings
        self.number = number
        self.watch = watch
    }

    /// What needs neither a line nor a far end of the rig's, does nothing to servers, and asks for one call.
    package static func isSafe(_ scenario: Scenario) -> Bool {
        scenario.line == .t38 && scenario.farEnd == nil && scenario.event == nil && scenario.expected.calls == 1...1
            && scenario.expected.states == [.delivered]
    }

    /// `documents` are PDFs. One fax after the other, since they all go to one number.
    package func run(
        _ scenarios: [Scenario], _ documents: [ScenarioDocument: String]
    ) async throws -> [ScenarioResult] {
        var results: [ScenarioResult] = []
        for scenario in scenarios {
            guard let document = documents[scenario.document] else {
                throw FaxError(.software, "there is no document \(scenario.document.name)")
            }
            let at = Date().timeIntervalSince1970
            let text = try await tool(
                "fax-send",
                ["--json", "-i", "validate-\(scenario.name)", "-T", "1", "-d", number] + scenario.options
                    + [document])
            watch(ScenarioProgress(scenario: scenario, state: .queued, problems: nil))
            let id = try JSONDecoder().decode(SentJob.self, from: Data(text.utf8)).id
            let result = try await result(scenario, try await follow(scenario, id), at)
            watch(ScenarioProgress(scenario: scenario, state: result.observed.state, problems: result.problems))
            results.append(result)
        }
        return results
    }

    private func follow(_ scenario: Scenario, _ id: Int64) async throws -> SentJob {
        var last = JobState.queued
        while true {
            let text = try await tool("fax-queue", ["show", "\(id)", "--json"])
            let job = try JSONDecoder().decode(SentJob.self, from: Data(text.utf8))
            if job.state.isFinal { return job }
            if job.state != last { watch(ScenarioProgress(scenario: scenario, state: job.state, problems: nil)) }
            last = job.state
            try await Task.sleep(for: .seconds(1))
        }
    }

    private func result(_ scenario: Scenario, _ job: SentJob, _ at: Double) async throws -> ScenarioResult {
        let calls = job.attempts ?? []
        let seen = Observed(
            state: job.state, cause: job.cause, firstCause: calls.first?.cause, calls: calls.count, pages: job.pages,
            pagesDone: job.pagesDone, mode: calls.last?.mode, rate: calls.last?.rate, arrivals: nil)
        // Which way and how fast is the trunk's and the far machine's own affair.
        var expected = scenario.expected
        (expected.mode, expected.rate) = (nil, nil)
        return ScenarioResult(
            scenario: scenario, observed: seen, problems: expected.judge(seen),
            lineSeconds: calls.compactMap(\.lineSeconds).reduce(0, +),
            story: try await tool("fax-queue", ["show", "\(job.id)"]), sent: job.document, received: [],
            number: job.number, attempts: calls.map { .init(id: $0.id, cause: $0.cause) }, arrivals: [], submitted: at)
    }

    private func tool(_ name: String, _ arguments: [String]) async throws -> String {
        let config = settings.map { ["--config", $0] } ?? []
        let beside = URL(fileURLWithPath: program).deletingLastPathComponent().path + "/" + name
        let start = FileManager.default.isExecutableFile(atPath: beside) ? [beside] : [program, name]
        let result = try await Command(start + Self.before(config, arguments), limit: .seconds(300)).run()
        guard result.succeeded else {
            let line = result.errorText.split(separator: "\n").last.map(String.init) ?? "exit code \(result.status)"
            throw FaxError(FaxError.Code(rawValue: result.status) ?? .unavailable, line)
        }
        return result.text
    }

    /// Behind a subcommand, where there is one.
    private static func before(_ config: [String], _ arguments: [String]) -> [String] {
        guard let first = arguments.first, !first.hasPrefix("-") else { return config + arguments }
        return [first] + config + arguments.dropFirst()
    }
}
