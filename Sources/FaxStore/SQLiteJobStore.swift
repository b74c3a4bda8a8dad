package import FaxModel
import Foundation
import GRDB

/// The job store in SQLite.
package struct SQLiteJobStore: JobStore {
    let database: StoreDatabase

    package init(_ database: StoreDatabase) { self.database = database }

    package func submit(_ submission: Submission) throws -> [Job] {
        try write { db in
            try db.execute(
                sql: "INSERT INTO document (path, pages, longest_call, created_at) VALUES (?, ?, ?, ?)",
                arguments: [
                    submission.document, submission.pages, submission.longestCall, submission.submitted.milliseconds,
                ])
            let document = db.lastInsertedRowID
            var group: Int64?
            var jobs: [Job] = []
            for request in submission.requests {
                try db.execute(
                    sql: """
                        INSERT INTO job (group_id, document_id, owner, number, request, state, submitted_at, due_at,
                            deadline_at)
                        VALUES (?, ?, ?, ?, ?, 'queued', ?, ?, ?)
                        """,
                    arguments: [
                        group ?? 0, document, request.owner, request.number.digits, try JSONText.encode(request),
                        submission.submitted.milliseconds, submission.due.milliseconds,
                        submission.deadline.milliseconds,
                    ])
                let id = db.lastInsertedRowID
                if group == nil {
                    group = id
                    try db.execute(sql: "UPDATE job SET group_id = id WHERE id = ?", arguments: [id])
                }
                try note(db, id, submission.submitted, .queued, "accepted, \(submission.pages) pages")
                if let job = try fetchJob(db, id) { jobs.append(job) }
            }
            return jobs
        }
    }

    package func claim(now: UnixTime, lines: Int, random: () -> UInt32) throws -> [OpenAttempt] {
        try write { db in
            try expire(db, now: now)
            let open = try Int.fetchOne(db, sql: "SELECT count(*) FROM attempt WHERE state <> 'settled'") ?? 0
            var free = lines - open
            guard free > 0 else { return [] }
            var busy = try Set(
                String.fetchAll(
                    db,
                    sql: "SELECT job.number FROM attempt JOIN job ON job.id = job_id WHERE attempt.state <> 'settled'"))
            let due = try Row.fetchCursor(
                db,
                sql: jobSelect
                    + " WHERE state IN ('queued', 'waiting') AND due_at <= ? ORDER BY due_at, job.id",
                arguments: [now.milliseconds])
            var chosen: [Job] = []
            while free > 0, let row = try due.next() {
                // One that can't be read holds up no other.
                guard !busy.contains(row["number"]), let job = try? readJob(row) else { continue }
                busy.insert(row["number"])
                chosen.append(job)
                free -= 1
            }
            return try chosen.compactMap { job in try begin(db, job, now: now, random: random()) }
        }
    }

    private func begin(_ db: Database, _ job: Job, now: UnixTime, random: UInt32) throws -> OpenAttempt? {
        let last = try Int.fetchOne(
            db, sql: "SELECT max(sequence) FROM attempt WHERE job_id = ?", arguments: [job.id])
        let sequence = (last ?? 0) + 1
        let attempt = AttemptID(job: job.id, sequence: sequence, random: random)
        try db.execute(
            sql: """
                INSERT INTO attempt (id, job_id, sequence, state, first_page, pages, claimed_at,
                    longest_call)
                VALUES (?, ?, ?, 'claimed', ?, ?, ?, (SELECT longest_call FROM document WHERE path = ?))
                """,
            arguments: [
                attempt.text, job.id, sequence, job.pagesDone, job.pages - job.pagesDone, now.milliseconds,
                job.document,
            ])
        try move(db, job, .claimed, now: now, text: "attempt \(attempt)")
        return try fetchOpen(db, sql: "attempt.id = ?", arguments: [attempt.text]).first
    }

    package func markPublished(_ attempt: AttemptID, now: UnixTime) throws {
        try write { db in
            try db.execute(
                sql: """
                    UPDATE attempt SET state = 'published', published_at = ?
                    WHERE id = ? AND state = 'claimed'
                    """,
                arguments: [now.milliseconds, attempt.text])
        }
    }

    package func markStarted(_ attempt: AttemptID, started: UnixTime, now: UnixTime) throws {
        try write { db in
            guard let found = try fetchOpen(db, sql: "attempt.id = ?", arguments: [attempt.text]).first,
                found.attempt.state == .claimed || found.attempt.state == .published
            else { return }
            try db.execute(
                sql: "UPDATE attempt SET state = 'started', started_at = ? WHERE id = ?",
                arguments: [started.milliseconds, attempt.text])
            try move(db, found.job, .started, now: now, text: "answered, transmission allowed")
        }
    }

    package func settle(_ attempt: AttemptID, _ result: SettledCall, now: UnixTime) throws {
        try write { db in
            guard let found = try fetchOpen(db, sql: "attempt.id = ?", arguments: [attempt.text]).first,
                found.attempt.state != .settled || found.job.state == .unknown
            else { return }
            let outcome = result.outcome
            let late = found.attempt.state == .settled
            try db.execute(
                sql: """
                    UPDATE attempt SET state = 'settled', settled_at = ?, cause = ?, detail = ?, pages_confirmed = ?,
                        rate = ?, mode = ?, remote_station_id = ?, hangup_cause = ?, tech_cause = ?, line_seconds = ?
                    WHERE id = ?
                    """,
                arguments: [
                    now.milliseconds, outcome.cause?.rawValue, outcome.detail, outcome.pagesConfirmed,
                    outcome.report?.rate, outcome.report?.mode, outcome.report?.remoteStationID,
                    outcome.report?.hangupCause, outcome.report?.techCause, result.lineSeconds, attempt.text,
                ])
            var job = found.job
            job.pagesDone += outcome.pagesConfirmed
            if !late {
                job.dials += result.dialled ? 1 : 0
                job.tries += outcome.answered ? 1 : 0
                // What was never published costs nothing but time.
                if outcome.cause != .localPublish {
                    job.localFailures = outcome.cause?.isLocal == true && !outcome.answered ? job.localFailures + 1 : 0
                }
            }
            job.cause = outcome.cause
            job.detail = outcome.detail
            // The wish may have come after the fate was decided; a job that goes back to the queue would be dialled again.
            let fate = job.cancelRequested && !result.fate.state.isFinal ? .cancelled : result.fate
            switch fate {
            case .retry(let at), .again(let at): job.due = at
            case .cancelled: job.cause = .userCancelled
            case .expired: job.cause = job.cause ?? .timeExpired
            default: break
            }
            let why = outcome.cause.map { "\($0.rawValue): \(outcome.detail)" } ?? outcome.detail
            try move(db, job, .settled(fate), now: now, text: why)
        }
    }

    package func cancel(_ id: Int64, now: UnixTime) throws -> Job {
        try write { db in
            guard var job = try fetchJob(db, id) else { throw FaxError(.data, "there is no job \(id)") }
            if job.state.isFinal { return job }
            job.cancelRequested = true
            if job.state == .queued || job.state == .waiting {
                job.cause = .userCancelled
                try move(db, job, .cancelled, now: now, text: "cancelled")
            } else {
                try db.execute(sql: "UPDATE job SET cancel_requested = 1 WHERE id = ?", arguments: [id])
                try note(db, id, now, job.state, "cancel requested")
            }
            return try fetchJob(db, id) ?? job
        }
    }

    private func expire(_ db: Database, now: UnixTime) throws {
        let late = try Row.fetchAll(
            db,
            sql: jobSelect + " WHERE state IN ('queued', 'waiting') AND deadline_at < ?",
            arguments: [now.milliseconds])
        for row in late {
            guard var job = try? readJob(row) else { continue }
            job.cause = job.cause ?? .timeExpired
            try move(db, job, .expired(partial: job.pagesDone > 0), now: now, text: "the deadline passed")
        }
    }
}
