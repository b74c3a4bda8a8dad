package import FaxModel
package import FaxStore
package import SpoolFiles

/// The sending half: claims what is due, publishes call files, collects what became of them.
///
/// All truth is in the store and in the directories; a scheduler may be killed at any instruction and another one goes
/// on from there.
package struct Scheduler: Sendable {
    /// What a pass asks of the rest of the world.
    package struct Hands: Sendable {
        /// Makes the pages of one call: writes the TIFF at `target`, durable on return but for its name.
        package var derive: @Sendable (_ call: OpenCall, _ target: String, _ now: UnixTime) throws -> Void
        /// Whether a due job may go; asked within the claiming transaction.
        package var permission: @Sendable (_ job: Job, _ now: UnixTime) throws -> SendPermission
        /// Hangs the call of an attempt up; nil where nobody can.
        package var hangUp: (@Sendable (_ attempt: AttemptID, _ why: String) throws -> Bool)?
        /// Pages that the call of an attempt has got confirmed so far; nil where nobody can tell.
        package var pagesDone: (@Sendable (_ attempt: AttemptID) throws -> Int?)?
        /// The clock that no change of the date moves.
        package var steady: @Sendable () -> SteadyTime?

        package init(
            derive: @escaping @Sendable (_ call: OpenCall, _ target: String, _ now: UnixTime) throws -> Void,
            permission: @escaping @Sendable (_ job: Job, _ now: UnixTime) throws -> SendPermission = { _, _ in .now },
            hangUp: (@Sendable (_ attempt: AttemptID, _ why: String) throws -> Bool)? = nil,
            pagesDone: (@Sendable (_ attempt: AttemptID) throws -> Int?)? = nil,
            steady: @escaping @Sendable () -> SteadyTime? = { nil }
        ) {
            self.derive = derive
            self.permission = permission
            self.hangUp = hangUp
            self.pagesDone = pagesDone
            self.steady = steady
        }
    }

    let store: any JobStore
    let layout: SpoolLayout
    let outgoing: OutgoingSpool
    let gate: Gate
    let records: SpoolRecords
    let policy: SchedulerPolicy
    let hands: Hands
    let memory: SchedulerMemory

    package init(
        store: any JobStore, layout: SpoolLayout, outgoing: OutgoingSpool, policy: SchedulerPolicy, hands: Hands,
        memory: SchedulerMemory = SchedulerMemory()
    ) {
        self.store = store
        self.layout = layout
        self.outgoing = outgoing
        self.gate = Gate(layout)
        self.records = SpoolRecords(layout)
        self.policy = policy
        self.hands = hands
        self.memory = memory
    }

    /// Runs passes until nobody asks for another one. Returns nil when another process is at it: that one has been told
    /// to look again, so whatever the caller just did will be seen.
    package func runOnce(now: () -> UnixTime) throws -> PassReport? {
        var report = PassReport()
        repeat {
            guard let lock = try takeLock() else { return report.isEmpty ? nil : report }
            _ = try DurableFile.remove(layout.schedulerWake)
            try pass(now: now(), into: &report)
            _ = consume lock
        } while DurableFile.exists(layout.schedulerWake)
        return report
    }

    /// The wish is written down before the second try: whoever holds the lock then sees it after letting go.
    private func takeLock() throws -> PassLock? {
        if let lock = try PassLock.take(layout.schedulerLock) { return lock }
        _ = try DurableFile.createExclusive([], at: layout.schedulerWake)
        return try PassLock.take(layout.schedulerLock)
    }

    /// What goes wrong with one call is told, and holds up no other: the next pass looks at it again.
    private func pass(now: UnixTime, into report: inout PassReport) throws {
        let jump = try followClock(now: now, into: &report)
        let open = try store.openCalls()
        // A call can't report a week after it was given up: no call lasts longer than a day.
        let unknown = try store.unknownCalls(settledAfter: now.adding(seconds: -7 * 86_400))
        let seen = try evidence(of: open + unknown, now: now, jump: jump, into: &report)
        for call in open {
            guard let evidence = seen[call.id] else { continue }
            do { try sweep(call, evidence, now: now, into: &report) } catch { report.add(call, problem: error) }
        }
        for call in unknown {
            guard let evidence = seen[call.id] else { continue }
            do { try collectLateReport(call, evidence, now: now, into: &report) } catch {
                report.add(call, problem: error)
            }
        }
        let claimed = try store.claim(
            policy.claimRules, now: now, random: { UInt32.random(in: .min ... .max) },
            permission: { try hands.permission($0, now) })
        try publish(claimed, now: now, into: &report)
    }
}
