import FaxModel
import FaxStore

/// The store, with somebody who sees each call of a pass before and after it, and who may let the pass die there.
struct WatchedStore: JobStore {
    enum Deed {
        case fact, setFact, shiftClock, openCalls, unknownCalls
        case markPublished([AttemptID])
        case markStarted(AttemptID)
        case settle([AttemptID])
        case claim([OpenCall])
        /// Not the store's, but a moment at which a pass writes as well.
        case derive(OpenCall)
    }

    let inner: any JobStore
    let before: @Sendable (Deed) throws -> Void
    let after: @Sendable (Deed) -> Void

    private func watched<T>(_ deed: Deed, _ body: () throws -> T) throws -> T {
        try before(deed)
        let result = try body()
        after(deed)
        return result
    }

    // A pass

    func claim(
        _ rules: ClaimRules, now: UnixTime, random: () -> UInt32, permission: (Job) throws -> SendPermission
    ) throws -> [OpenCall] {
        try before(.claim([]))
        let calls = try inner.claim(rules, now: now, random: random, permission: permission)
        after(.claim(calls))
        return calls
    }

    func openCalls() throws -> [OpenCall] { try watched(.openCalls) { try inner.openCalls() } }

    func unknownCalls(settledAfter limit: UnixTime) throws -> [OpenCall] {
        try watched(.unknownCalls) { try inner.unknownCalls(settledAfter: limit) }
    }

    func markPublished(_ calls: [AttemptID], now: UnixTime) throws {
        try watched(.markPublished(calls)) { try inner.markPublished(calls, now: now) }
    }

    func markStarted(_ call: AttemptID, started: UnixTime, now: UnixTime) throws {
        try watched(.markStarted(call)) { try inner.markStarted(call, started: started, now: now) }
    }

    func settle(_ parts: [SettledPart], now: UnixTime) throws {
        try watched(.settle(parts.map(\.attempt))) { try inner.settle(parts, now: now) }
    }

    func shiftClock(by seconds: Int64, now: UnixTime, noting name: String, _ value: String) throws {
        try watched(.shiftClock) { try inner.shiftClock(by: seconds, now: now, noting: name, value) }
    }

    func fact(_ name: String) throws -> String? { try watched(.fact) { try inner.fact(name) } }
    func setFact(_ name: String, _ value: String) throws {
        try watched(.setFact) { try inner.setFact(name, value) }
    }

    // The rest is nobody's business

    func submit(_ submission: Submission) throws -> [Int64] { try inner.submit(submission) }
    func submission(key: String) throws -> [Int64]? { try inner.submission(key: key) }
    func job(_ id: Int64) throws -> Job? { try inner.job(id) }
    func jobs(_ filter: JobFilter) throws -> [Job] { try inner.jobs(filter) }
    func attempts(of job: Int64) throws -> [Attempt] { try inner.attempts(of: job) }
    func history(of job: Int64) throws -> [HistoryEntry] { try inner.history(of: job) }
    func unreadableJobs() throws -> [String] { try inner.unreadableJobs() }
    func unresolvedAttempts() throws -> (open: Set<AttemptID>, unknown: Set<AttemptID>) {
        try inner.unresolvedAttempts()
    }
    func cancel(_ job: Int64, now: UnixTime) throws -> Job { try inner.cancel(job, now: now) }
    func hold(_ job: Int64, _ held: Bool, now: UnixTime) throws -> Job { try inner.hold(job, held, now: now) }
    func alter(_ job: Int64, _ change: JobChange, now: UnixTime) throws -> Job {
        try inner.alter(job, change, now: now)
    }
    func resend(_ job: Int64, _ wish: Resend, now: UnixTime) throws -> Job { try inner.resend(job, wish, now: now) }
    func resolve(_ job: Int64, delivered: Bool, now: UnixTime) throws -> Job {
        try inner.resolve(job, delivered: delivered, now: now)
    }
    func documentsInUse(among paths: [String], finishedAfter limit: UnixTime) throws -> Set<String> {
        try inner.documentsInUse(among: paths, finishedAfter: limit)
    }
}
