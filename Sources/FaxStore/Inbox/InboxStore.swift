package import FaxModel
import GRDB

/// Received faxes, their messages and whatever else is to be done about them, on top of the one SQLite file.
///
/// Every call is one transaction and blocks; none is open while anything else happens. Errors are `FaxError`.
package struct InboxStore: Sendable {
    private let database: StoreDatabase

    package init(_ database: StoreDatabase) { self.database = database }

    /// Journals a receipt in state `reported`; false, and nothing changed, where its uniqueid is known.
    package func record(_ receipt: InboxReceipt) throws -> Bool {
        try write { db in try Self.insert(receipt, in: db) }
    }

    static func insert(_ receipt: InboxReceipt, in db: Database) throws -> Bool {
        try db.run(insertReceipt, receipt.insertArguments)
        return db.changesCount == 1
    }

    /// Notes a call that wasn't let in; false where its uniqueid is known.
    package func recordBlocked(_ receipt: InboxReceipt, now: UnixTime) throws -> Bool {
        try write { db in
            guard try Self.insert(receipt, in: db) else { return false }
            try db.run(
                "UPDATE receipt SET state = 'blocked', settled_at = ?, complete = 0, junk = ? WHERE uniqueid = ?",
                [now.milliseconds, receipt.junk, receipt.uniqueid])
            return true
        }
    }

    /// Moves a receipt out of `reported` and queues its messages and errands, in one transaction.
    ///
    /// Writes `pages`, `isComplete`, `reason`, `note`, `tiff`, `pdf`, `missingPages`, `badLines`, `route`, `junk` and
    /// `keepUntil` as `receipt` has them. Throws `FaxError.software` when the receipt isn't `reported` any more.
    package func settle(
        _ receipt: InboxReceipt, _ event: InboxReceiptState.Event, mail: [InboxMail.Draft],
        errands: [InboxErrand.Draft] = [], now: UnixTime
    ) throws {
        try write { db in try Self.settle(receipt, event, mail: mail, errands: errands, now: now, in: db) }
    }

    static func settle(
        _ receipt: InboxReceipt, _ event: InboxReceiptState.Event, mail: [InboxMail.Draft],
        errands: [InboxErrand.Draft], now: UnixTime, in db: Database
    ) throws {
        let state = try InboxReceiptState.reported.next(event)
        try db.run(
            """
            UPDATE receipt SET state = ?, settled_at = ?, pages = ?, complete = ?, reason = ?, note = ?,
                tiff = ?, pdf = ?, missing = ?, bad_lines = ?, route = ?, junk = ?, keep_until = ?
            WHERE uniqueid = ? AND state = 'reported'
            """,
            [
                state.rawValue, now.milliseconds, receipt.pages, receipt.isComplete, receipt.reason, receipt.note,
                receipt.tiff, receipt.pdf, receipt.missingPages, receipt.badLines, receipt.route, receipt.junk,
                receipt.keepUntil?.milliseconds, receipt.uniqueid,
            ])
        guard db.changesCount == 1 else {
            throw FaxError(.software, "receipt \(receipt.uniqueid) is not open any more")
        }
        try queue(mail, errands, for: receipt.uniqueid, now: now, in: db)
    }

    static func queue(
        _ mail: [InboxMail.Draft], _ errands: [InboxErrand.Draft], for uniqueid: String, now: UnixTime,
        in db: Database
    ) throws {
        for draft in mail { try queue(draft, for: uniqueid, about: nil, now: now, in: db) }
        for draft in errands { try queue(draft, for: uniqueid, now: now, in: db) }
    }

    // SQLite

    func write<T>(_ body: (Database) throws -> T) throws -> T {
        try database.translating { try database.connections.write(body) }
    }

    func read<T>(_ body: (Database) throws -> T) throws -> T {
        try database.translating { try database.connections.read(body) }
    }

    func receipts(_ clause: String, _ arguments: StatementArguments) throws -> [InboxReceipt] {
        try read { db in
            try db.values("SELECT * FROM receipt " + clause, arguments, InboxReceipt.init(row:))
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
