package import FaxModel
import GRDB

// When the date jumps.

extension InboxStore {
    package func fact(_ name: String) throws -> String? { try read { db in try db.fact(name) } }

    package func setFact(_ name: String, _ value: String) throws { try write { db in try db.setFact(name, value) } }

    /// Moves what waits by a count of pauses along with the date, and so its age; what quiet hours named stays where the
    /// clock on the wall has it.
    ///
    /// What was queued since the jump is by the new clock already: nothing waits for a moment that far away otherwise. The
    /// day until which a fax is kept moves along for those that were settled since `boot` by the clock of before, which a
    /// jump back takes back again: a machine that woke up in 1970 would remove them as soon as it learns the date.
    package func shiftClock(
        by seconds: Int64, boot: UnixTime, now: UnixTime, noting name: String, _ value: String
    ) throws {
        let by = seconds * 1000
        try write { db in
            for table in ["mail", "errand"] {
                try db.execute(
                    sql: """
                        UPDATE \(table) SET created_at = created_at + ?1,
                            due_at = due_at + CASE next_named WHEN 0 THEN ?1 ELSE 0 END,
                            next_at = next_at + CASE next_named WHEN 0 THEN ?1 ELSE 0 END
                        WHERE state = 'queued' AND (next_named = 1 OR tries > 0 OR abs(created_at - ?2) > abs(?1) / 2)
                        """, arguments: [by, now.milliseconds])
            }
            try db.execute(
                sql: """
                    UPDATE receipt SET settled_at = settled_at + ?1, keep_until = keep_until + ?1
                    WHERE keep_until IS NOT NULL AND settled_at BETWEEN ?2 AND ?3
                    """, arguments: [by, boot.milliseconds, now.milliseconds - by])
            try db.setFact(name, value)
        }
    }
}
