import FaxModel
import GRDB

// Who looked at what, and what people change.

extension InboxStore {
    package func note(_ look: InboxLook) throws { try write { db in try Self.insert(look, in: db) } }

    /// Notes that somebody looked, and the fax as seen by the first who did.
    package func see(_ look: InboxLook) throws {
        try write { db in
            try Self.insert(look, in: db)
            try db.execute(
                sql: "UPDATE receipt SET seen_at = ?, seen_by = ? WHERE uniqueid = ? AND seen_at IS NULL",
                arguments: [look.at.milliseconds, look.person, look.uniqueid])
        }
    }

    /// Seen by that person, or unseen again.
    package func markSeen(_ seen: Bool, _ look: InboxLook) throws {
        try write { db in
            try db.execute(
                sql: "UPDATE receipt SET seen_at = ?, seen_by = ? WHERE uniqueid = ?",
                arguments: [
                    seen ? look.at.milliseconds : nil, seen ? look.person : nil, look.uniqueid,
                ])
            try Self.insert(look, in: db)
        }
    }

    /// Whether its files are kept whatever the route says.
    package func markHeld(_ held: Bool, _ look: InboxLook) throws {
        try write { db in
            try db.execute(
                sql: "UPDATE receipt SET held = ? WHERE uniqueid = ? AND state <> 'removed'",
                arguments: [held, look.uniqueid])
            guard db.changesCount == 1 else {
                throw FaxError(.data, "fax \(look.uniqueid): its files are gone, there is nothing to hold")
            }
            try Self.insert(look, in: db)
        }
    }

    /// Looks at one fax, or at all, the newest first.
    package func looks(at uniqueid: String? = nil, limit: Int = 200) throws -> [InboxLook] {
        try read { db in
            try Row.fetchAll(
                db,
                sql: "SELECT * FROM look \(uniqueid == nil ? "WHERE ?1 IS NULL" : "WHERE uniqueid = ?1") "
                    + "ORDER BY id DESC LIMIT ?2",
                arguments: [uniqueid, limit]
            ).compactMap { row in
                InboxLook.Action(rawValue: row["action"]).map { action in
                    InboxLook(
                        at: UnixTime(milliseconds: row["at"]), person: row["person"], action: action,
                        uniqueid: row["uniqueid"], detail: row["detail"])
                }
            }
        }
    }

    static func insert(_ look: InboxLook, in db: Database) throws {
        try db.execute(
            sql: "INSERT INTO look (at, person, action, uniqueid, detail) VALUES (?, ?, ?, ?, ?)",
            arguments: [look.at.milliseconds, look.person, look.action.rawValue, look.uniqueid, look.detail])
    }
}
