package import FaxModel
import GRDB

extension SQLiteJobStore {
    /// Forgets at most `limit` jobs that ended before a moment, with all that is known about them; returns how many.
    ///
    /// In small steps, so that nobody waits long for the store. Unfinished jobs and users' unknown ones are never forgotten, nor the one
    /// that the newest event is about: the event's number would be given again, and whoever reads on from it miss the next.
    package func prune(finishedBefore moment: UnixTime, limit: Int = 200) throws -> Int {
        try write { db in
            let ids = try Int64.fetchAll(
                db,
                sql: """
                    SELECT id FROM job WHERE finished_at IS NOT NULL AND finished_at < ? AND (state <> 'unknown' OR probe IS NOT NULL)
                        AND id <> (SELECT job_id FROM event ORDER BY id DESC LIMIT 1)
                    ORDER BY finished_at LIMIT ?
                    """, arguments: [moment.milliseconds, limit])
            guard !ids.isEmpty else { return 0 }
            let list = ids.map(String.init).joined(separator: ", ")
            let documents = try Int64.fetchSet(
                db,
                sql: """
                    SELECT document_id FROM job WHERE id IN (\(list))
                    UNION SELECT cover_id FROM job WHERE id IN (\(list)) AND cover_id IS NOT NULL
                    """)
            for sql in [
                "DELETE FROM event WHERE job_id IN (\(list))", "DELETE FROM notice WHERE job_id IN (\(list))",
                """
                UPDATE attempt SET carrier = NULL
                WHERE carrier IN (SELECT id FROM attempt WHERE job_id IN (\(list)))
                """,
                "DELETE FROM attempt WHERE job_id IN (\(list))", "DELETE FROM job WHERE id IN (\(list))",
                """
                DELETE FROM document WHERE id IN (\(documents.map(String.init).joined(separator: ", ")))
                    AND NOT EXISTS (SELECT 1 FROM job WHERE document_id = document.id OR cover_id = document.id)
                """,
            ] { try db.execute(sql: sql) }
            try db.run("DELETE FROM submission WHERE at < ?", [moment.milliseconds])
            return ids.count
        }
    }
}
