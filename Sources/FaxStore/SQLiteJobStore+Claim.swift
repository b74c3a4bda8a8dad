package import FaxModel
import GRDB

extension SQLiteJobStore {
    package func claim(
        _ rules: ClaimRules, now: UnixTime, random: () -> UInt32, permission: (Job) throws -> SendPermission
    ) throws -> [OpenCall] {
        // Most passes find nothing to do; they shall not take the write lock to learn that.
        guard try read({ db in try isAnythingDue(db, now: now) }) else { return [] }
        return try write { db in
            try expire(db, now: now)
            var lines = try freeLines(db, rules.trunks)
            guard lines.contains(where: { $0.lines > 0 }) else { return [] }
            var calls: [OpenCall] = []
            var called: Set<String> = []
            let due = try Row.fetchCursor(db, sql: Self.dueJobs, arguments: [now.milliseconds])
            var chosen: [(job: Job, trunk: TrunkName)] = []
            var putOff: [(Job, SendPermission)] = []
            while lines.contains(where: { $0.lines > 0 }), let row = try due.next() {
                let number: String = row["number"]
                // One that can't be read holds up no other.
                guard !called.contains(number), let job = try fetchReadable(db, row["id"]) else { continue }
                if let only = job.request.trunk, !lines.contains(where: { $0.name == only }) {
                    putOff.append((job, .refused(.localNoTrunk, "its trunk \(only) is no longer in the settings")))
                    continue
                }
                guard let index = Self.trunk(for: job, among: lines) else { continue }
                let permitted = try permission(job)
                guard permitted == .now else {
                    putOff.append((job, permitted))
                    continue
                }
                lines[index].lines -= 1
                called.insert(number)
                chosen.append((job, lines[index].name))
            }
            for (job, permission) in putOff { try apply(db, permission, to: job, now: now) }
            for (job, trunk) in chosen {
                let mode = try known(db, job, rules, now: now)
                var jobs = [job]
                // A call file that could not be made for several is made for each of them.
                if rules.faxesInACall > 1, job.cause != .localPublish {
                    jobs += try companions(db, of: job, rules, now: now).filter { try permission($0) == .now }
                }
                calls.append(try begin(db, jobs, trunk: trunk, mode: mode, now: now, random: random))
            }
            return calls
        }
    }

    private func isAnythingDue(_ db: Database, now: UnixTime) throws -> Bool {
        try Bool.fetchOne(
            db.cachedStatement(
                sql: """
                    SELECT EXISTS (SELECT 1 FROM job WHERE state IN ('queued', 'waiting') AND held = 0 AND due_at <= ?)
                        OR EXISTS (SELECT 1 FROM job WHERE state IN ('queued', 'waiting') AND deadline_at < ?)
                    """), arguments: [now.milliseconds, now.milliseconds]) ?? false
    }

    /// In the order of their rank, without those whose number is being called or shall not be called yet.
    private static let dueJobs =
        "SELECT id, number FROM job INDEXED BY job_rank WHERE \(canGo) ORDER BY rank, id"

    /// Due at ?1, of those whose number is neither being called nor to be left alone.
    static let canGo = """
        state IN ('queued', 'waiting') AND held = 0 AND due_at <= ?1
            AND NOT EXISTS (SELECT 1 FROM destination WHERE destination.number = job.number AND free_at > ?1)
            AND number NOT IN (SELECT open.number FROM attempt JOIN job AS open ON open.id = attempt.job_id
                WHERE attempt.state <> 'settled')
        """

    private func freeLines(_ db: Database, _ trunks: [TrunkLines]) throws -> [TrunkLines] {
        var open = try callsUnderWay(db)
        // What knows no trunk counts against the first.
        if let first = trunks.first, let others = open.removeValue(forKey: "") {
            open[first.name.text, default: 0] += others
        }
        return trunks.map { TrunkLines($0.name, lines: $0.lines - (open[$0.name.text] ?? 0)) }
    }

    /// The first trunk with a line that has not just failed for this job; else the first with a line.
    private static func trunk(for job: Job, among lines: [TrunkLines]) -> Int? {
        func fits(_ trunk: TrunkLines) -> Bool {
            trunk.lines > 0 && (job.request.trunk.map { $0 == trunk.name } ?? true)
        }
        return lines.firstIndex { fits($0) && !job.failedTrunks.contains($0.name) } ?? lines.firstIndex(where: fits)
    }

