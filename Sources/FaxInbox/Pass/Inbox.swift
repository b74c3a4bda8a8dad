package import FaxModel
package import FaxStore
package import SpoolFiles

/// Turns what inbound calls left into archive entries and messages; every step may be the last, and the next pass goes on.
///
/// Two halves, which faxd runs beside each other: while a mail server thinks, the next faxes are archived. Files, PDFs and
/// SQLite block, so the actor runs on a queue of its own.
package actor Inbox {
    let settings: InboxSettings
    let store: InboxStore
    let mailer: any Mailer
    let records: SpoolRecords
    let files: ArchiveFiles
    /// Called behind each step; what it throws ends the pass as a kill would.
    let checkpoint: @Sendable (InboxStep) throws -> Void
    /// The clock that no date moves; nil where there is none.
    let steady: @Sendable () -> SteadyTime?
    /// No mail server was to be had: none is asked before `until`.
    var pause: (until: UnixTime, failures: Int)?
    /// Messages that a server took and that the store has not noted.
    let taken = UnnotedWork()
    /// Archive directories in which this process has looked for what a killed one left.
    var tidied: Set<String> = []
    let pictures = PictureShelf()
    /// Faxes that are archived before anything else is done, and messages that a pass hands out, at most.
    static let batch = 20
    private let executor = QueueExecutor(label: "callfax.inbox")

    /// `checkpoint` is for proofs that a pass may be killed anywhere.
    package init(
        settings: InboxSettings, store: InboxStore, mailer: any Mailer,
        steady: @escaping @Sendable () -> SteadyTime? = { nil },
        checkpoint: @escaping @Sendable (InboxStep) throws -> Void = { _ in }
    ) {
        self.settings = settings
        self.store = store
        self.mailer = mailer
        self.checkpoint = checkpoint
        self.steady = steady
        records = SpoolRecords(settings.layout)
        files = ArchiveFiles(root: settings.layout.archive, owner: settings.owner)
    }

    package nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

    /// One pass of both halves, one behind the other; nil when another process is at the first.
    package func runOnce(now: UnixTime) async throws -> InboxPass? {
        guard var pass = try await receiveOnce(now: now, most: Self.batch) else { return nil }
        if let out = try await handOutOnce(now: now) { pass.add(out) }
        return pass
    }

    /// One pass over the spool and the journal; nil when another process is at it.
    ///
    /// What concerns one fax is a line in `problems` and leaves the others alone. Throws when the spool or the store as a
    /// whole can't be used; what was done until then stays done. Archives `most` faxes, and calls `some` whenever there are
    /// messages to hand out.
    package func receiveOnce(
        now: UnixTime, most: Int = 100, some: @Sendable () -> Void = {}
    ) async throws -> InboxPass? {
        guard let lock = try PassLock.take(settings.layout.inboxLock) else { return nil }
        var pass = InboxPass()
        let jump: ClockJump?
        do { jump = try followClock(now: now, &pass) } catch is JumpsTooSoon { return pass }
        try journalReports(now: now, &pass)
        try salvage(now: now, after: jump, &pass)
        try await archiveAll(now: now, most, some, &pass)
        _ = consume lock
        return pass
    }

    /// As `receiveOnce`, over the messages that are due.
    package func handOutOnce(now: UnixTime) async throws -> InboxPass? {
        guard let lock = try PassLock.take(settings.layout.mailLock) else { return nil }
        var pass = InboxPass()
        try await deliver(now: now, &pass)
        pass.nextMail = try store.nextMail()
        if let pause, let next = pass.nextMail { pass.nextMail = max(next, pause.until) }
        _ = consume lock
        return pass
    }

    /// Archives what is journalled, side by side. Faxes that can't be archived hold up nobody.
    private func archiveAll(
        now: UnixTime, _ most: Int, _ some: @Sendable () -> Void, _ pass: inout InboxPass
    ) async throws {
        var last: Int64 = 0
        while pass.archived + pass.empty < most {
            let free = min(Self.batch, most - pass.archived - pass.empty)
            let receipts = try store.unsettledReceipts(after: last, limit: free)
            guard let end = receipts.last else { return }
            var placed: [InboxReceipt] = []
            for receipt in receipts {
                try holdingUpNobody("fax \(receipt.uniqueid)", &pass) { _ in
                    try makePlace(for: receipt)
                    placed.append(receipt)
                }
            }
            let outcomes = await SideBySide.map(placed) { receipt in Result { try self.archive(receipt, now: now) } }
            for (receipt, outcome) in zip(placed, outcomes) {
                try holdingUpNobody("fax \(receipt.uniqueid)", &pass) { pass in
                    try outcome.get().tell(&pass)
                }
            }
            if pass.archived > 0 { some() }
            last = end.number
        }
    }

    /// What goes wrong with one fax is told, and the others go on.
    func holdingUpNobody(
        _ subject: String, _ pass: inout InboxPass, _ work: (inout InboxPass) throws -> Void
    ) throws {
        do {
            try work(&pass)
        } catch let error as FaxError {
            pass.problems.append("\(subject): \(error.message)")
        }
    }
}
