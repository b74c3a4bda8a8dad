package import FaxModel
import FaxStore

/// What a pass did, for the log.
package struct PassReport: Hashable, Sendable {
    package struct Step: Hashable, Sendable {
        package var job: Int64
        package var attempt: AttemptID
        package var text: String
        /// A person should look at it.
        package var alarm: Bool
    }

    package var steps: [Step] = []
    /// What this pass could not do, one line each; the next one tries again.
    package var problems: [String] = []

    package init() {}

    var isEmpty: Bool { steps.isEmpty && problems.isEmpty }

    mutating func add(_ call: OpenCall, _ text: String) {
        for part in call.parts { add(part, text) }
    }

    mutating func add(_ open: OpenAttempt, _ text: String, alarm: Bool = false) {
        steps.append(Step(job: open.job.id, attempt: open.attempt.id, text: text, alarm: alarm))
    }

    mutating func add(_ call: OpenCall, problem: any Error) {
        add(problem: "job \(call.job.id), attempt \(call.id): \(problem)")
    }

    /// The holder of the lock may run several passes for one report: what is told once is enough.
    mutating func add(problem: String) {
        if !problems.contains(problem) { problems.append(problem) }
    }
}
