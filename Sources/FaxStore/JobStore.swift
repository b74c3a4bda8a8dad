package import FaxModel

/// Everything durable about jobs. Each call is one transaction that is on the disk when it returns.
///
/// Behind a protocol because a fleet will keep its jobs in a shared database: every implementation passes the same
/// conformance tests.
package protocol JobStore: Sendable {
    /// Accepts one document for one or more recipients and returns the jobs' ids, which share a group: the first of them.
    func submit(_ submission: Submission) throws -> [Int64]
    /// What was accepted under that key; nil for nothing.
    func submission(key: String) throws -> [Int64]?

    // Looking

    func job(_ id: Int64) throws -> Job?
    /// Newest first, without those that can't be read.
    func jobs(_ filter: JobFilter) throws -> [Job]
    /// In the order in which they were made.
    func attempts(of job: Int64) throws -> [Attempt]
    func history(of job: Int64) throws -> [HistoryEntry]
    /// Unfinished jobs that this version can't read, one line each with the reason. They hold up no other job, stay as
    /// they are, and never count as finished.
    func unreadableJobs() throws -> [String]

    // A pass

    /// Takes due jobs, as many as lines are free, one call to a number, by rank, and gives each an attempt.
    ///
    /// Open calls are counted in the same transaction, so two passes can never use one line twice. A job past its
    /// deadline expires instead; one that may not go now, or not at all, is put off or refused as `permission` says.
    func claim(
        _ rules: ClaimRules, now: UnixTime, random: () -> UInt32, permission: (Job) throws -> SendPermission
    ) throws -> [OpenCall]
    /// Calls that are not settled, oldest first, without those of which a job can't be read.
    func openCalls() throws -> [OpenCall]
    /// All attempts that are not settled, and all whose end is unknown, readable or not: what they left is still needed.
    func unresolvedAttempts() throws -> (open: Set<AttemptID>, unknown: Set<AttemptID>)
    /// The call files are out.
    func markPublished(_ calls: [AttemptID], now: UnixTime) throws
    /// The gate let a call through at `started`.
    func markStarted(_ call: AttemptID, started: UnixTime, now: UnixTime) throws
    /// Ends a call and moves each of its jobs on, in one step. Settling a settled attempt changes nothing, but for one
    /// whose job is `unknown` and to which a report came after all.
    func settle(_ parts: [SettledPart], now: UnixTime) throws
    /// Calls whose jobs ended as unknown after `limit`: a late report may still say what became of them.
    func unknownCalls(settledAfter limit: UnixTime) throws -> [OpenCall]
    /// Moves every moment that a program set, not those that a person or a window named: the clock jumped by `seconds`,
    /// and shows `now`. Jobs that were submitted since are by the new clock already and stay as they are.
    ///
    /// The fact that says so is noted in the same step, so that no jump is followed twice.
    func shiftClock(by seconds: Int64, now: UnixTime, noting name: String, _ value: String) throws

    // People

    /// Cancels at once where nothing is under way; else notes the wish for the scheduler.
    func cancel(_ job: Int64, now: UnixTime) throws -> Job
    /// Keeps a job from being claimed, or lets it go again.
    func hold(_ job: Int64, _ held: Bool, now: UnixTime) throws -> Job
    func alter(_ job: Int64, _ change: JobChange, now: UnixTime) throws -> Job
    /// Submits what is left of a finished job (or all of it) as a new one; returns that.
    func resend(_ job: Int64, _ wish: Resend, now: UnixTime) throws -> Job
    /// A person says what became of an `unknown` fax.
    func resolve(_ job: Int64, delivered: Bool, now: UnixTime) throws -> Job

    // Keeping

    /// A small fact about the queue itself, by name.
    func fact(_ name: String) throws -> String?
    func setFact(_ name: String, _ value: String) throws

    /// Those of these documents that belong to a job which is not finished, or finished after `limit`.
    func documentsInUse(among paths: [String], finishedAfter limit: UnixTime) throws -> Set<String>
}
