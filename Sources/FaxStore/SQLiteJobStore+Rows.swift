package import FaxModel
import Foundation
import GRDB

// Reading rows, and the one function that writes a job's state.

let jobSelect = """
    SELECT job.*, document.path AS document, document.pages AS document_pages, cover.path AS cover,
        cover.pages AS cover_pages
    FROM job JOIN document ON document.id = job.document_id LEFT JOIN document AS cover ON cover.id = job.cover_id
    """

extension SQLiteJobStore {
    package func job(_ id: Int64) throws -> Job? { try read { db in try fetchJob(db, id) } }

    package func jobs(_ filter: JobFilter) throws -> [Job] {
        var terms: [String] = []
        var values: [any DatabaseValueConvertible] = []
        func need(_ term: String, _ value: (any DatabaseValueConvertible)?) {
            guard let value else { return }
            terms.append(term)
            values.append(value)
        }
        if let states = filter.states {
            terms.append("job.state IN (\(states.map { "'\($0.rawValue)'" }.joined(separator: ", ")))")
        }
        need("job.number = ?", filter.number?.digits)
        need("job.tag = ?", filter.tag?.text)
        need("job.owner = ?", filter.owner)
        need("job.group_id = ?", filter.group)
        need("job.submitted_at >= ?", filter.since?.milliseconds)
        need("job.submitted_at < ?", filter.until?.milliseconds)
        need("job.id < ?", filter.before)
        if !filter.probes { terms.append("job.probe IS NULL") }
        if filter.unfinished { terms.append("job.finished_at IS NULL") }
        if filter.held { terms.append("job.held = 1 AND job.finished_at IS NULL") }
        let condition = terms.isEmpty ? "" : " WHERE " + terms.joined(separator: " AND ")
        values.append(filter.limit)
        return try read { db in
            try db.values(
                jobSelect + condition + " ORDER BY job.id DESC LIMIT ?", StatementArguments(values)
            ) { row in try? readJob(row) }
        }
    }

