package import FaxModel
import GRDB

/// Received faxes and their messages, on top of the one SQLite file.
///
/// Every call is one transaction and blocks; none is open while anything else happens. Errors are `FaxError`.
package struct InboxStore: Sendable {
    private let database: StoreDatabase

    package init(_ database: StoreDatabase) { self.database = database }

    // Receipts

    /// Journals a receipt in state `reported`; false, and nothing changed, where its uniqueid is known.
    package func record(_ receipt: InboxReceipt) throws -> Bool {
        try write { db in
            try db.execute(sql: Self.insertReceipt, arguments: receipt.insertArguments)
            return db.changesCount == 1
        }
    }

    /// The newest receipts first, at most `limit`, those journalled before number `before` where it is given.
    package func receipts(limit: Int, before: Int64? = nil) throws -> [InboxReceipt] {
        try receipts("WHERE number < ? ORDER BY number DESC LIMIT ?", [before ?? .max, limit])
    }

    package func receipt(_ uniqueid: String) throws -> InboxReceipt? {
        try receipts("WHERE uniqueid = ?", [uniqueid]).first
    }

    package func receipt(number: Int64) throws -> InboxReceipt? {
        try receipts("WHERE number = ?", [number]).first
    }

    /// All receipts of one UNIQUEID, the oldest first: more than one only where Asterisk gave it twice.
    package func receipts(call: ChannelID) throws -> [InboxReceipt] {
        try receipts("WHERE call = ? ORDER BY number", [call.text])
    }

    /// What is journalled and not settled, the oldest first.
    package func unsettledReceipts() throws -> [InboxReceipt] {
        try receipts("WHERE state = 'reported' ORDER BY number", [])
    }

    /// Moves a receipt out of `reported` and queues its messages, in one transaction.
    ///
    /// Writes `pages`, `isComplete`, `reason`, `note`, `tiff`, `pdf` and `missingPages` as `receipt` has them. Throws
    /// `FaxError.software` when the receipt isn't `reported` any more.
    package func settle(
        _ receipt: InboxReceipt, _ event: InboxReceiptState.Event, mail: [InboxMail.Draft], now: UnixTime
    ) throws {
        let state = try InboxReceiptState.reported.next(event)
        try write { db in
            try db.execute(
                sql: """
                    UPDATE receipt SET state = ?, settled_at = ?, pages = ?, complete = ?, reason = ?, note = ?,
                        tiff = ?, pdf = ?, missing = ?
                    WHERE uniqueid = ? AND state = 'reported'
                    """,
                arguments: [
                    state.rawValue, now.milliseconds, receipt.pages, receipt.isComplete, receipt.reason, receipt.note,
                    receipt.tiff, receipt.pdf, receipt.missingPages, receipt.uniqueid,
                ])
            guard db.changesCount == 1 else {
                throw FaxError(.software, "receipt \(receipt.uniqueid) is not open any more")
            }
            for draft in mail { try Self.queue(draft, for: receipt.uniqueid, about: nil, now: now, in: db) }
        }
    }

    // Messages

    /// All messages about a receipt, in the order of queueing.
    package func mail(for uniqueid: String) throws -> [InboxMail] {
        try mail("WHERE uniqueid = ? ORDER BY id", [uniqueid])
    }

    package func mail(id: Int64) throws -> InboxMail? { try mail("WHERE id = ?", [id]).first }

    /// Messages whose time has come, the longest overdue first.
    package func dueMail(now: UnixTime, limit: Int) throws -> [InboxMail] {
        try mail("WHERE state = 'queued' AND next_at <= ? ORDER BY next_at, id LIMIT ?", [now.milliseconds, limit])
    }

    /// When the next queued message is due; nil where none is queued.
    package func nextMail() throws -> UnixTime? {
        try database.translating {
            try database.pool.read { db in
                try Int64.fetchOne(db, sql: "SELECT min(next_at) FROM mail WHERE state = 'queued'")
                    .map(UnixTime.init(milliseconds:))
            }
        }
    }

    /// How many messages wait.
    package func queuedMail() throws -> Int {
        try database.translating {
            try database.pool.read { db in
                try Int.fetchOne(db, sql: "SELECT count(*) FROM mail WHERE state = 'queued'") ?? 0
            }
        }
    }

    /// The message was accepted.
    package func markSent(_ mail: InboxMail, now: UnixTime) throws {
        try move(mail, .accepted, nextAt: mail.nextAt, error: mail.lastError, sentAt: now)
    }

    /// The message was not accepted this time; it is due again at `nextAt`.
    package func markDeferred(_ mail: InboxMail, error: String, nextAt: UnixTime) throws {
        try move(mail, .deferred, nextAt: nextAt, error: error, sentAt: nil)
    }

    /// The message is given up; `notice` is who is told, in the same transaction.
    package func markFailed(_ mail: InboxMail, error: String, notice: EmailAddress?, now: UnixTime) throws {
        try move(mail, .refused, nextAt: mail.nextAt, error: error, sentAt: nil) { db in
            guard let notice else { return }
            try Self.queue(
                .init(.undelivered, to: notice), for: mail.uniqueid, about: mail.id, now: now, in: db)
        }
    }

    private func move(
        _ mail: InboxMail, _ event: InboxMailState.Event, nextAt: UnixTime, error: String?, sentAt: UnixTime?,
        also: (Database) throws -> Void = { _ in }
    ) throws {
        let state = try mail.state.next(event)
        try write { db in
            try db.execute(
                sql: """
                    UPDATE mail SET state = ?, tries = tries + 1, next_at = ?, last_error = ?, sent_at = ?
                    WHERE id = ? AND state = 'queued'
                    """,
                arguments: [state.rawValue, nextAt.milliseconds, error, sentAt?.milliseconds, mail.id])
            guard db.changesCount == 1 else { throw FaxError(.software, "message \(mail.id) is not queued any more") }
            try also(db)
        }
    }

    private static func queue(
        _ draft: InboxMail.Draft, for uniqueid: String, about: Int64?, now: UnixTime, in db: Database
    ) throws {
        try db.execute(
            sql: """
                INSERT INTO mail (uniqueid, kind, recipient, about, created_at, next_at) VALUES (?, ?, ?, ?, ?, ?)
                """,
            arguments: [
                uniqueid, draft.kind.rawValue, draft.recipient.text, about, now.milliseconds, now.milliseconds,
            ])
    }

    // SQLite

    private func write<T>(_ body: (Database) throws -> T) throws -> T {
        try database.translating { try database.pool.write(body) }
    }

    private func receipts(_ clause: String, _ arguments: StatementArguments) throws -> [InboxReceipt] {
        try database.translating {
            try database.pool.read { db in
                try Row.fetchAll(db, sql: "SELECT * FROM receipt " + clause, arguments: arguments)
                    .map(InboxReceipt.init(row:))
            }
        }
    }

    private func mail(_ clause: String, _ arguments: StatementArguments) throws -> [InboxMail] {
        try database.translating {
            try database.pool.read { db in
                try Row.fetchAll(db, sql: "SELECT * FROM mail " + clause, arguments: arguments)
                    .map(InboxMail.init(row:))
            }
        }
    }

    private static let insertReceipt = """
        INSERT INTO receipt (uniqueid, call, origin, state, recorded_at, started_at, ended_at, channel, dialled,
            caller_number, caller_name, account, recipients, fax_status, fax_error, fax_status_text, pages, rate,
            resolution, mode, ecm, remote_station_id, local_station_id, hangup_cause, reason, note, archive_name)
        VALUES (?, ?, ?, 'reported', ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        ON CONFLICT (uniqueid) DO NOTHING
        """
}
