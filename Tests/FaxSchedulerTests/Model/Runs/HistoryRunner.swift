import Foundation

/// Runs histories one after the other, counts what happened in them, and makes a failing one short.
struct HistoryRunner {
    private(set) var steps = 0
    private(set) var jobs = 0
    private(set) var counts: [String: Int] = [:]
    private(set) var ends: [String: Int] = [:]
    /// What the steps led to.
    private(set) var happened: [String: Int] = [:]
    /// The first divergence, as a story.
    private(set) var divergence: String?

    /// Settings and events of one history; its seed decides both.
    static func history(seed: UInt64, length: Int) -> (rules: ModelRules, steps: [HistoryStep]) {
        var random = SeededRandom(seed: seed)
        var rules = ModelRules()
        rules.trunks[0].lines = Int.random(in: 1...4, using: &random)
        rules.faxesInACall = [1, 3, 16].randomElement(using: &random) ?? 1
        rules.lastPage = [.resend, .resend, .accept, .stop].randomElement(using: &random) ?? .resend
        rules.cooldown = [0, 10_000].randomElement(using: &random) ?? 0
        rules.dials = [4, 12].randomElement(using: &random) ?? 12
        rules.canHangUp = .random(using: &random)
        if Int.random(in: 0..<7, using: &random) == 0 {
            rules.retries = 1
            rules.retryPause = 30_000
        }
        return (rules, (0..<length).map { _ in HistoryStep.random(using: &random) })
    }

    /// `length` steps of the history with that seed; false when machine and model parted.
    mutating func run(seed: UInt64, length: Int) -> Bool {
        let (rules, plan) = Self.history(seed: seed, length: length)
        let outcome = Self.attempt(rules, plan)
        steps += outcome.steps
        jobs += outcome.states.count
        for step in plan.prefix(outcome.steps) { counts[step.name, default: 0] += 1 }
        for state in outcome.states { ends[state, default: 0] += 1 }
        happened.merge(outcome.happened, uniquingKeysWith: +)
        guard let problem = outcome.problem else { return true }
        let short = Self.shortened(rules, Array(plan.prefix(outcome.steps)))
        let last = Self.attempt(rules, short)
        divergence = """
            seed \(seed), step \(outcome.steps) of \(length): \(problem.text)
            settings: \(rules)
            \(problem.story)
            The same with \(short.count) steps: \(last.problem?.text ?? "no divergence any more")
            \(last.problem?.story ?? "")
            CALLFAX_SEED=\(seed) runs it again.
            """
        return false
    }

    private struct Outcome {
        var steps: Int
        var states: [String]
        var happened: [String: Int] = [:]
        var problem: (text: String, story: String)?
    }

    private static func attempt(_ rules: ModelRules, _ steps: [HistoryStep]) -> Outcome {
        do {
            let history = try History(rules)
            defer { history.remove() }
            var problem: (text: String, story: String)?
            do {
                try history.run(steps)
                try history.settleDown()
            } catch let error as Divergence {
                problem = (error.text, history.trace.story(of: error.jobs, lines: 60))
            } catch {
                problem = ("\(error)", history.trace.story(of: [], lines: 30))
            }
            return Outcome(
                steps: history.stepsDone, states: history.model.jobs.map(\.state.rawValue),
                happened: history.asterisk.tally, problem: problem)
        } catch {
            return Outcome(steps: 0, states: [], problem: ("\(error)", ""))
        }
    }

    /// Leaves out what isn't needed for a divergence, in ever smaller pieces.
    private static func shortened(_ rules: ModelRules, _ plan: [HistoryStep]) -> [HistoryStep] {
        var steps = plan
        var piece = max(steps.count / 2, 1)
        let clock = ContinuousClock()
        let end = clock.now + .seconds(60)
        while clock.now < end {
            var start = 0
            while start < steps.count, clock.now < end {
                var fewer = steps
                fewer.removeSubrange(start..<min(start + piece, steps.count))
                if let problem = attempt(rules, fewer).problem, !problem.text.isEmpty {
                    steps = fewer
                } else {
                    start += piece
                }
            }
            if piece == 1 { break }
            piece = max(piece / 2, 1)
        }
        return steps
    }
}
