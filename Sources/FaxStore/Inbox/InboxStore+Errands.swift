package import FaxModel
import GRDB

// What is to be done about received faxes besides mail.

extension InboxStore {
    package func errands(for uniqueid: String) throws -> [InboxErrand] {
        try errands("WHERE uniqueid = ? ORDER BY id", [uniqueid])
    }

    /// Errands of some kinds whose time has come, the longest overdue first. What needs the messages to be out first waits
    /// for them.
    package func dueErrands(_ kinds: [InboxErrand.Kind], now: UnixTime, limit: Int) throws -> [InboxErrand] {
        let list = kinds.map { "'\($0.rawValue)'" }.joined(separator: ", ")
        return try errands(
            """
            WHERE state = 'queued' AND next_at <= ? AND kind IN (\(list)) AND (kind NOT IN ('repack', 'read')
                OR NOT EXISTS (SELECT 1 FROM mail WHERE mail.uniqueid = errand.uniqueid AND mail.state = 'queued'))
            ORDER BY next_at, id LIMIT ?
            """, [now.milliseconds, limit])
    }

    package func markDone(_ errand: InboxErrand, now: UnixTime) throws {
        try write { db in
            try db.execute(
                sql: """
                    UPDATE errand SET state = 'done', tries = tries + 1, done_at = ? WHERE id = ? AND state = 'queued'
                    """, arguments: [now.milliseconds, errand.id])
        }
    }

    /// Not done: again at `next`, or never where that is nil.
    package func markFailed(_ errand: InboxErrand, error: String, next: UnixTime?) throws {
        try write { db in
            try db.execute(
                sql: """
                    UPDATE errand SET state = ?, tries = tries + 1, next_at = coalesce(?, next_at), next_named = 0,
                        last_error = ? WHERE id = ? AND state = 'queued'
                    """,
                arguments: [next == nil ? "failed" : "queued", next?.milliseconds, error, errand.id])
        }
    }

    /// Deliveries that were given up and were queued since then.
    package func failedDeliveries(since: UnixTime) throws -> Int {
        try read { db in
            try Int.fetchOne(
                db,
                sql: """
                    SELECT count(*) FROM errand WHERE state = 'failed' AND kind IN ('print', 'folder', 'command')
                        AND created_at >= ?
                    """, arguments: [since.milliseconds]) ?? 0
        }
    }

    /// Keeps what was read, in place of an earlier reading.
    package func setText(_ text: String, of receipt: InboxReceipt) throws {
        try write { db in
            try db.execute(sql: "DELETE FROM receipt_text WHERE rowid = ?", arguments: [receipt.number])
            try db.execute(
                sql: "INSERT INTO receipt_text (rowid, body) VALUES (?, ?)", arguments: [receipt.number, text])
        }
    }

    package func text(of receipt: InboxReceipt) throws -> String? {
        try read { db in
            try String.fetchOne(
                db, sql: "SELECT body FROM receipt_text WHERE rowid = ?", arguments: [receipt.number])
        }
    }

    static func queue(
        _ draft: InboxErrand.Draft, for uniqueid: String, now: UnixTime, in db: Database, round: Int = 0
    ) throws {
        try db.execute(
            sql: """
                INSERT INTO errand (uniqueid, kind, target, created_at, next_at, next_named, round)
                VALUES (?, ?, ?, ?, ?, ?, ?)
                """,
            arguments: [
                uniqueid, draft.kind.rawValue, draft.target, now.milliseconds, (draft.at ?? now).milliseconds,
                draft.isNamed, round,
            ])
    }

    private func errands(_ clause: String, _ arguments: StatementArguments) throws -> [InboxErrand] {
        try read { db in
            try Row.fetchAll(db, sql: "SELECT * FROM errand " + clause, arguments: arguments)
                .map(InboxErrand.init(row:))
        }
    }
}
