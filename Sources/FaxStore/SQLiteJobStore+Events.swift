package import FaxModel
import GRDB

/// One change of a job, as programs that follow the queue get it.
package struct JobChangeEvent: Hashable, Sendable {
    package var id: Int64
    package var entry: HistoryEntry
    package var job: Job
}

extension SQLiteJobStore {
    /// The events after number `cursor`, in their order; without those whose job can't be read.
    package func events(after cursor: Int64, limit: Int = 100) throws -> (events: [JobChangeEvent], last: Int64) {
        try read { db in
            let rows = try Row.fetchAll(
                db, sql: "SELECT id, job_id, at, state, text FROM event WHERE id > ? ORDER BY id LIMIT ?",
                arguments: [cursor, limit])
            var events: [JobChangeEvent] = []
            for row in rows {
                guard let job = try fetchReadable(db, row["job_id"]), let state = JobState(rawValue: row["state"])
                else { continue }
                let at = UnixTime(milliseconds: row["at"])
                events.append(
                    JobChangeEvent(
                        id: row["id"], entry: HistoryEntry(at: at, state: state, text: row["text"]), job: job))
            }
            return (events, rows.last?["id"] ?? cursor)
        }
    }

    /// The number of the newest event, 0 without any.
    package func lastEvent() throws -> Int64 {
        try read { db in try Int64.fetchOne(db, sql: "SELECT max(id) FROM event") ?? 0 }
    }
}
