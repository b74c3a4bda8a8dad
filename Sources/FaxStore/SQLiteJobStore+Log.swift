package import FaxModel
import GRDB

/// Which ended attempts are read.
package struct LogFilter: Hashable, Sendable, Codable {
    /// Where the last piece ended.
    package struct Place: Hashable, Sendable, Codable {
        package var settled: UnixTime
        package var id: AttemptID

        package init(settled: UnixTime, id: AttemptID) {
            self.settled = settled
            self.id = id
        }
    }

    package var number: FaxNumber?
    package var owner: String?
    package var since: UnixTime?
    package var until: UnixTime?
    package var after: Place?

    package init(
        number: FaxNumber? = nil, owner: String? = nil, since: UnixTime? = nil, until: UnixTime? = nil,
        after: Place? = nil
    ) {
        self.number = number
        self.owner = owner
        self.since = since
        self.until = until
        self.after = after
    }
}

/// One call that is over, with what the log tells of its job.
package struct LogEntry: Hashable, Sendable, Codable {
    package var owner: String
    package var number: String
    package var tag: String?
    package var attempt: Attempt
}

extension SQLiteJobStore {
    /// The next thousand ended attempts, oldest first.
    package func log(_ filter: LogFilter) throws -> [LogEntry] {
        let since = max(filter.since ?? UnixTime(seconds: 0), filter.after?.settled ?? UnixTime(seconds: 0))
        var terms = ["attempt.settled_at >= ?", "job.probe IS NULL"]
        var values: [any DatabaseValueConvertible] = [since.milliseconds]
        if let after = filter.after {
            terms.append("(attempt.settled_at, attempt.id) > (?, ?)")
            values += [after.settled.milliseconds, after.id.text]
        }
        if let until = filter.until {
            terms.append("attempt.settled_at < ?")
            values.append(until.milliseconds)
        }
        if let number = filter.number {
            terms.append("job.number = ?")
            values.append(number.digits)
        }
        if let owner = filter.owner {
            terms.append("job.owner = ?")
            values.append(owner)
        }
        let sql = """
            SELECT attempt.*, job.owner, job.number, job.tag FROM attempt INDEXED BY attempt_settled
            JOIN job ON job.id = attempt.job_id
            WHERE \(terms.joined(separator: " AND ")) ORDER BY attempt.settled_at, attempt.id LIMIT 1000
            """
        return try read { db in
            try Row.fetchAll(db, sql: sql, arguments: StatementArguments(values)).map { row in
                LogEntry(owner: row["owner"], number: row["number"], tag: row["tag"], attempt: try readAttempt(row))
            }
        }
    }
}
