package import FaxModel
import Foundation
import GRDB

// Reading rows, and the one function that writes a job's state.

let jobSelect = """
    SELECT job.*, document.path AS document, document.pages AS document_pages
    FROM job JOIN document ON document.id = job.document_id
    """

extension SQLiteJobStore {
    package func job(_ id: Int64) throws -> Job? { try read { db in try fetchJob(db, id) } }

    package func jobs(limit: Int, unfinishedOnly: Bool) throws -> [Job] {
        try read { db in
            let condition = unfinishedOnly ? " WHERE job.finished_at IS NULL" : ""
            return try Row.fetchAll(
                db, sql: jobSelect + condition + " ORDER BY job.id DESC LIMIT ?", arguments: [limit]
            ).compactMap { row in try? readJob(row) }
        }
    }

    package func attempts(of job: Int64) throws -> [Attempt] {
        try read { db in
            try Row.fetchAll(
                db, sql: "SELECT * FROM attempt WHERE job_id = ? ORDER BY sequence", arguments: [job]
            ).map(readAttempt)
        }
    }

    package func history(of job: Int64) throws -> [HistoryEntry] {
        try read { db in
            try Row.fetchAll(
                db, sql: "SELECT at, state, text FROM event WHERE job_id = ? ORDER BY id", arguments: [job]
            ).map { row in
                HistoryEntry(
                    at: UnixTime(milliseconds: row["at"]), state: try state(row["state"]), text: row["text"])
            }
        }
    }

    package func openAttempts() throws -> [OpenAttempt] {
        try read { db in try fetchOpen(db, sql: "attempt.state <> 'settled' ORDER BY claimed_at, attempt.id") }
    }

    package func unresolvedAttempts() throws -> (open: Set<AttemptID>, unknown: Set<AttemptID>) {
        func ids(_ db: Database, _ condition: String) throws -> Set<AttemptID> {
            try Set(String.fetchAll(db, sql: "SELECT id FROM attempt WHERE " + condition).compactMap(AttemptID.init))
        }
        return try read { db in
            (open: try ids(db, "state <> 'settled'"), unknown: try ids(db, "cause = 'outcome.unknown'"))
        }
    }

    package func unreadableJobs() throws -> [String] {
        try read { db in
            try Row.fetchAll(db, sql: jobSelect + " WHERE job.finished_at IS NULL").compactMap { row in
                do {
                    _ = try readJob(row)
                    return nil
                } catch {
                    let id: Int64 = row["id"]
                    return "job \(id) can't be read and is left alone: \(error)"
                }
            }
        }
    }

    package func unknownAttempts(settledAfter limit: UnixTime) throws -> [OpenAttempt] {
        try read { db in
            try fetchOpen(
                db,
                sql: """
                    job.state = 'unknown' AND attempt.cause = 'outcome.unknown' AND attempt.settled_at > ?
                    ORDER BY claimed_at, attempt.id
                    """,
                arguments: [limit.milliseconds])
        }
    }

    package func nextDue() throws -> UnixTime? {
        try read { db in
            try Int64.fetchOne(db, sql: "SELECT min(due_at) FROM job WHERE state IN ('queued', 'waiting')")
                .map(UnixTime.init(milliseconds:))
        }
    }

    package func documentsInUse(finishedAfter limit: UnixTime) throws -> Set<String> {
        try read { db in
            try Set(
                String.fetchAll(
                    db,
                    sql: """
                        SELECT path FROM document WHERE id IN
                            (SELECT document_id FROM job WHERE finished_at IS NULL OR finished_at > ?)
                        """,
                    arguments: [limit.milliseconds]))
        }
    }

    func fetchJob(_ db: Database, _ id: Int64) throws -> Job? {
        try Row.fetchOne(db, sql: jobSelect + " WHERE job.id = ?", arguments: [id]).map(readJob)
    }

