package import FaxModel
import GRDB

extension SQLiteJobStore {
    package func cancel(_ id: Int64, now: UnixTime) throws -> Job {
        try changing(id) { db, job in
            if job.state == .unknown {
                throw FaxError(.data, "job \(id) may have arrived: settle it with 'resolve'")
            }
            if job.state.isFinal { return }
            job.cancelRequested = true
            if job.state == .queued || job.state == .waiting {
                job.cause = .userCancelled
                try move(db, job, .cancelled, now: now, text: "cancelled")
            } else {
                try db.run("UPDATE job SET cancel_requested = 1 WHERE id = ?", [id])
                try note(db, id, now, job.state, "cancel requested")
            }
        }
    }

    package func hold(_ id: Int64, _ held: Bool, now: UnixTime) throws -> Job {
        try changing(id) { db, job in
            try refuseFinished(job)
            guard job.held != held else { return }
            try db.run("UPDATE job SET held = ? WHERE id = ?", [held, id])
            try note(db, id, now, job.state, held ? "held" : "released")
        }
    }

    package func alter(_ id: Int64, _ change: JobChange, now: UnixTime) throws -> Job {
        try changing(id) { db, job in
            try refuseFinished(job)
            if let number = change.number {
                guard job.state == .queued || job.state == .waiting else {
                    throw FaxError(.data, "job \(id) is being called: its number can't be changed now")
                }
                if number != job.request.number { try startAnew(db, job) }
                job.request.number = number
                job.request.dialled = change.dialled
            }
            if change.due != nil, job.state != .queued, job.state != .waiting {
                throw FaxError(.data, "job \(id) is being called: change its time when the call is over")
            }
            job.due = change.due ?? job.due
            job.deadline = change.deadline ?? job.deadline
            job.priority = change.priority ?? job.priority
            job.maxDials = change.maxDials ?? job.maxDials
            job.maxTries = change.maxTries ?? job.maxTries
            guard job.due <= job.deadline else {
                throw FaxError(.data, "job \(id): its deadline would pass before its time: change both")
            }
            try db.run(
                """
                UPDATE job SET number = ?, request = ?, due_at = ?, due_named = max(due_named, ?), deadline_at = ?,
                    priority = ?, rank = ?, max_dials = ?, max_tries = ? WHERE id = ?
                """,
                [
                    job.request.number.digits, try JSONText.encode(job.request), job.due.milliseconds,
                    change.due != nil, job.deadline.milliseconds, job.priority,
                    rank(job.due, job.priority, job.request),
                    job.maxDials, job.maxTries, id,
                ])
            try note(db, id, now, job.state, "altered")
        }
    }

    /// Another machine has none of the pages, and what the calls to the first one showed says nothing about it.
    private func startAnew(_ db: Database, _ job: Job) throws {
        try db.run(
            """
            UPDATE job SET pages_done = 0, dials = 0, tries = 0, repeats = 0, idle_tries = 0, page_failures = 0,
                failed_trunks = '', mode = NULL, cause = NULL, detail = '' WHERE id = ?
            """, [job.id])
    }

    package func resend(_ id: Int64, _ wish: Resend, now: UnixTime) throws -> Job {
        try write { db in
            let job = try readableJob(db, id)
            guard job.state.isFinal else {
                throw FaxError(.data, "job \(id) is not over; release or alter it instead")
            }
            guard job.state != .unknown else {
                throw FaxError(.data, "job \(id) may have arrived: settle it with 'resolve' first")
            }
            let isElsewhere = wish.number.map { $0 != job.request.number } ?? false
            let done = wish.allPages || isElsewhere || job.pagesDone == job.pages ? 0 : job.pagesDone
            var request = job.request
            // Whoever asks for it is a user.
            request.probe = nil
            if let number = wish.number {
                request.number = number
                request.dialled = wish.dialled
            }
            // The limits and counters begin anew; what was confirmed stays confirmed.
            try db.run(
                """
                INSERT INTO job (group_id, document_id, cover_id, owner, number, request, state, pages_done, priority,
                    rank, max_dials, max_tries, tag, submitted_at, due_at, due_named, deadline_at)
                SELECT group_id, document_id, cover_id, owner, ?, ?, 'queued', ?, priority, ?, max_dials, max_tries,
                    tag, ?, ?, ?, ? FROM job WHERE id = ?
                """,
                [
                    request.number.digits, try JSONText.encode(request), done,
                    rank(wish.due, job.priority, request),
                    now.milliseconds, wish.due.milliseconds, wish.due != now, wish.deadline.milliseconds, id,
                ])
            let new = db.lastInsertedRowID
            let from = done > 0 ? "job \(id) again, from page \(done + 1)" : "job \(id) again"
            try note(db, new, now, .queued, from)
            try note(db, id, now, job.state, "sent again as job \(new)")
            return try readableJob(db, new)
        }
    }

    package func resolve(_ id: Int64, delivered: Bool, now: UnixTime) throws -> Job {
        try changing(id) { db, job in
            guard job.state == .unknown else {
                throw FaxError(.data, "job \(id) is \(job.state.rawValue): only an unknown one can be resolved")
            }
            job.cause = .userResolved
            if delivered { job.pagesDone = job.pages }
            let fate: Fate = delivered ? .delivered : job.pagesDone > 0 ? .partial : .failed
            try move(db, job, .settled(fate), now: now, text: "resolved by hand")
        }
    }

    private func refuseFinished(_ job: Job) throws(FaxError) {
        if job.state.isFinal { throw FaxError(.data, "job \(job.id) is \(job.state.rawValue); nothing can be changed") }
    }

    private func changing(_ id: Int64, _ body: (Database, inout Job) throws -> Void) throws -> Job {
        try write { db in
            var job = try readableJob(db, id)
            try body(db, &job)
            return try readableJob(db, id)
        }
    }

    private func readableJob(_ db: Database, _ id: Int64) throws -> Job {
        guard let job = try fetchJob(db, id) else { throw FaxError(.data, "there is no job \(id)") }
        return job
    }
}