    package func attempts(of job: Int64) throws -> [Attempt] {
        try read { db in
            try db.values("SELECT * FROM attempt WHERE job_id = ? ORDER BY sequence", [job], readAttempt)
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

    package func openCalls() throws -> [OpenCall] {
        try read { db in try fetchCalls(db, where: "state <> 'settled'") }
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
            // One at a time: there may be very many.
            let rows = try Row.fetchCursor(db, sql: jobSelect + " WHERE job.finished_at IS NULL")
            var problems: [String] = []
            while let row = try rows.next() {
                do { _ = try readJob(row) } catch {
                    let id: Int64 = row["id"]
                    problems.append("job \(id) can't be read and is left alone: \(error)")
                }
            }
            return problems
        }
    }

    package func unknownCalls(settledAfter limit: UnixTime) throws -> [OpenCall] {
        try read { db in
            try fetchCalls(
                db, where: "cause = 'outcome.unknown' AND settled_at > ?", arguments: [limit.milliseconds]
            ).filter { $0.parts.contains { $0.job.state == .unknown } }
        }
    }

    package func documentsInUse(among paths: [String], finishedAfter limit: UnixTime) throws -> Set<String> {
        try read { db in
            let statement = try db.cachedStatement(
                sql: """
                    SELECT EXISTS (SELECT 1 FROM document JOIN job ON job.document_id = document.id
                            WHERE path = ?1 AND (finished_at IS NULL OR finished_at > ?2 OR state = 'unknown'))
                        OR EXISTS (SELECT 1 FROM document JOIN job ON job.cover_id = document.id
                            WHERE path = ?1 AND (finished_at IS NULL OR finished_at > ?2 OR state = 'unknown'))
                    """)
            return try Set(paths.filter { try Bool.fetchOne(statement, arguments: [$0, limit.milliseconds]) == true })
        }
    }

    func fetchJob(_ db: Database, _ id: Int64) throws -> Job? {
        try db.value(jobSelect + " WHERE job.id = ?", [id], readJob)
    }

    /// nil also for one that this version can't read.
    func fetchReadable(_ db: Database, _ id: Int64) throws -> Job? {
        try db.value(jobSelect + " WHERE job.id = ?", [id]) { try? readJob($0) }
    }

    func fetchAttempt(_ db: Database, _ id: AttemptID) throws -> OpenAttempt? {
        try db.value("SELECT * FROM attempt WHERE id = ?", [id.text]) { try readOpenAttempt(db, $0) }
    }

    private func readOpenAttempt(_ db: Database, _ row: Row) throws -> OpenAttempt? {
        guard let job = try fetchReadable(db, row["job_id"]), let attempt = try? readAttempt(row) else { return nil }
        return OpenAttempt(job: job, attempt: attempt)
    }

    /// The call of that attempt with all its parts; nil when one of them can't be read.
    func fetchCall(_ db: Database, _ id: AttemptID) throws -> OpenCall? {
        var rows = 0
        let parts = try db.values(
            "SELECT * FROM attempt WHERE id = ? OR carrier = ? ORDER BY position", [id.text, id.text]
        ) { row in
            rows += 1
            return try readOpenAttempt(db, row)
        }
        return parts.isEmpty || parts.count < rows ? nil : OpenCall(parts)
    }

    private func fetchCalls(
        _ db: Database, where condition: String, arguments: StatementArguments = []
    ) throws -> [OpenCall] {
        try String.fetchAll(
            db.cachedStatement(
                sql: "SELECT id FROM attempt WHERE carrier IS NULL AND \(condition) ORDER BY claimed_at, id"),
            arguments: arguments
        ).compactMap(AttemptID.init).compactMap { try fetchCall(db, $0) }
    }

    /// Writes a job's whole changeable part together with the state that `event` leads to, and a line of history.
    func move(_ db: Database, _ job: Job, _ event: JobEvent, now: UnixTime, text: String) throws {
        let next = try job.state.next(event)
        try db.cachedStatement(
            sql: """
                UPDATE job SET state = ?, cause = ?, detail = ?, dials = ?, tries = ?, repeats = ?, idle_tries = ?,
                    page_failures = ?, failed_trunks = ?, mode = ?, pages_done = ?, cancel_requested = ?, due_at = ?,
                    finished_at = ? WHERE id = ?
                """
        ).execute(arguments: [
            next.rawValue, job.cause?.rawValue, job.detail, job.dials, job.tries, job.repeats, job.idleTries,
            job.pageFailures, job.failedTrunks.map(\.text).joined(separator: " "),
            try job.ownMode.map(JSONText.encode), job.pagesDone, job.cancelRequested, job.due.milliseconds,
            next.isFinal ? now.milliseconds : nil, job.id,
        ])
        try note(db, job.id, now, next, text)
        try noteNotice(db, job, next, now: now)
    }

    func note(_ db: Database, _ job: Int64, _ at: UnixTime, _ state: JobState, _ text: String) throws {
        try noteStatement(db).execute(arguments: [job, at.milliseconds, state.rawValue, text])
    }

    func noteStatement(_ db: Database) throws -> Statement {
        try db.cachedStatement(sql: "INSERT INTO event (job_id, at, state, text) VALUES (?, ?, ?, ?)")
    }

    func readJob(_ row: Row) throws -> Job {
        let coverPages: Int = row["cover_pages"] ?? 0
        let documentPages: Int = row["document_pages"]
        let trunks: String = row["failed_trunks"]
        return Job(
            id: row["id"], group: row["group_id"],
            request: try database.requests.value(row["request"]) {
                try JSONText.decode(FaxRequest.self, $0)
            }, document: row["document"],
            cover: row["cover"], coverPages: coverPages, pages: documentPages + coverPages,
            state: try state(row["state"]), cause: cause(row["cause"]), detail: row["detail"],
            priority: row["priority"], held: row["held"],
            ownMode: try (row["mode"] as String?).map { try JSONText.decode(CallMode.self, $0) }, dials: row["dials"],
            tries: row["tries"], repeats: row["repeats"], idleTries: row["idle_tries"],
            pageFailures: row["page_failures"],
            failedTrunks: try trunks.split(separator: " ").map { try TrunkName(parsing: String($0)) },
            maxDials: row["max_dials"], maxTries: row["max_tries"], pagesDone: row["pages_done"],
            cancelRequested: row["cancel_requested"], submitted: time(row["submitted_at"]), due: time(row["due_at"]),
            deadline: time(row["deadline_at"]), finished: optionalTime(row["finished_at"]))
    }

    func readAttempt(_ row: Row) throws -> Attempt {
        let state: String = row["state"]
        guard let known = Attempt.State(rawValue: state) else {
            throw FaxError(.data, "store: an attempt has the state \(quoted(state)), which this version doesn't know")
        }
        return Attempt(
            id: try AttemptID(parsing: row["id"]), job: row["job_id"],
            carrier: try (row["carrier"] as String?).map(AttemptID.init(parsing:)),
            trunk: try (row["trunk"] as String?).map(TrunkName.init(parsing:)),
            asked: try (row["asked"] as String?).map { text in
                try database.modes.value(text) { try JSONText.decode(CallMode.self, $0) }
            },
            sequence: row["sequence"], state: known,
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
        try database.translating { try database.connections.read(body) }
    }

    /// BEGIN IMMEDIATE, so that what was read in the transaction is still true when it writes.
    func write<T>(_ body: (Database) throws -> T) throws -> T {
        try database.translating { try database.connections.write(body) }
    }
}