    func fetchOpen(_ db: Database, sql: String, arguments: StatementArguments = []) throws -> [OpenAttempt] {
        let rows = try Row.fetchAll(
            db, sql: "SELECT attempt.* FROM attempt JOIN job ON job.id = attempt.job_id WHERE " + sql,
            arguments: arguments)
        return try rows.compactMap { row in
            let job = try Row.fetchOne(db, sql: jobSelect + " WHERE job.id = ?", arguments: [row["job_id"] as Int64])
            guard let job, let job = try? readJob(job), let attempt = try? readAttempt(row) else { return nil }
            return OpenAttempt(job: job, attempt: attempt)
        }
    }

    /// Writes a job's whole changeable part together with the state that `event` leads to, and a line of history.
    func move(_ db: Database, _ job: Job, _ event: JobEvent, now: UnixTime, text: String) throws {
        let next = try job.state.next(event)
        try db.execute(
            sql: """
                UPDATE job SET state = ?, cause = ?, detail = ?, dials = ?, tries = ?, local_failures = ?,
                    pages_done = ?, cancel_requested = ?, due_at = ?, finished_at = ? WHERE id = ?
                """,
            arguments: [
                next.rawValue, job.cause?.rawValue, job.detail, job.dials, job.tries, job.localFailures,
                job.pagesDone, job.cancelRequested, job.due.milliseconds, next.isFinal ? now.milliseconds : nil,
                job.id,
            ])
        try note(db, job.id, now, next, text)
    }

    func note(_ db: Database, _ job: Int64, _ at: UnixTime, _ state: JobState, _ text: String) throws {
        try db.execute(
            sql: "INSERT INTO event (job_id, at, state, text) VALUES (?, ?, ?, ?)",
            arguments: [job, at.milliseconds, state.rawValue, text])
    }

    func readJob(_ row: Row) throws -> Job {
        Job(
            id: row["id"], group: row["group_id"],
            request: try JSONText.decode(FaxRequest.self, row["request"]), document: row["document"],
            pages: row["document_pages"], state: try state(row["state"]), cause: cause(row["cause"]),
            detail: row["detail"], dials: row["dials"], tries: row["tries"], localFailures: row["local_failures"],
            pagesDone: row["pages_done"], cancelRequested: row["cancel_requested"],
            submitted: time(row["submitted_at"]),
            due: time(row["due_at"]), deadline: time(row["deadline_at"]), finished: optionalTime(row["finished_at"]))
    }

    func readAttempt(_ row: Row) throws -> Attempt {
        let state: String = row["state"]
        guard let known = Attempt.State(rawValue: state) else {
            throw FaxError(.data, "store: an attempt has the state \(quoted(state)), which this version doesn't know")
        }
        return Attempt(
            id: try AttemptID(parsing: row["id"]), job: row["job_id"], sequence: row["sequence"], state: known,
            firstPage: row["first_page"], pages: row["pages"], claimed: time(row["claimed_at"]),
            published: optionalTime(row["published_at"]), started: optionalTime(row["started_at"]),
            settled: optionalTime(row["settled_at"]), longestCall: row["longest_call"], cause: cause(row["cause"]),
            detail: row["detail"], pagesConfirmed: row["pages_confirmed"], rate: row["rate"], mode: row["mode"],
            remoteStationID: row["remote_station_id"], hangupCause: row["hangup_cause"],
            techCause: row["tech_cause"], lineSeconds: row["line_seconds"])
    }

    private func state(_ text: String) throws -> JobState {
        guard let state = JobState(rawValue: text) else {
            throw FaxError(.data, "store: a job has the state \(quoted(text)), which this version doesn't know")
        }
        return state
    }

    private func cause(_ text: String?) -> Cause? { text.flatMap(Cause.init(rawValue:)) }
    private func time(_ value: Int64) -> UnixTime { UnixTime(milliseconds: value) }
    private func optionalTime(_ value: Int64?) -> UnixTime? { value.map(UnixTime.init(milliseconds:)) }

    func read<T>(_ body: (Database) throws -> T) throws -> T {
        try database.translating { try database.pool.read(body) }
    }

    /// BEGIN IMMEDIATE, so that what was read in the transaction is still true when it writes.
    func write<T>(_ body: (Database) throws -> T) throws -> T {
        try database.translating { try database.pool.write(body) }
    }
}
