package import FaxModel
import GRDB

/// Counts of received calls over some time.
package struct InboxStats: Hashable, Sendable, Codable {
    /// One part of them, by a number, a route or a rule.
    package struct Part: Hashable, Sendable, Codable {
        package var name: String
        package var calls: Int
        package var pages: Int
        package var incomplete: Int
        package var empty: Int
    }

    package var calls = 0
    package var pages = 0
    package var complete = 0
    package var incomplete = 0
    /// Calls without a page.
    package var empty = 0
    package var blocked = 0
    package var junk = 0
    package var unseen = 0
    package var held = 0
    package var seconds = 0
    package var badLines = 0
    package var byNumber: [Part] = []
    package var byRoute: [Part] = []
    /// Blocked calls and junk faxes by rule.
    package var byRule: [String: Int] = [:]
    /// Messages and errands by state, whenever they were queued.
    package var mail: [String: Int] = [:]
    package var errands: [String: Int] = [:]
    package var oldestWaitingMail: UnixTime?
}

extension InboxStore {
    package func stats(since: UnixTime, until: UnixTime) throws -> InboxStats {
        try read { db in
            var stats = InboxStats()
            let span: StatementArguments = [since.milliseconds, until.milliseconds]
            if let row = try Row.fetchOne(
                db,
                sql: """
                    SELECT count(*) FILTER (WHERE state <> 'blocked'), coalesce(sum(pages), 0),
                        count(*) FILTER (WHERE complete = 1), count(*) FILTER (WHERE complete = 0 AND state IN
                            ('archived', 'removed')), count(*) FILTER (WHERE state = 'empty'),
                        count(*) FILTER (WHERE state = 'blocked'),
                        count(*) FILTER (WHERE junk <> '' AND state <> 'blocked'),
                        count(*) FILTER (WHERE seen_at IS NULL AND state = 'archived'), coalesce(sum(held), 0),
                        coalesce(sum(max(ended_at - started_at, 0)), 0) / 1000, coalesce(sum(bad_lines), 0)
                    FROM receipt WHERE ended_at >= ? AND ended_at < ?
                    """, arguments: span)
            {
                stats.calls = row[0]
                stats.pages = row[1]
                stats.complete = row[2]
                stats.incomplete = row[3]
                stats.empty = row[4]
                stats.blocked = row[5]
                stats.junk = row[6]
                stats.unseen = row[7]
                stats.held = row[8]
                stats.seconds = row[9]
                stats.badLines = row[10]
            }
            stats.byNumber = try Self.parts(db, "dialled", span)
            stats.byRoute = try Self.parts(db, "route", span)
            for row in try Row.fetchAll(
                db,
                sql: """
                    SELECT junk, count(*) FROM receipt WHERE junk <> '' AND ended_at >= ? AND ended_at < ? GROUP BY junk
                    """, arguments: span)
            {
                stats.byRule[row[0]] = row[1]
            }
            for row in try Row.fetchAll(db, sql: "SELECT state, count(*) FROM mail GROUP BY state") {
                stats.mail[row[0]] = row[1]
            }
            for row in try Row.fetchAll(db, sql: "SELECT state, count(*) FROM errand GROUP BY state") {
                stats.errands[row[0]] = row[1]
            }
            stats.oldestWaitingMail = try Int64.fetchOne(
                db, sql: "SELECT min(created_at) FROM mail WHERE state = 'queued'"
            ).map(UnixTime.init(milliseconds:))
            return stats
        }
    }

    private static func parts(
        _ db: Database, _ column: String, _ span: StatementArguments
    ) throws -> [InboxStats.Part] {
        try Row.fetchAll(
            db,
            sql: """
                SELECT \(column), count(*), coalesce(sum(pages), 0), count(*) FILTER (WHERE complete = 0 AND state IN
                    ('archived', 'removed')), count(*) FILTER (WHERE state = 'empty')
                FROM receipt WHERE ended_at >= ? AND ended_at < ? AND state <> 'blocked'
                GROUP BY \(column) ORDER BY count(*) DESC, \(column) LIMIT 100
                """, arguments: span
        ).map { row in
            InboxStats.Part(name: row[0], calls: row[1], pages: row[2], incomplete: row[3], empty: row[4])
        }
    }
}
