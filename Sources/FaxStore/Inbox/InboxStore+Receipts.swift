package import FaxModel
import GRDB

// Looking for received faxes.

extension InboxStore {
    /// The newest receipts first, at most `limit`, those journalled before number `before` where it is given.
    package func receipts(limit: Int, before: Int64? = nil) throws -> [InboxReceipt] {
        try receipts("WHERE number < ? ORDER BY number DESC LIMIT ?", [before ?? .max, limit])
    }

    /// The newest first. Throws `FaxError.usage` for words that can't be searched for.
    package func receipts(_ filter: InboxFilter) throws -> [InboxReceipt] {
        let (clause, arguments) = filter.sql
        return try receipts(clause, arguments)
    }

    package func receipt(_ uniqueid: String) throws -> InboxReceipt? {
        try receipts("WHERE uniqueid = ?", [uniqueid]).first
    }

    package func receipt(number: Int64) throws -> InboxReceipt? {
        try receipts("WHERE number = ?", [number]).first
    }

    /// The fax that has that place in the archive.
    package func receipt(archiveName: String) throws -> InboxReceipt? {
        try receipts("WHERE archive_name = ? ORDER BY number LIMIT 1", [archiveName]).first
    }

    /// All receipts of one UNIQUEID, the oldest first: more than one only where Asterisk gave it twice.
    package func receipts(call: ChannelID) throws -> [InboxReceipt] {
        try receipts("WHERE call = ? ORDER BY number", [call.text])
    }

    /// What is journalled and not settled, the oldest first, those behind number `last`.
    package func unsettledReceipts(after last: Int64 = 0, limit: Int = .max) throws -> [InboxReceipt] {
        try receipts("WHERE state = 'reported' AND number > ? ORDER BY number LIMIT ?", [last, limit])
    }

    /// The calls of all that is journalled and not settled.
    package func unsettledCalls() throws -> [ChannelID] {
        try read { db in
            try db.values("SELECT call FROM receipt WHERE state = 'reported'") { row in ChannelID(row[0]) }
        }
    }

    /// How many were journalled before then and are not settled.
    package func stuckReceipts(recordedBefore limit: UnixTime) throws -> Int {
        try read { db in
            try Int.fetchOne(
                db, sql: "SELECT count(*) FROM receipt WHERE state = 'reported' AND recorded_at < ?",
                arguments: [limit.milliseconds]) ?? 0
        }
    }

    /// Puts a fax of an existing folder into the archive's records, in state `archived`; false where its uniqueid or its
    /// place in the archive is known.
    package func adopt(_ receipt: InboxReceipt, errands: [InboxErrand.Draft], look: InboxLook) throws -> Bool {
        try write { db in
            let isTaken = try Bool.fetchOne(
                db, sql: "SELECT EXISTS (SELECT 1 FROM receipt WHERE archive_name = ?)",
                arguments: [receipt.archiveName])
            guard isTaken == false, try Self.insert(receipt, in: db) else { return false }
            try Self.settle(receipt, .archived, mail: [], errands: errands, now: look.at, in: db)
            try Self.insert(look, in: db)
            return true
        }
    }
}
