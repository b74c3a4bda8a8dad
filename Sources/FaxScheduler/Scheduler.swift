package import FaxModel
package import FaxStore
package import SpoolFiles

/// Makes the pages of one attempt: writes the TIFF at `target` with its pages of the job's document, durable on return.
package typealias PageDeriver = @Sendable (_ open: OpenAttempt, _ target: String, _ now: UnixTime) throws -> Void

/// The sending half: claims what is due, publishes call files, collects what became of them.
///
/// All truth is in the store and in the directories; a scheduler may be killed at any instruction and another one goes
/// on from there.
package struct Scheduler: Sendable {
    let store: any JobStore
    let layout: SpoolLayout
    let outgoing: OutgoingSpool
    let gate: Gate
    let records: SpoolRecords
    let policy: SchedulerPolicy
    let derive: PageDeriver

    package init(
        store: any JobStore, layout: SpoolLayout, outgoing: OutgoingSpool, policy: SchedulerPolicy,
        derive: @escaping PageDeriver
    ) {
        self.store = store
        self.layout = layout
        self.outgoing = outgoing
        self.gate = Gate(layout)
        self.records = SpoolRecords(layout)
        self.policy = policy
        self.derive = derive
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

    /// What goes wrong with one attempt is told, and holds up no other: the next pass looks at it again.
    private func pass(now: UnixTime, into report: inout PassReport) throws {
        for open in try store.openAttempts() {
            do { try sweep(open, now: now, into: &report) } catch { report.add(open, problem: error) }
        }
        // A call can't report a week after it was given up: no call lasts longer than a day.
        for unknown in try store.unknownAttempts(settledAfter: now.adding(seconds: -7 * 86_400)) {
            do { try collectLateReport(unknown, now: now, into: &report) } catch { report.add(unknown, problem: error) }
        }
        for open in try store.claim(now: now, lines: policy.lines, random: { UInt32.random(in: .min ... .max) }) {
            do { try publish(open, now: now, into: &report) } catch { report.add(open, problem: error) }
        }
        try tidy(into: &report)
    }
}
