package import FaxModel
import GRDB

/// The queue in numbers.
package struct QueueStats: Hashable, Sendable, Codable {
    /// What was ended since some moment.
    package struct Span: Hashable, Sendable, Codable {
        package var jobs: Int
        package var delivered: Int
        package var pages: Int
        package var calls: Int
        package var lineSeconds: Double
        /// Ended attempts that were not delivered, by cause.
        package var causes: [String: Int]

        /// Calls placed for each fax that was delivered; nil without one.
        package var callsPerFax: Double? { delivered == 0 ? nil : Double(calls) / Double(delivered) }

        /// Both spans together.
        static func + (one: Span, other: Span) -> Span {
            Span(
                jobs: one.jobs + other.jobs, delivered: one.delivered + other.delivered,
                pages: one.pages + other.pages, calls: one.calls + other.calls,
                lineSeconds: one.lineSeconds + other.lineSeconds,
                causes: one.causes.merging(other.causes, uniquingKeysWith: +))
        }
    }

    package var states: [String: Int]
    package var held: Int
    /// Calls under way, by trunk.
    package var calls: [String: Int]
    /// Since when the oldest due job waits.
    package var oldestDue: UnixTime?
    package var day: Span
    package var month: Span
}

extension SQLiteJobStore {
    package func stats(now: UnixTime) throws -> QueueStats {
        try read { db in
            func counts(_ sql: String, _ arguments: StatementArguments = []) throws -> [String: Int] {
                try Dictionary(
                    Row.fetchAll(db, sql: sql, arguments: arguments).map { ($0[0] ?? "", $0[1]) },
                    uniquingKeysWith: +)
            }
            let probes = "SELECT id FROM job WHERE probe IS NOT NULL"
            func span(after start: UnixTime, to end: UnixTime?) throws -> QueueStats.Span {
                let range: StatementArguments = [start.milliseconds, end?.milliseconds ?? .max]
                let jobs = try Row.fetchOne(
                    db,
                    sql: """
                        SELECT count(*), coalesce(sum(state = 'delivered'), 0)
                        FROM job WHERE finished_at > ? AND finished_at <= ? AND probe IS NULL
                        """, arguments: range)
                let calls = try Row.fetchOne(
                    db,
                    sql: """
                        SELECT coalesce(sum(pages_confirmed), 0), coalesce(sum(carrier IS NULL AND
                            coalesce(cause, '') NOT IN ('local.publish', 'local.lost', 'local.asterisk-down')), 0),
                            coalesce(sum(CASE WHEN carrier IS NULL THEN line_seconds END), 0.0)
                        FROM attempt WHERE settled_at > ? AND settled_at <= ? AND job_id NOT IN (\(probes))
                        """, arguments: range)
                return QueueStats.Span(
                    jobs: jobs?[0] ?? 0, delivered: jobs?[1] ?? 0, pages: calls?[0] ?? 0, calls: calls?[1] ?? 0,
                    lineSeconds: calls?[2] ?? 0,
                    causes: try counts(
                        """
                        SELECT cause, count(*) FROM attempt
                        WHERE settled_at > ? AND settled_at <= ? AND cause IS NOT NULL
                            AND job_id NOT IN (\(probes)) GROUP BY cause
                        """, range))
            }
            // What is in both is counted once: it may be very much.
            let yesterday = now.adding(seconds: -86_400)
            let day = try span(after: yesterday, to: nil)
            // Probes are few, and have an index: all jobs are counted by theirs, and the probes taken off.
            let ofProbes = try counts("SELECT state, count(*) FROM job WHERE probe IS NOT NULL GROUP BY state")
            let states = try counts("SELECT state, count(*) FROM job GROUP BY state").merging(
                ofProbes, uniquingKeysWith: -)
            return QueueStats(
                states: states.filter { $0.value > 0 },
                held: try Int.fetchOne(
                    db, sql: "SELECT count(*) FROM job WHERE held = 1 AND finished_at IS NULL AND probe IS NULL") ?? 0,
                calls: try callsUnderWay(db), oldestDue: try oldestDue(db, now: now), day: day,
                month: try span(after: now.adding(seconds: -30 * 86_400), to: yesterday) + day)
        }
    }
}
