package import FaxModel
import GRDB

/// What an operator should know about the queue itself.
package struct QueueTroubles: Hashable, Sendable {
    /// Since when the oldest job waits that could go.
    package var oldestDue: UnixTime?
    package var callsUnderWay: Int
    /// The newest hundred jobs of which nobody knows what became.
    package var unknown: [Int64]
    /// Jobs that wait for our own side, by cause.
    package var local: [Cause: Int]

    package init(oldestDue: UnixTime?, callsUnderWay: Int, unknown: [Int64], local: [Cause: Int]) {
        self.oldestDue = oldestDue
        self.callsUnderWay = callsUnderWay
        self.unknown = unknown
        self.local = local
    }
}

extension SQLiteJobStore {
    /// Asked for each minute, so it reads nothing that grows with the history.
    package func troubles(now: UnixTime) throws -> QueueTroubles {
        try read { db in
            let unknown = try Int64.fetchAll(
                db, sql: "SELECT id FROM job WHERE state = 'unknown' AND probe IS NULL ORDER BY id DESC LIMIT 100")
            var local: [Cause: Int] = [:]
            for row in try Row.fetchAll(
                db,
                sql: """
                    SELECT cause, count(*) FROM job WHERE state IN ('queued', 'waiting') AND cause LIKE 'local.%'
                        AND submitted_at < ? AND probe IS NULL GROUP BY cause
                    """, arguments: [now.adding(seconds: -600).milliseconds])
            {
                if let cause = Cause(rawValue: row[0]) { local[cause] = row[1] }
            }
            return QueueTroubles(
                oldestDue: try oldestDue(db, now: now), callsUnderWay: try callsUnderWay(db).values.reduce(0, +),
                unknown: unknown.reversed(), local: local)
        }
    }

    /// Of users' jobs whose number is neither being called nor to be left alone.
    func oldestDue(_ db: Database, now: UnixTime) throws -> UnixTime? {
        try Int64.fetchOne(
            db,
            sql: "SELECT min(due_at) FROM job WHERE \(Self.canGo) AND probe IS NULL", arguments: [now.milliseconds]
        ).map(UnixTime.init(milliseconds:))
    }

    /// By trunk; an attempt of an older version knows none.
    func callsUnderWay(_ db: Database) throws -> [String: Int] {
        let rows = try Row.fetchAll(
            db,
            sql: "SELECT trunk, count(*) FROM attempt WHERE state <> 'settled' AND carrier IS NULL GROUP BY trunk")
        return Dictionary(rows.map { ($0[0] ?? "", $0[1]) }, uniquingKeysWith: +)
    }
}
