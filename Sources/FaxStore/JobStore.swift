package import FaxModel

/// Everything durable about jobs. Each call is one transaction that is on the disk when it returns.
///
/// Behind a protocol because a fleet will keep its jobs in a shared database: every implementation passes the same
/// conformance tests.
package protocol JobStore: Sendable {
    /// Accepts one document for one or more recipients; the jobs share a group, the id of the first.
    func submit(_ submission: Submission) throws -> [Job]

    func job(_ id: Int64) throws -> Job?
    /// The newest `limit` jobs, newest first, without those that can't be read.
    func jobs(limit: Int, unfinishedOnly: Bool) throws -> [Job]
    /// In the order in which they were made.
    func attempts(of job: Int64) throws -> [Attempt]
    func history(of job: Int64) throws -> [HistoryEntry]

    /// Takes due jobs, as many as lines are free, one to a number, oldest first, and gives each an attempt.
    ///
    /// Open attempts are counted in the same transaction, so two passes can never use one line twice. A job past its
    /// deadline expires instead.
    func claim(now: UnixTime, lines: Int, random: () -> UInt32) throws -> [OpenAttempt]
    /// Attempts that are not settled, oldest first, without those whose job can't be read.
    func openAttempts() throws -> [OpenAttempt]
    /// All attempts that are not settled, and all whose end is unknown, readable or not: what they left is still needed.
    func unresolvedAttempts() throws -> (open: Set<AttemptID>, unknown: Set<AttemptID>)
    /// Unfinished jobs that this version can't read, one line each with the reason. They hold up no other job, stay as
    /// they are, and never count as finished.
    func unreadableJobs() throws -> [String]
    /// The call file is out.
    func markPublished(_ attempt: AttemptID, now: UnixTime) throws
    /// The gate let a call through at `started`.
    func markStarted(_ attempt: AttemptID, started: UnixTime, now: UnixTime) throws
    /// Ends an attempt and moves its job on, in one step. Settling a settled attempt changes nothing, but for one whose
    /// job is `unknown` and to which a report came after all.
    func settle(_ attempt: AttemptID, _ result: SettledCall, now: UnixTime) throws
    /// The earliest time at which a waiting job becomes due.
    func nextDue() throws -> UnixTime?

    /// Cancels at once where nothing is under way; else notes the wish for the scheduler.
    func cancel(_ job: Int64, now: UnixTime) throws -> Job
    /// Attempts whose job ended as unknown after `limit`: a late report may still say what became of them.
    func unknownAttempts(settledAfter limit: UnixTime) throws -> [OpenAttempt]
    /// Paths of documents that belong to a job which is not finished, or finished after `limit`.
    func documentsInUse(finishedAfter limit: UnixTime) throws -> Set<String>
}

/// What `submit` takes.
package struct Submission: Sendable {
    /// Path of the finished TIFF, already durable.
    package var document: String
    package var pages: Int
    /// Seconds that a call with all its pages can last at most.
    package var longestCall: Int64
    package var requests: [FaxRequest]
    package var submitted: UnixTime
    /// Not before.
    package var due: UnixTime
    package var deadline: UnixTime

    package init(
        document: String, pages: Int, longestCall: Int64, requests: [FaxRequest], submitted: UnixTime, due: UnixTime,
        deadline: UnixTime
    ) {
        self.document = document
        self.pages = pages
        self.longestCall = longestCall
        self.requests = requests
        self.submitted = submitted
        self.due = due
        self.deadline = deadline
    }
}

/// An attempt together with its job.
package struct OpenAttempt: Hashable, Sendable {
    package var job: Job
    package var attempt: Attempt

    package init(job: Job, attempt: Attempt) {
        self.job = job
        self.attempt = attempt
    }
}

/// The end of an attempt: what happened, and what becomes of the job.
package struct SettledCall: Sendable {
    package var outcome: CallOutcome
    package var fate: Fate
    /// A call was placed (it counts as a dial).
    package var dialled: Bool
    package var lineSeconds: Double?

    package init(outcome: CallOutcome, fate: Fate, dialled: Bool, lineSeconds: Double? = nil) {
        self.outcome = outcome
        self.fate = fate
        self.dialled = dialled
        self.lineSeconds = lineSeconds
    }
}

/// One line of a job's history.
package struct HistoryEntry: Hashable, Sendable, Codable {
    package var at: UnixTime
    package var state: JobState
    package var text: String

    package init(at: UnixTime, state: JobState, text: String) {
        self.at = at
        self.state = state
        self.text = text
    }
}
