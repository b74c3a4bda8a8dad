package import FaxModel
import GRDB

/// What is known about a probe besides its runs.
package struct ProbeMemory: Hashable, Sendable {
    /// Schedule and zone by which it was looked at.
    package var schedule: String
    /// Its moments up to here have been run or missed.
    package var lookedUntil: UnixTime
    package var alarm: ProbeAlarm

    package init(schedule: String, lookedUntil: UnixTime, alarm: ProbeAlarm) {
        self.schedule = schedule
        self.lookedUntil = lookedUntil
        self.alarm = alarm
    }
}

/// Probes and their runs. Each call is one transaction.
package struct ProbeStore: Sendable {
    let store: SQLiteJobStore

    package init(_ database: StoreDatabase) { store = SQLiteJobStore(database) }

    package func memory(of probe: ProbeName) throws -> ProbeMemory? {
        try store.read { db in try memory(db, probe) }
    }

    /// Its schedule is new, or the clock was set: moments count from `now` on.
    package func look(at probe: ProbeName, schedule: String, from now: UnixTime) throws {
        try store.write { db in try look(db, probe, schedule, now) }
    }

    /// Notes runs that begin or were missed, and how far the schedule was looked at, in one step; `submission` is the fax
    /// of the one that begins. Returns the runs with their numbers.
    package func add(
        _ runs: [ProbeRun], submission: Submission? = nil, schedule: String, lookedUntil: UnixTime?
    ) throws -> [ProbeRun] {
        try store.write { db in
            if let lookedUntil, let first = runs.first { try look(db, first.probe, schedule, lookedUntil) }
            return try runs.map { run in
                var run = run
                if run.state == .calling, let submission { run.job = try store.submit(db, submission).first }
                try insert(db, run)
                run.id = db.lastInsertedRowID
                return run
            }
        }
    }

    package func update(_ run: ProbeRun) throws { try store.write { db in try update(db, run) } }

    /// Ends a run, and notes in the same step whom to tell of it; returns what they are told.
    package func finish(
        _ run: ProbeRun, alarmAfter limit: Int, telling recipients: [EmailAddress], now: UnixTime
    ) throws -> ProbeAlarm.News? {
        try store.write { db in
            // Whoever looked at the same time was faster.
            let open = try Bool.fetchOne(
                db, sql: "SELECT ended_at IS NULL FROM probe_run WHERE id = ?", arguments: [run.id])
            guard open == true else { return nil }
            try update(db, run)
            var alarm = try memory(db, run.probe)?.alarm ?? ProbeAlarm()
            let news = alarm.note(run.state, limit: limit)
            try db.execute(
                sql: """
                    INSERT INTO probe (name, schedule, looked_until, failures, alarmed) VALUES (?, '', ?, ?, ?)
                    ON CONFLICT (name) DO UPDATE SET failures = excluded.failures, alarmed = excluded.alarmed
                    """, arguments: [run.probe.text, now.milliseconds, alarm.failures, alarm.isOn])
            guard let news else { return nil }
            for recipient in recipients {
                try db.execute(
                    sql: "INSERT INTO notice (probe_run_id, recipient, kind, at, next_at) VALUES (?, ?, ?, ?, ?)",
                    arguments: [run.id, recipient.text, news.rawValue, now.milliseconds, now.milliseconds])
            }
            return news
        }
    }

    /// Forgets runs that began before a moment, with what was told of them; returns how many.
    package func prune(begunBefore moment: UnixTime) throws -> Int {
        try store.write { db in
            let old = "begun_at < ? AND ended_at IS NOT NULL"
            try db.execute(
                sql: "DELETE FROM notice WHERE probe_run_id IN (SELECT id FROM probe_run WHERE \(old))",
                arguments: [moment.milliseconds])
            try db.execute(sql: "DELETE FROM probe_run WHERE \(old)", arguments: [moment.milliseconds])
            return db.changesCount
        }
    }

    private func look(_ db: Database, _ probe: ProbeName, _ schedule: String, _ until: UnixTime) throws {
        try db.execute(
            sql: """
                INSERT INTO probe (name, schedule, looked_until) VALUES (?, ?, ?)
                ON CONFLICT (name) DO UPDATE SET schedule = excluded.schedule, looked_until = excluded.looked_until
                """, arguments: [probe.text, schedule, until.milliseconds])
    }

    private func memory(_ db: Database, _ probe: ProbeName) throws -> ProbeMemory? {
        try Row.fetchOne(db, sql: "SELECT * FROM probe WHERE name = ?", arguments: [probe.text]).map { row in
            ProbeMemory(
                schedule: row["schedule"], lookedUntil: UnixTime(milliseconds: row["looked_until"]),
                alarm: ProbeAlarm(failures: row["failures"], isOn: row["alarmed"]))
        }
    }
}
