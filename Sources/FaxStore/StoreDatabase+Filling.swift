package import FaxModel
import GRDB

extension StoreDatabase {
    /// Puts `count` finished jobs with an attempt and two lines of history each into the store, for measuring: as if years
    /// had gone by. They are copies of job `model`, which must be there.
    package func fill(copiesOf model: Int64, count: Int, ended: UnixTime) throws {
        try translating {
            try connections.write { db in
                let first = (try Int64.fetchOne(db, sql: "SELECT max(id) FROM job") ?? 0) + 1
                let numbers = "WITH RECURSIVE n (i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i + 1 < \(count))"
                try db.execute(
                    sql: """
                        \(numbers)
                        INSERT INTO job (id, group_id, document_id, owner, number, request, state, cause, dials, tries,
                            pages_done, tag, submitted_at, due_at, deadline_at, finished_at)
                        SELECT \(first) + i, \(first) + i, document_id, owner, '+4930' || (1000000 + i % 50000), request,
                            CASE i % 20 WHEN 0 THEN 'failed' ELSE 'delivered' END, NULL, 1, 1, 1, 'tag' || i % 1000,
                            ?1, ?1, ?1, ?1 + i FROM n, job WHERE job.id = ?2;
                        """, arguments: [ended.milliseconds, model])
                try db.execute(
                    sql: """
                        \(numbers)
                        INSERT INTO attempt (id, job_id, sequence, state, first_page, pages, claimed_at, settled_at,
                            longest_call, pages_confirmed, line_seconds)
                        SELECT (\(first) + i) || '-1-00000000', \(first) + i, 1, 'settled', 0, 1, ?1, ?1 + i, 100, 1, 20.0
                        FROM n
                        """, arguments: [ended.milliseconds])
                try db.execute(
                    sql: """
                        \(numbers)
                        INSERT INTO event (job_id, at, state, text)
                        SELECT \(first) + i / 2, ?1, 'delivered', 'as filled' FROM n
                        UNION ALL SELECT \(first) + i / 2, ?1, 'queued', 'as filled' FROM n
                        """, arguments: [ended.milliseconds])
                try db.execute(sql: "ANALYZE")
            }
        }
    }
}
