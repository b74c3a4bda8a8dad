package import FaxModel
import GRDB

// Messages about received faxes.

extension InboxStore {
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
        try read { db in
            try Int64.fetchOne(db.cachedStatement(sql: "SELECT min(next_at) FROM mail WHERE state = 'queued'"))
                .map(UnixTime.init(milliseconds:))
        }
    }

    /// What a person should know of the messages that wait.
    package func mailTroubles() throws -> InboxMailTroubles {
        try read { db in
            var troubles = InboxMailTroubles()
            let row = try Row.fetchOne(
                db,
                sql: """
                    SELECT min(due_at), count(*) FILTER (WHERE unanswered > 0) FROM mail WHERE state = 'queued'
                    """)
            troubles.oldestDue = (row?[0] as Int64?).map(UnixTime.init(milliseconds:))
            troubles.unanswered = row?[1] ?? 0
            troubles.lastError = try String.fetchOne(
                db, sql: "SELECT last_error FROM mail WHERE state = 'queued' ORDER BY due_at, id LIMIT 1")
            return troubles
        }
    }

    /// How many messages wait.
    package func queuedMail() throws -> Int {
        try read { db in try Int.fetchOne(db, sql: "SELECT count(*) FROM mail WHERE state = 'queued'") ?? 0 }
    }

    /// The message was accepted.
    package func markSent(_ mail: InboxMail, now: UnixTime) throws {
        try move(mail, .accepted, nextAt: mail.nextAt, error: mail.lastError, sentAt: now)
    }

    /// The message was not accepted this time; it is due again at `nextAt`. The server may have it where `isUnanswered`.
    package func markDeferred(
        _ mail: InboxMail, error: String, nextAt: UnixTime, isUnanswered: Bool = false
    ) throws {
        try move(mail, .deferred, nextAt: nextAt, error: error, sentAt: nil) { db in
            guard isUnanswered else { return }
            try db.run("UPDATE mail SET unanswered = unanswered + 1 WHERE id = ?", [mail.id])
        }
    }

    /// No server could be had: all that is due keeps its place and its tries, and says why it waits.
    package func markWaiting(_ error: String, now: UnixTime) throws {
        try write { db in
            try db.run(
                """
                UPDATE mail SET last_error = ?1 WHERE state = 'queued' AND next_at <= ?2 AND last_error IS NOT ?1
                """, [error, now.milliseconds])
        }
    }

    /// The message is given up; `notice` is who is told, in the same transaction.
    package func markFailed(_ mail: InboxMail, error: String, notice: EmailAddress?, now: UnixTime) throws {
        try move(mail, .refused, nextAt: mail.nextAt, error: error, sentAt: nil) { db in
            guard let notice else { return }
            try Self.queue(
                .init(.undelivered, to: notice), for: mail.uniqueid, about: mail.id, now: now, in: db)
        }
    }

    /// Queues messages and errands of a settled fax once more, on somebody's wish; each gets a new round.
    package func redeliver(
        _ uniqueid: String, mail drafts: [InboxMail.Draft], errands: [InboxErrand.Draft] = [], look: InboxLook
    ) throws {
        try write { db in
            let last =
                try Int.fetchOne(
                    db,
                    sql: """
                        SELECT max((SELECT coalesce(max(round), 0) FROM mail WHERE uniqueid = ?1),
                            (SELECT coalesce(max(round), 0) FROM errand WHERE uniqueid = ?1))
                        """, arguments: [uniqueid]) ?? 0
            for var draft in drafts {
                draft.round = last + 1
                try Self.queue(draft, for: uniqueid, about: nil, now: look.at, in: db)
            }
            for draft in errands { try Self.queue(draft, for: uniqueid, now: look.at, in: db, round: last + 1) }
            try Self.insert(look, in: db)
        }
    }

    private func move(
        _ mail: InboxMail, _ event: InboxMailState.Event, nextAt: UnixTime, error: String?, sentAt: UnixTime?,
        also: (Database) throws -> Void = { _ in }
    ) throws {
        let state = try mail.state.next(event)
        try write { db in
            try db.run(
                """
                UPDATE mail SET state = ?, tries = tries + 1, next_at = ?, next_named = 0, last_error = ?, sent_at = ?
                WHERE id = ? AND state = 'queued'
                """,
                [state.rawValue, nextAt.milliseconds, error, sentAt?.milliseconds, mail.id])
            guard db.changesCount == 1 else { throw FaxError(.software, "message \(mail.id) is not queued any more") }
            try also(db)
        }
    }

    static func queue(
        _ draft: InboxMail.Draft, for uniqueid: String, about: Int64?, now: UnixTime, in db: Database
    ) throws {
        try db.run(
            """
            INSERT INTO mail (uniqueid, kind, recipient, about, created_at, due_at, next_at, next_named, style, round)
            VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?6, ?7, ?8, ?9)
            """,
            [
                uniqueid, draft.kind.rawValue, draft.recipient.text, about, now.milliseconds,
                (draft.at ?? now).milliseconds, draft.at != nil, try JSONText.encode(draft.style), draft.round,
            ])
    }

    private func mail(_ clause: String, _ arguments: StatementArguments) throws -> [InboxMail] {
        try read { db in
            try db.values("SELECT * FROM mail " + clause, arguments, InboxMail.init(row:))
        }
    }
}
