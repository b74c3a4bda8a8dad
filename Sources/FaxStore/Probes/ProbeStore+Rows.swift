package import FaxModel
import GRDB

/// Which runs are looked for; everything that is said must fit.
package struct ProbeRunFilter: Hashable, Sendable {
    package var probe: ProbeName?
    package var since: UnixTime?
    package var limit: Int

    package init(probe: ProbeName? = nil, since: UnixTime? = nil, limit: Int = 50) {
        self.probe = probe
        self.since = since
        self.limit = limit
    }
}

extension ProbeStore {
    /// Newest first.
    package func runs(_ filter: ProbeRunFilter) throws -> [ProbeRun] {
        try store.read { db in
            try Row.fetchAll(
                db,
                sql: """
                    SELECT * FROM probe_run WHERE probe = coalesce(?1, probe) AND begun_at >= coalesce(?2, begun_at)
                    ORDER BY begun_at DESC, id DESC LIMIT ?3
                    """, arguments: [filter.probe?.text, filter.since?.milliseconds, filter.limit]
            ).map(Self.read)
        }
    }

    package func run(_ id: Int64) throws -> ProbeRun? {
        try store.read { db in
            try Row.fetchOne(db, sql: "SELECT * FROM probe_run WHERE id = ?", arguments: [id]).map(Self.read)
        }
    }

    /// Those that are under way, oldest first.
    package func openRuns() throws -> [ProbeRun] {
        try store.read { db in
            try db.values("SELECT * FROM probe_run WHERE ended_at IS NULL ORDER BY id", [], Self.read)
        }
    }

    func insert(_ db: Database, _ run: ProbeRun) throws {
        try db.execute(
            sql: """
                INSERT INTO probe_run (probe, mark, state, count, scheduled_at, begun_at, called_at, ended_at, job_id,
                    cause, detail, figures) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """,
            arguments: [
                run.probe.text, run.mark?.digits, run.state.rawValue, run.count, run.scheduled?.milliseconds,
                run.begun.milliseconds, run.called?.milliseconds, run.ended?.milliseconds, run.job,
                run.cause?.rawValue, run.detail, try JSONText.encode(run.figures),
            ])
    }

    func update(_ db: Database, _ run: ProbeRun) throws {
        try db.execute(
            sql: """
                UPDATE probe_run
                SET state = ?, called_at = ?, ended_at = ?, job_id = ?, cause = ?, detail = ?, figures = ?
                WHERE id = ?
                """,
            arguments: [
                run.state.rawValue, run.called?.milliseconds, run.ended?.milliseconds, run.job, run.cause?.rawValue,
                run.detail, try JSONText.encode(run.figures), run.id,
            ])
    }

    private static func read(_ row: Row) throws -> ProbeRun {
        let state: String = row["state"]
        guard let known = ProbeRun.State(rawValue: state) else {
            throw FaxError(
                .data, "store: a probe's run has the state \(quoted(state)), which this version doesn't know")
        }
        func time(_ column: String) -> UnixTime? { (row[column] as Int64?).map(UnixTime.init(milliseconds:)) }
        return ProbeRun(
            id: row["id"], probe: try ProbeName(parsing: row["probe"]),
            mark: try (row["mark"] as String?).map(ProbeMark.init(parsing:)), state: known, count: row["count"],
            scheduled: time("scheduled_at"), begun: UnixTime(milliseconds: row["begun_at"]), called: time("called_at"),
            ended: time("ended_at"), job: row["job_id"],
            cause: (row["cause"] as String?).flatMap(Cause.init(rawValue:)),
            detail: row["detail"], figures: try JSONText.decode(ProbeRun.Figures.self, row["figures"]))
    }
}
