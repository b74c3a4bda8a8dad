package import FaxModel
import GRDB

// How long received faxes are kept.

extension InboxStore {
    /// Archived faxes whose time is over and that nobody holds, the longest overdue first. A fax is kept while something
    /// that somebody gets it by still waits, and where all of it failed.
    package func expired(now: UnixTime, limit: Int) throws -> [InboxReceipt] {
        try receipts(
            """
            WHERE keep_until IS NOT NULL AND held = 0 AND keep_until <= ? AND state = 'archived'
                AND 0 = (
                    WITH way (state) AS (
                        SELECT state FROM mail WHERE mail.uniqueid = receipt.uniqueid
                        UNION ALL SELECT state FROM errand WHERE errand.uniqueid = receipt.uniqueid
                            AND kind IN ('print', 'folder', 'command'))
                    SELECT count(*) FILTER (WHERE state = 'queued')
                        + (count(*) > 0 AND count(*) FILTER (WHERE state IN ('sent', 'done')) = 0) FROM way)
            ORDER BY keep_until LIMIT ?
            """, [now.milliseconds, limit])
    }

    /// The files of a fax are about to go: nothing names them any more, and nobody gets it any more.
    ///
    /// Throws `FaxError.data` for one that is held, or is not in the archive.
    package func remove(_ receipt: InboxReceipt, look: InboxLook) throws {
        let state = try InboxReceiptState.archived.next(.removed)
        try write { db in
            try db.execute(
                sql: """
                    UPDATE receipt SET state = ?, tiff = NULL, pdf = NULL, keep_until = NULL
                    WHERE uniqueid = ? AND state = 'archived' AND held = 0
                    """, arguments: [state.rawValue, receipt.uniqueid])
            guard db.changesCount == 1 else {
                throw FaxError(.data, "fax \(receipt.uniqueid) is held, or its files are gone already")
            }
            try db.execute(sql: "DELETE FROM receipt_text WHERE rowid = ?", arguments: [receipt.number])
            for table in ["mail", "errand"] {
                try db.execute(
                    sql: "UPDATE \(table) SET state = 'failed', last_error = 'the fax was removed' "
                        + "WHERE uniqueid = ? AND state = 'queued'", arguments: [receipt.uniqueid])
            }
            try Self.insert(look, in: db)
        }
    }

    /// Forgets records of calls that ended before then and have no files, a hundred at a time, and old looks. Returns how
    /// many records went.
    package func prune(endedBefore limit: UnixTime) throws -> Int {
        try write { db in
            try db.execute(sql: "DELETE FROM look WHERE at < ?", arguments: [limit.milliseconds])
            let names = try String.fetchAll(
                db,
                sql: """
                    SELECT uniqueid FROM receipt WHERE ended_at < ? AND state IN ('empty', 'blocked', 'removed')
                        AND NOT EXISTS (SELECT 1 FROM mail WHERE mail.uniqueid = receipt.uniqueid AND mail.state = 'queued')
                    ORDER BY ended_at LIMIT 100
                    """, arguments: [limit.milliseconds])
            for name in names {
                try db.execute(
                    sql: "DELETE FROM mail WHERE uniqueid = ? AND about IS NOT NULL", arguments: [name])
                try db.execute(sql: "DELETE FROM mail WHERE uniqueid = ?", arguments: [name])
                try db.execute(sql: "DELETE FROM errand WHERE uniqueid = ?", arguments: [name])
                try db.execute(sql: "DELETE FROM receipt WHERE uniqueid = ?", arguments: [name])
            }
            return names.count
        }
    }
}

extension InboxStore {
    /// Where faxes lay whose files were removed, unless another fax has that place now.
    package func removedArchiveNames() throws -> [String] {
        try read { db in
            try String.fetchAll(
                db,
                sql: """
                    SELECT archive_name FROM receipt AS gone WHERE state = 'removed' AND NOT EXISTS (SELECT 1 FROM receipt
                        WHERE receipt.archive_name = gone.archive_name AND receipt.state <> 'removed')
                    """)
        }
    }
}
