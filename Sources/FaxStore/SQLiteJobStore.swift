import FaxModel
import GRDB

/// The job store in SQLite.
package struct SQLiteJobStore: JobStore {
    let database: StoreDatabase

    package init(_ database: StoreDatabase) { self.database = database }

    package func submit(_ submission: Submission) throws -> [Int64] {
        try write { db in try submit(db, submission) }
    }

    func submit(_ db: Database, _ submission: Submission) throws -> [Int64] {
        if let key = submission.key, let known = try self.submission(db, key) { return known }
        let document = try insert(db, submission.document, at: submission.submitted)
        let jobs = try db.makeStatement(
            sql: """
                INSERT INTO job (group_id, document_id, cover_id, owner, number, request, state, priority, rank, held,
                    max_dials, max_tries, tag, probe, submitted_at, due_at, due_named, deadline_at)
                VALUES (?, ?, ?, ?, ?, ?, 'queued', ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """)
        let events = try noteStatement(db)
        var ids: [Int64] = []
        ids.reserveCapacity(submission.recipients.count)
        for recipient in submission.recipients {
            let request = recipient.request
            let cover = try recipient.cover.map { try insert(db, $0, at: submission.submitted) }
            try jobs.execute(arguments: [
                ids.first ?? 0, document, cover, request.owner, request.number.digits,
                try JSONText.encode(request), submission.priority,
                rank(submission.due, submission.priority, request) + Int64(ids.count) * JobPriority.spacing * 1000,
                submission.held, submission.maxDials,
                submission.maxTries, request.tag?.text, request.probe?.text, submission.submitted.milliseconds,
                submission.due.milliseconds, submission.due != submission.submitted,
                submission.deadline.milliseconds,
            ])
            let id = db.lastInsertedRowID
            if ids.isEmpty { try db.run("UPDATE job SET group_id = id WHERE id = ?", [id]) }
            let pages = submission.document.count + (recipient.cover?.count ?? 0)
            try events.execute(arguments: [
                id, submission.submitted.milliseconds, JobState.queued.rawValue, "accepted, \(pages) pages",
            ])
            ids.append(id)
        }
        if let key = submission.key, let first = ids.first {
            try db.run(
                "INSERT INTO submission (key, first_job, jobs, at) VALUES (?, ?, ?, ?)",
                [key, first, ids.count, submission.submitted.milliseconds])
        }
        return ids
    }

    package func submission(key: String) throws -> [Int64]? { try read { db in try submission(db, key) } }

    /// Ids within one transaction follow each other.
    private func submission(_ db: Database, _ key: String) throws -> [Int64]? {
        let row = try Row.fetchOne(db, sql: "SELECT first_job, jobs FROM submission WHERE key = ?", arguments: [key])
        guard let row else { return nil }
        let first: Int64 = row["first_job"]
        let count: Int64 = row["jobs"]
        return Array(first..<(first + count))
    }

    private func insert(_ db: Database, _ pages: Submission.Pages, at now: UnixTime) throws -> Int64 {
        try db.cachedStatement(
            sql: "INSERT INTO document (path, pages, longest_call, created_at) VALUES (?, ?, ?, ?)"
        ).execute(arguments: [pages.path, pages.count, pages.longestCall, now.milliseconds])
        return db.lastInsertedRowID
    }

    /// Where a job stands in the line; see the schema. A probe stands behind every user's fax, however long it waits.
    func rank(_ waitingSince: UnixTime, _ priority: Int, _ request: FaxRequest) -> Int64 {
        waitingSince.milliseconds + Int64(priority) * JobPriority.ageing * 1000
            + (request.probe == nil ? 0 : Self.behindAll)
    }

    /// Longer than any time on a clock, in milliseconds.
    private static let behindAll: Int64 = 1 << 52
}
