package import FaxModel
import FaxPages
import Foundation

/// Runs scenarios on a rig, side by side as far as they don't disturb each other, and judges each.
package struct Validation: Sendable {
    private let rig: Rig
    private let scenarios: [Scenario]
    private let round: FaxRound
    private let watch: @Sendable (ScenarioProgress) -> Void

    package init(rig: Rig, scenarios: [Scenario], watch: @escaping @Sendable (ScenarioProgress) -> Void) {
        self.rig = rig
        let possible = scenarios.filter { rig.network == .namespaces || !$0.needsNamespaces }
        if possible.count < scenarios.count {
            rig.say("\(scenarios.count - possible.count) scenarios are left out: they need root")
        }
        self.scenarios = possible
        self.watch = watch
        round = FaxRound(rig: rig, number: "")
    }

    /// What the sending side needs: enough lines, and second tries soon.
    private static let settings: SettingsTree = {
        let soon: SettingsTree = ["delay": 3, "growth": 1, "limit": 3, "hold_number": false]
        let causes: [Cause] = [
            .handshakeTrain, .pageDropped, .pageNoResponse, .pageMissing, .dialNoAnswer, .dialCongestion,
        ]
        let steps = Dictionary(uniqueKeysWithValues: causes.map { ($0.rawValue, soon) })
        return ["sending": ["lines": 80, "retry": ["cooldown": 0, "causes": .map(steps)]]]
    }()

    /// What the matrix needs of a rig: a pair of endpoints for each line, and a disk of the receiving side's own.
    package static func prepare(_ options: inout RigOptions) {
        options.trunks = ScenarioLine.allCases.map(\.trunk) + FaxGateway.allCases.map(\.trunk) + [.stranger]
        options.settings[.a] = settings
        options.smallSide = .b
        if geteuid() == 0 { options.spoolBytes = 500_000_000 }
    }

    /// `documents` are PDFs. Results come in the scenarios' order.
    package func run(_ documents: [ScenarioDocument: String]) async throws -> [ScenarioResult] {
        for line in ScenarioLine.allCases { try rig.addTemplate(line.rawValue, trunk: line.trunk.name) }
        let handed = try documents.mapValues { try FileHandover(rig: rig, side: .a).copy($0) }
        // Whoever takes long begins first.
        let together = scenarios.filter { $0.event == nil }.sorted {
            $0.expected.pages.upperBound > $1.expected.pages.upperBound
        }
        var underWay: [Int64: Submission] = [:]
        for scenario in together {
            let (id, submission) = try await submit(scenario, handed)
            underWay[id] = submission
        }
        var results = try await follow(underWay)
        // What ends calls of its own accord has the servers for itself.
        for scenario in scenarios {
            guard let event = scenario.event else { continue }
            let problems = try await event.prepare(rig)
            var (id, submission) = try await submit(scenario, handed)
            submission.problems = problems
            try await event.provoke(rig)
            results += try await follow([id: submission])
            for side in RigSide.allCases { try await rig.waitForSilence(side, seconds: 120) }
        }
        let order = Dictionary(uniqueKeysWithValues: scenarios.enumerated().map { ($1.name, $0) })
        return results.sorted { order[$0.scenario.name, default: 0] < order[$1.scenario.name, default: 0] }
    }

    /// A scenario under way, and when fax-send was started for it, in seconds since 1970.
    private struct Submission {
        var scenario: Scenario
        var at: Double
        /// What was wrong already before that.
        var problems: [String] = []
    }

    private func submit(
        _ scenario: Scenario, _ documents: [ScenarioDocument: String]
    ) async throws -> (Int64, Submission) {
        guard let document = documents[scenario.document] else {
            throw FaxError(.software, "there is no document \(scenario.document.name)")
        }
        let tries = scenario.options.contains("-T") ? [] : ["-T", "1"]
        let submission = Submission(scenario: scenario, at: Date().timeIntervalSince1970)
        let text = try await round.tool(
            .a, "fax-send",
            ["--json", "--template", scenario.line.rawValue, "-i", scenario.name, "-d", number(scenario)] + tries
                + scenario.options + [document])
        watch(ScenarioProgress(scenario: scenario, state: .queued, problems: nil))
        return (try JSONDecoder().decode(SentJob.self, from: Data(text.utf8)).id, submission)
    }

    /// A fax machine of the scenario's own, by its place in the whole matrix.
    private func number(_ scenario: Scenario) -> String {
        if let end = scenario.farEnd { return end.rawValue }
        if let stranger = scenario.stranger { return stranger.rawValue }
        let place = ScenarioMatrix.all.firstIndex { $0.name == scenario.name } ?? 0
        return "\(5_550_400 + place)"
    }

    /// Seconds that a fax may take, once its job is over, to be archived and told of at the far end.
    private static let patience = 200

    /// Looks at all that are under way once a second, until each is over and told of.
    private func follow(_ underWay: [Int64: Submission]) async throws -> [ScenarioResult] {
        var open = underWay
        var states: [Int64: JobState] = [:]
        var patiences: [Int64: ContinuousClock.Instant] = [:]
        var results: [ScenarioResult] = []
        let end = ContinuousClock.now + .seconds(1500)
        while !open.isEmpty {
            guard ContinuousClock.now < end else {
                let names = open.values.map(\.scenario.name)
                throw FaxError(.unavailable, "not over: " + names.sorted().joined(separator: ", "))
            }
            let all = try await round.jobs()
            let receipts = try await round.receipts()
            for job in all {
                guard let submission = open[job.id] else { continue }
                let scenario = submission.scenario
                if job.state != states[job.id] {
                    states[job.id] = job.state
                    watch(ScenarioProgress(scenario: scenario, state: job.state, problems: nil))
                }
                let own = receipts.filter { $0.dialled == job.number && $0.pages > 0 }
                guard job.state.isFinal else { continue }
                // A receiver whose sender is gone takes its time to see that.
                let awaited = scenario.expected.arrivals?.lowerBound ?? (job.pagesDone == 0 ? 0 : 1)
                let patience = patiences[job.id, default: .now + .seconds(Self.patience)]
                patiences[job.id] = patience
                guard own.count >= awaited && own.allSatisfy(\.isSettled) || .now > patience else { continue }
                let result = try await result(submission, job.id, own)
                watch(ScenarioProgress(scenario: scenario, state: job.state, problems: result.problems))
                results.append(result)
                open[job.id] = nil
            }
            try await Task.sleep(for: .seconds(1))
        }
        return results
    }

    private func result(_ submission: Submission, _ id: Int64, _ receipts: [Receipt]) async throws -> ScenarioResult {
        let scenario = submission.scenario
        let job = try await round.job(id)
        let story = try await round.tool(.a, "fax-queue", ["show", "\(id)"])
        let messages = rig.messages().filter { $0.value("X-Fax-Result") != nil }.compactMap { $0.value("X-Fax-Call") }
        let arrivals = try receipts.map { receipt in
            Observed.Arrival(
                pages: receipt.pages, isComplete: receipt.complete, messages: messages.count { $0 == receipt.uniqueid },
                damagedRows: try Self.damage(job, receipt), mode: receipt.mode)
        }
        let seen = Observed(job, arrivals: arrivals)
        let problems = try await submission.problems + scenario.expected.judge(seen) + judgeOthers(scenario)
        return ScenarioResult(
            scenario, job, observed: seen, problems: problems, story: story, receipts: receipts,
            submitted: submission.at)
    }

    /// No fax may end an Asterisk: the rig starts none again by itself. And a stranger must have done its part.
    private func judgeOthers(_ scenario: Scenario) async throws -> [String] {
        let gone = RigSide.allCases.filter { !(rig.asterisk($0)?.isRunning ?? false) }
        let unsaid = scenario.stranger.map { rig.missing(of: $0) } ?? []
        return gone.map { "Asterisk \($0.rawValue) is gone" } + unsaid.map { "the stranger never said \(quoted($0))" }
            + (try await scenario.event?.conclude(rig) ?? [])
    }

    /// Rows that differ; a call that broke has the first pages, one that came to its end has the last ones.
    private static func damage(_ job: SentJob, _ receipt: Receipt) throws -> Int? {
        guard let document = job.document, let tiff = receipt.tiff, receipt.pages <= job.pages else { return nil }
        let pages = receipt.complete ? job.pages - receipt.pages..<job.pages : 0..<receipt.pages
        let part = NSTemporaryDirectory() + "callfax-part-" + UUID().uuidString + ".tiff"
        defer { try? FileTree.remove(part) }
        _ = try TIFFFile.assemble([AttemptPart(document: document, pages: pages, headers: [])], to: part)
        let compared = try PageComparison.compare(sent: part, received: tiff, headerRows: .drawn)
        return compared.pages.reduce(0) { $0 + $1.differingRows }
    }
}

