package import FaxModel
import GRDB

extension InboxStore {
    /// Puts `count` archived faxes with a sent message each into the store, for measuring: as if years had gone by.
    package func fill(count: Int, ended: UnixTime) throws {
        try write { db in
            let numbers = "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < \(count))"
            try db.execute(
                sql: """
                    \(numbers)
                    INSERT INTO receipt (uniqueid, call, origin, state, recorded_at, started_at, ended_at, settled_at,
                        channel, dialled, caller_number, caller_name, account, recipients, fax_status, pages, rate, mode,
                        complete, archive_name, tiff, pdf, route)
                    SELECT '1.' || i, '1.' || i, 'report', 'archived', ?1 - i, ?1 - i, ?1 - i, ?1 - i, 'PJSIP/trunk',
                        '55500' || i % 100, '+4930' || (1000000 + i % 50000), '', '', '', 'SUCCESS', 2, 14400, 'T38', 1,
                        'x/' || i, '/x/' || i || '.tiff', '/x/' || i || '.pdf', 'default' FROM n
                    """, arguments: [ended.milliseconds])
            try db.execute(
                sql: """
                    \(numbers)
                    INSERT INTO mail (uniqueid, kind, recipient, state, tries, created_at, next_at, sent_at)
                    SELECT '1.' || i, 'fax', 'office@example.org', 'sent', 1, ?1, ?1, ?1 FROM n
                    """, arguments: [ended.milliseconds])
            try db.execute(sql: "ANALYZE")
        }
    }
}
