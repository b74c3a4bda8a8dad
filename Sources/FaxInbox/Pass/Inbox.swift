package import FaxModel
package import FaxStore
package import SpoolFiles

/// Turns what inbound calls left into archive entries and messages; every step may be the last, and the next pass goes on.
///
/// Files, PDFs and SQLite block, so the actor runs on a queue of its own.
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
    let memory = InboxMemory()
    /// Reports that the journal has, as the files were: none is read again while the store has its fax waiting. Another
    /// report of the same call is another file, renamed into its place.
    var journalled: [String: FileStamp] = [:]
    /// Archive directories in which this process has looked for what a killed one left.
    var tidied: Set<String> = []
    /// Pictures of first pages that are being made beside this pass, by the receipt's id. What isn't here when a message is
    /// made is made from the file.
    var pictures: [String: Task<[UInt8], Never>] = [:]
    /// Faxes that a pass archives, and messages that it hands out, at most.
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

    /// One pass over the spool, the journal and the queued messages; nil when another process is at it.
    ///
    /// What concerns one fax or one message is a line in `problems` and leaves the others alone. Throws when the spool or
    /// the store as a whole can't be used; what was done until then stays done.
    package func runOnce(now: UnixTime) async throws -> InboxPass? {
        guard let lock = try PassLock.take(settings.layout.inboxLock) else { return nil }
        var pass = InboxPass()
        let jump = try followClock(now: now, &pass)
        try journalReports(now: now, &pass)
        try salvage(now: now, after: jump, &pass)
        try archiveAll(now: now, &pass)
        defer { pictures = [:] }
        try await deliver(now: now, &pass)
        pass.nextMail = try store.nextMail()
        if let pause, let next = pass.nextMail { pass.nextMail = max(next, pause.until) }
        _ = consume lock
        return pass
    }

    /// Archives what is journalled: so many that their messages don't wait for long for those behind them. Faxes that can't
    /// be archived hold up nobody.
    private func archiveAll(now: UnixTime, _ pass: inout InboxPass) throws {
        var last: Int64 = 0
        while pass.archived + pass.empty < Self.batch {
            let receipts = try store.unsettledReceipts(after: last, limit: 100)
            guard let end = receipts.last else { return }
            for receipt in receipts where pass.archived + pass.empty < Self.batch {
                try holdingUpNobody("fax \(receipt.uniqueid)", &pass) { pass in
                    try archive(receipt, now: now, &pass)
                }
            }
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

/// What an inbox remembers from pass to pass of calls that go on; all of it can be found out again.
struct InboxMemory {
    let markers = FileMemo<RecordListing<ReceivingMarker>>()
    /// Most are room that calls have taken and not filled yet.
    let reports = FileMemo<RecordListing<ReceiptReport>>()
}