/// What a scenario is doing.
package struct ScenarioProgress: Sendable {
    package var scenario: Scenario
    package var state: JobState
    /// Once it is over.
    package var problems: [String]?
}

/// What came of a scenario.
package struct ScenarioResult: Sendable {
    package var scenario: Scenario
    package var observed: Observed
    package var problems: [String]
    /// Of all calls.
    package var lineSeconds: Double
    /// The job's own history, as `fax-queue show` prints it.
    package var story: String
    package var sent: String?
    package var received: [String]
    /// What was dialled.
    package var number: String
    package var attempts: [Attempt]
    /// Ids of the calls that brought pages.
    package var arrivals: [String]
    /// When fax-send was started, in seconds since 1970.
    package var submitted: Double

    package struct Attempt: Hashable, Sendable {
        package var id: String
        package var cause: Cause?
    }

    package var isAsExpected: Bool { problems.isEmpty }
}

extension Observed {
    /// What the sender says of it.
    init(_ job: SentJob, arrivals: [Arrival]?) {
        let last = job.attempts?.last
        self.init(
            state: job.state, cause: job.cause, firstCause: job.attempts?.first?.cause,
            calls: job.attempts?.count ?? 0, pages: job.pages, pagesDone: job.pagesDone, mode: last?.mode,
            rate: last?.rate, arrivals: arrivals)
    }
}

extension ScenarioResult {
    /// `receipts` are those of the calls that brought pages, where somebody looked.
    init(
        _ scenario: Scenario, _ job: SentJob, observed: Observed, problems: [String], story: String,
        receipts: [Receipt] = [], submitted: Double
    ) {
        let calls = job.attempts ?? []
        self.init(
            scenario: scenario, observed: observed, problems: problems,
            lineSeconds: calls.compactMap(\.lineSeconds).reduce(0, +), story: story, sent: job.document,
            received: receipts.compactMap(\.tiff), number: job.number,
            attempts: calls.map { Attempt(id: $0.id, cause: $0.cause) }, arrivals: receipts.map(\.uniqueid),
            submitted: submitted)
    }
}
