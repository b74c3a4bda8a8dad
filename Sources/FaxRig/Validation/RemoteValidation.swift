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
        scenario.line == .t38 && scenario.farEnd == nil && scenario.stranger == nil && scenario.event == nil
            && scenario.expected.calls == 1...1
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
            let id = try FaxRound.decode(SentJob.self, text).id
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
            let job = try FaxRound.decode(SentJob.self, text)
            if job.state.isFinal { return job }
            if job.state != last { watch(ScenarioProgress(scenario: scenario, state: job.state, problems: nil)) }
            last = job.state
            try await Task.sleep(for: .seconds(1))
        }
    }

    private func result(_ scenario: Scenario, _ job: SentJob, _ at: Double) async throws -> ScenarioResult {
        let seen = Observed(job, arrivals: nil)
        // Which way and how fast is the trunk's and the far machine's own affair.
        var expected = scenario.expected
        (expected.mode, expected.rate) = (nil, nil)
        return ScenarioResult(
            scenario, job, observed: seen, problems: expected.judge(seen),
            story: try await tool("fax-queue", ["show", "\(job.id)"]), submitted: at)
    }

    private func tool(_ name: String, _ arguments: [String]) async throws -> String {
        let beside = URL(fileURLWithPath: program).deletingLastPathComponent().path + "/" + name
        let start = FileManager.default.isExecutableFile(atPath: beside) ? [beside] : [program, name]
        let environment = ProcessInfo.processInfo.environment.merging(
            settings.map { ["CALLFAX_CONFIG": $0] } ?? [:]
        ) { $1 }
        return try await Command(start + arguments, environment: environment, limit: .seconds(300)).run().answer()
    }
}
