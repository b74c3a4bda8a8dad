package import FaxModel
import GRDB

/// A message that is to be sent, to the owner of a job or to whoever watches a probe.
package struct Notice: Hashable, Sendable {
    package enum Kind: String, Sendable {
        case done, failed, requeued
        /// All jobs of a broadcast are over; the job is its first.
        case group
        /// A probe failed too often in a row, or arrives again.
        case probeAlarm = "probe-alarm"
        case probeOver = "probe-over"
    }

    /// What it tells of.
    package enum Subject: Hashable, Sendable {
        case job(Int64)
        /// A run of a probe, and who is told.
        case probe(run: Int64, EmailAddress)
    }

    package var id: Int64
    package var subject: Subject
    package var kind: Kind
    package var at: UnixTime
    /// Failed tries so far.
    package var tries: Int
}

/// The queue of messages about jobs and probes.
package struct NoticeStore: Sendable {
    private let store: SQLiteJobStore

    package init(_ database: StoreDatabase) { store = SQLiteJobStore(database) }

    /// What is due, oldest first, fifty at most.
    package func due(now: UnixTime) throws -> [Notice] {
        try store.read { db in
            try db.values(
                """
                SELECT id, job_id, probe_run_id, recipient, kind, at, tries FROM notice WHERE state = 'queued' AND next_at <= ?
                ORDER BY next_at, id LIMIT 50
                """, [now.milliseconds]
            ) { row in
                guard let kind = Notice.Kind(rawValue: row["kind"]), let subject = Self.subject(row) else { return nil }
                return Notice(
                    id: row["id"], subject: subject, kind: kind, at: UnixTime(milliseconds: row["at"]),
                    tries: row["tries"])
            }
        }
    }

    private static func subject(_ row: Row) -> Notice.Subject? {
        if let job = row["job_id"] as Int64? { return .job(job) }
        guard let run = row["probe_run_id"] as Int64?, let recipient = row["recipient"] as String? else { return nil }
        return (try? EmailAddress(parsing: recipient)).map { .probe(run: run, $0) }
    }

    package func markSent(_ id: Int64) throws {
        try store.write { db in
            try db.run("UPDATE notice SET state = 'sent', error = '' WHERE id = ?", [id])
        }
    }

    /// Not accepted: again at `next`, or never where that is nil.
    package func markFailed(_ id: Int64, _ error: String, next: UnixTime?) throws {
        try store.write { db in
            try db.run(
                """
                UPDATE notice SET state = ?, tries = tries + 1, next_at = coalesce(?, next_at), error = ? WHERE id = ?
                """,
                [next == nil ? "given-up" : "queued", next?.milliseconds, error, id])
        }
    }
}

extension SQLiteJobStore {
    /// Jobs of one submission from which on their ends are told in one message.
    private static let broadcast = 6

    /// Writes down that the owner wants to know of a job's new state.
    func noteNotice(_ db: Database, _ job: Job, _ next: JobState, now: UnixTime) throws {
        guard let notify = job.request.notify, notify.wish != .never else { return }
        let isBroadcast =
            try Int.fetchAll(
                db, sql: "SELECT 1 FROM job WHERE group_id = ? LIMIT ?", arguments: [job.group, Self.broadcast]
            ).count == Self.broadcast
        let kind: Notice.Kind
        switch (isBroadcast, next.isFinal) {
        case (true, false): return
        case (true, true):
            let open = try Bool.fetchOne(
                db, sql: "SELECT EXISTS (SELECT 1 FROM job WHERE group_id = ? AND finished_at IS NULL)",
                arguments: [job.group])
            if open == true { return }
            // Who took them all back knows, and who wants to hear of failures alone hears of no success.
            let news = notify.wish == .failed ? "'cancelled', 'delivered'" : "'cancelled'"
            let isNews = try Bool.fetchOne(
                db, sql: "SELECT EXISTS (SELECT 1 FROM job WHERE group_id = ? AND state NOT IN (\(news)))",
                arguments: [job.group])
            guard isNews == true else { return }
            kind = .group
        case (false, true):
            // Who took it back knows.
            if next == .cancelled { return }
            if next == .delivered, notify.wish == .failed { return }
            kind = next == .delivered ? .done : .failed
        case (false, false):
            guard next == .waiting, notify.wish == .requeue else { return }
            kind = .requeued
        }
        try db.run(
            "INSERT INTO notice (job_id, kind, at, next_at) VALUES (?, ?, ?, ?)",
            [
                kind == .group ? job.group : job.id, kind.rawValue, now.milliseconds, now.milliseconds,
            ])
    }
}
