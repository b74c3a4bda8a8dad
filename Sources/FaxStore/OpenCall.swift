package import FaxModel

/// An attempt together with its job.
package struct OpenAttempt: Hashable, Sendable {
    package var job: Job
    package var attempt: Attempt

    package init(job: Job, attempt: Attempt) {
        self.job = job
        self.attempt = attempt
    }
}

/// One call, with the faxes that go out in it: usually one.
package struct OpenCall: Hashable, Sendable {
    /// In the order of their pages; the first has the call file.
    package var parts: [OpenAttempt]

    package init(_ parts: [OpenAttempt]) { self.parts = parts }

    package var id: AttemptID { parts[0].attempt.id }
    package var job: Job { parts[0].job }
    package var attempt: Attempt { parts[0].attempt }
    package var pages: Int { parts.reduce(0) { $0 + $1.attempt.pages } }
    /// Every fax in it was taken back.
    package var cancelRequested: Bool { parts.allSatisfy(\.job.cancelRequested) }

    /// The fax that is transmitted once `done` pages of the call are; nil after the last.
    package func part(after done: Int) -> OpenAttempt? {
        var end = 0
        return parts.first { part in
            end += part.attempt.pages
            return done < end
        }
    }
}

/// The end of one part of a call: what happened, and what becomes of its job.
package struct SettledPart: Sendable {
    package var attempt: AttemptID
    package var outcome: CallOutcome
    package var next: NextStep
    /// A call was placed (it counts as a dial).
    package var dialled: Bool
    /// The call ended for this fax; otherwise before its turn, or because another one in it was taken back.
    package var hadTurn: Bool
    package var lineSeconds: Double?

    package init(
        _ attempt: AttemptID, _ outcome: CallOutcome, _ next: NextStep, dialled: Bool, hadTurn: Bool = true,
        lineSeconds: Double? = nil
    ) {
        self.attempt = attempt
        self.outcome = outcome
        self.next = next
        self.dialled = dialled
        self.hadTurn = hadTurn
        self.lineSeconds = lineSeconds
    }
}