    private func known(_ db: Database, _ job: Job, _ rules: ClaimRules, now: UnixTime) throws -> CallMode {
        // What the job's own calls showed is the newer knowledge, be it that the usual way is the better one.
        if let own = job.ownMode { return own }
        // A probe is to show whether just this way works.
        if job.request.probe != nil { return job.mode }
        let text = try String.fetchOne(
            db.cachedStatement(sql: "SELECT memory FROM destination WHERE number = ?"),
            arguments: [job.request.number.digits])
        guard let text, let memory = try? JSONText.decode(NumberMemory.self, text) else { return job.mode }
        return memory.applied(to: job.mode, now: now, seconds: rules.memory)
    }

    /// Other due jobs that can go out in the call of this one.
    private func companions(_ db: Database, of job: Job, _ rules: ClaimRules, now: UnixTime) throws -> [Job] {
        let ids = try Int64.fetchAll(
            db.cachedStatement(
                sql: """
                    SELECT id FROM job WHERE number = ? AND state IN ('queued', 'waiting') AND held = 0 AND due_at <= ?
                        AND id <> ? ORDER BY rank, id LIMIT 256
                    """), arguments: [job.request.number.digits, now.milliseconds, job.id])
        let fitting = try ids.lazy.compactMap { try fetchReadable(db, $0) }.filter { other in
            other.cause != .localPublish && other.ownMode == job.ownMode
                && other.request.sharesCall(with: job.request)
        }
        return Array(fitting.prefix(rules.faxesInACall - 1))
    }

    private func begin(
        _ db: Database, _ jobs: [Job], trunk: TrunkName, mode: CallMode, now: UnixTime, random: () -> UInt32
    ) throws -> OpenCall {
        let limits = try jobs.map { try longestCall(db, $0) }
        let asked = try JSONText.encode(mode)
        var parts: [OpenAttempt] = []
        for (position, job) in jobs.enumerated() {
            let last = try Int.fetchOne(
                db.cachedStatement(sql: "SELECT max(sequence) FROM attempt WHERE job_id = ?"), arguments: [job.id])
            let sequence = (last ?? 0) + 1
            let carrier = parts.first?.attempt.id
            let attempt = Attempt(
                id: AttemptID(job: job.id, sequence: sequence, random: random()), job: job.id, carrier: carrier,
                trunk: trunk, asked: mode, sequence: sequence, state: .claimed, firstPage: job.pagesDone,
                pages: job.pages - job.pagesDone, claimed: now,
                longestCall: position == 0 ? min(limits.reduce(0, +), 86_400) : limits[position])
            try db.cachedStatement(
                sql: """
                    INSERT INTO attempt (id, job_id, carrier, position, trunk, asked, sequence, state, first_page, pages,
                        claimed_at, longest_call)
                    VALUES (?, ?, ?, ?, ?, ?, ?, 'claimed', ?, ?, ?, ?)
                    """
            ).execute(arguments: [
                attempt.id.text, job.id, carrier?.text, position, trunk.text, asked, sequence, attempt.firstPage,
                attempt.pages, now.milliseconds, attempt.longestCall,
            ])
            let text =
                carrier.map { "attempt \(attempt.id), in the call of \($0)" } ?? "attempt \(attempt.id) by \(trunk)"
            try move(db, job, .claimed, now: now, text: text)
            var claimed = job
            claimed.state = try job.state.next(.claimed)
            parts.append(OpenAttempt(job: claimed, attempt: attempt))
        }
        return OpenCall(parts)
    }

    private func longestCall(_ db: Database, _ job: Job) throws -> Int64 {
        try Int64.fetchOne(
            db.cachedStatement(sql: "SELECT sum(longest_call) FROM document WHERE path IN (?, ?)"),
            arguments: [job.document, job.cover ?? job.document]) ?? 86_400
    }

    private func expire(_ db: Database, now: UnixTime) throws {
        let late = try Row.fetchAll(
            db, sql: jobSelect + " WHERE state IN ('queued', 'waiting') AND deadline_at < ?",
            arguments: [now.milliseconds])
        for row in late {
            guard var job = try? readJob(row) else { continue }
            job.cause = job.cause ?? .timeExpired
            try move(db, job, .expired(partial: job.pagesDone > 0), now: now, text: "the deadline passed")
        }
    }

    private func apply(_ db: Database, _ permission: SendPermission, to job: Job, now: UnixTime) throws {
        switch permission {
        case .now: return
        case .later(let opens):
            try db.run(
                "UPDATE job SET rank = rank + (?1 - due_at), due_at = ?1, due_named = 1 WHERE id = ?2",
                [opens.milliseconds, job.id])
            try note(db, job.id, now, job.state, "put off: its window is closed")
        case .refused(let cause, let text):
            var job = job
            job.cause = cause
            job.detail = text
            try move(db, job, .refused(partial: job.pagesDone > 0), now: now, text: "\(cause.rawValue): \(text)")
        }
    }
}
