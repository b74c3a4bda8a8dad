package import FaxModel
import GRDB

extension SQLiteJobStore {
    package func markPublished(_ calls: [AttemptID], now: UnixTime) throws {
        guard !calls.isEmpty else { return }
        try write { db in
            let statement = try db.makeStatement(
                sql: """
                    UPDATE attempt SET state = 'published', published_at = ?
                    WHERE (id = ? OR carrier = ?) AND state = 'claimed'
                    """)
            for call in calls { try statement.execute(arguments: [now.milliseconds, call.text, call.text]) }
        }
    }

    package func markStarted(_ call: AttemptID, started: UnixTime, now: UnixTime) throws {
        try write { db in
            guard let found = try fetchCall(db, call),
                found.attempt.state == .claimed || found.attempt.state == .published
            else { return }
            for part in found.parts {
                try db.run(
                    "UPDATE attempt SET state = 'started', started_at = ? WHERE id = ?",
                    [started.milliseconds, part.attempt.id.text])
                try move(db, part.job, .started, now: now, text: "answered, transmission allowed")
            }
        }
    }

    package func settle(_ parts: [SettledPart], now: UnixTime) throws {
        try write { db in
            for part in parts { try settle(db, part, now: now) }
        }
    }

    private func settle(_ db: Database, _ part: SettledPart, now: UnixTime) throws {
        guard let found = try fetchAttempt(db, part.attempt),
            found.attempt.state != .settled || found.job.state == .unknown
        else { return }
        let outcome = part.outcome
        let late = found.attempt.state == .settled
        try db.run(
            """
            UPDATE attempt SET state = 'settled', settled_at = ?, cause = ?, detail = ?, pages_confirmed = ?,
                rate = ?, mode = ?, remote_station_id = ?, hangup_cause = ?, tech_cause = ?, line_seconds = ?
            WHERE id = ?
            """,
            [
                now.milliseconds, outcome.cause?.rawValue, outcome.detail, outcome.pagesConfirmed,
                outcome.report?.rate, outcome.report?.mode, outcome.report?.remoteStationID,
                outcome.report?.hangupCause, outcome.report?.techCause, part.lineSeconds, part.attempt.text,
            ])
        var job = found.job
        var counted = part.outcome
        // Counted when it was given up as unknown.
        if late { counted.answered = false }
        if part.hadTurn {
            job.count(counted, dialled: part.dialled && !late, next: part.next)
        } else {
            job.skip(counted, dialled: part.dialled && !late)
        }
        // The wish may have come after the fate was decided; a job that goes back to the queue would be dialled again.
        let fate = job.cancelRequested && !part.next.fate.state.isFinal ? .cancelled : part.next.fate
        switch fate {
        case .retry(let at), .again(let at): job.due = at
        case .cancelled: job.cause = .userCancelled
        case .expired: job.cause = job.cause ?? .timeExpired
        default: break
        }
        var next = part.next
        // What a probe asked for says nothing about how users' faxes should go.
        if job.request.probe != nil { next.memory = nil }
        try remember(db, next, number: job.request.number, now: now)
        let why = outcome.cause.map { "\($0.rawValue): \(outcome.detail)" } ?? outcome.detail
        try move(db, job, .settled(fate), now: now, text: why)
        // From now on it waits for a pause to end, whatever moment a person named before.
        if !fate.state.isFinal {
            try db.run("UPDATE job SET due_named = 0 WHERE id = ?", [job.id])
        }
    }

    private func remember(_ db: Database, _ next: NextStep, number: FaxNumber, now: UnixTime) throws {
        guard next.numberFree != nil || next.memory != nil else { return }
        try db.run(
            """
            INSERT INTO destination (number, free_at, memory) VALUES (?, ?, ?)
            ON CONFLICT (number) DO UPDATE SET free_at = max(free_at, excluded.free_at),
                memory = coalesce(excluded.memory, memory)
            """,
            [
                number.digits, (next.numberFree ?? now).milliseconds, try next.memory.map(JSONText.encode),
            ])
    }

    package func shiftClock(by seconds: Int64, now: UnixTime, noting name: String, _ value: String) throws {
        let by = seconds * 1000
        try write { db in
            // What is to begin at a named time must not end before it. What was to go at once, was never called and waits for
            // less than half of the jump was submitted since: the last pass is seconds ago, and the old clock far away.
            try db.run(
                """
                UPDATE job SET due_at = due_at + CASE due_named WHEN 0 THEN ?1 ELSE 0 END,
                    rank = rank + CASE due_named WHEN 0 THEN ?1 ELSE 0 END,
                    deadline_at = deadline_at + CASE due_named WHEN 0 THEN ?1 ELSE max(?1, 0) END
                WHERE finished_at IS NULL AND (due_named = 1 OR due_at <= ?2 OR due_at > ?3
                    OR EXISTS (SELECT 1 FROM attempt WHERE job_id = job.id))
                """, [by, now.milliseconds - abs(by) / 2, now.milliseconds])
            try db.run(
                """
                UPDATE attempt SET claimed_at = claimed_at + ?, published_at = published_at + ?,
                    started_at = started_at + ? WHERE state <> 'settled'
                """, [by, by, by])
            try db.run("UPDATE destination SET free_at = free_at + ?", [by])
            try db.run("UPDATE notice SET next_at = next_at + ? WHERE state = 'queued'", [by])
            try db.setFact(name, value)
        }
    }
}
