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
            try db.run(
                """
                UPDATE errand SET state = 'done', tries = tries + 1, done_at = ? WHERE id = ? AND state = 'queued'
                """, [now.milliseconds, errand.id])
        }
    }

    /// Not done: again at `next`.
    package func markFailed(_ errand: InboxErrand, error: String, next: UnixTime) throws {
        try write { db in
            try db.run(
                """
                UPDATE errand SET tries = tries + 1, next_at = ?, next_named = 0, last_error = ?
                WHERE id = ? AND state = 'queued'
                """, [next.milliseconds, error, errand.id])
        }
    }

    /// Given up; `notice` is who gets word of it, in the same transaction. A message that waits still tells of all.
    package func markGivenUp(
        _ errand: InboxErrand, error: String, notice: InboxMail.Draft?, now: UnixTime
    ) throws {
        try write { db in
            try db.run(
                "UPDATE errand SET state = 'failed', tries = tries + 1, last_error = ? WHERE id = ? AND state = 'queued'",
                [error, errand.id])
            guard var notice else { return }
            let known = try Row.fetchOne(
                db,
                sql: """
                    SELECT max(round), count(*) FILTER (WHERE state = 'queued' AND tries = 0 AND kind = ?2 AND recipient = ?3)
                    FROM mail WHERE uniqueid = ?1 AND about IS NULL
                    """, arguments: [errand.uniqueid, notice.kind.rawValue, notice.recipient.text])
            if let waiting = known?[1] as Int?, waiting > 0 { return }
            notice.round = (known?[0] as Int?).map { $0 + 1 } ?? 0
            try Self.queue(notice, for: errand.uniqueid, about: nil, now: now, in: db)
        }
    }

    /// Deliveries that were given up and were queued since then, the newest first, twenty at most.
    package func failedDeliveries(since: UnixTime) throws -> [InboxErrand] {
        try errands(
            """
            WHERE state = 'failed' AND kind IN ('print', 'folder', 'command') AND created_at >= ?
            ORDER BY id DESC LIMIT 20
            """, [since.milliseconds])
    }

    /// Keeps what was read, in place of an earlier reading.
    package func setText(_ text: String, of receipt: InboxReceipt) throws {
        try write { db in
            try db.run("DELETE FROM receipt_text WHERE rowid = ?", [receipt.number])
            // Not kept prepared, since its text would be kept with it.
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
        try db.run(
            """
            INSERT INTO errand (uniqueid, kind, target, created_at, due_at, next_at, next_named, round)
            VALUES (?1, ?2, ?3, ?4, ?5, ?5, ?6, ?7)
            """,
            [
                uniqueid, draft.kind.rawValue, draft.target, now.milliseconds, (draft.at ?? now).milliseconds,
                draft.isNamed, round,
            ])
    }

    private func errands(_ clause: String, _ arguments: StatementArguments) throws -> [InboxErrand] {
        try read { db in
            try db.values("SELECT * FROM errand " + clause, arguments, InboxErrand.init(row:))
        }
    }
}
