extension QueueModel {
    enum Permission: Hashable, Sendable {
        case now
        case later(Int64)
        case refused(String)
    }

    /// Takes what is due: as many calls as there are lines, one to a number, the most urgent first.
    mutating func claim(now: Int64, permission: (ModelJob) -> Permission) -> [ModelCall] {
        for job in unfinished where job.canBeClaimed && job.deadline < now {
            self[job.id].state = job.pagesDone > 0 ? .partial : .expired
            self[job.id].cause = job.cause ?? "time.expired"
        }
        var lines = rules.trunks.map { trunk in trunk.lines - calls.values.filter { $0.trunk == trunk.name }.count }
        var busy = Set(calls.values.map(\.number))
        var chosen: [(job: Int, trunk: String)] = []
        for job in line(now: now) {
            if !lines.contains(where: { $0 > 0 }) { break }
            if busy.contains(job.number) || numberFree[job.number] ?? .min > now { continue }
            let usable = rules.trunks.indices.filter { index in
                lines[index] > 0 && (job.trunk == nil || job.trunk == rules.trunks[index].name)
            }
            let fresh = usable.first { !job.failedTrunks.contains(rules.trunks[$0].name) }
            guard let trunk = fresh ?? usable.first else { continue }
            switch permission(job) {
            case .now:
                lines[trunk] -= 1
                busy.insert(job.number)
                chosen.append((job.id, rules.trunks[trunk].name))
            case .later(let opens):
                self[job.id].inLineSince += opens - job.due
                self[job.id].due = opens
                self[job.id].isDueNamed = true
            case .refused(let cause):
                self[job.id].state = job.pagesDone > 0 ? .partial : .failed
                self[job.id].cause = cause
            }
        }
        return chosen.map { begin($0.job, trunk: $0.trunk, now: now, permission: permission) }
    }

    private func line(now: Int64) -> [ModelJob] {
        jobs.filter { $0.canBeClaimed && !$0.isHeld && $0.due <= now }.sorted { place($0) < place($1) }
    }

    /// The time in line, each step of priority making up for half a minute of it.
    private func place(_ job: ModelJob) -> (Int64, Int) {
        (job.inLineSince + Int64(job.priority) * rules.ageing, job.id)
    }

    private mutating func begin(
        _ id: Int, trunk: String, now: Int64, permission: (ModelJob) -> Permission
    ) -> ModelCall {
        let first = self[id]
        // Faxes that look alike to the far end go along.
        let isAlone = first.cause == "local.publish"
        let others = line(now: now).filter { other in
            !isAlone && other.cause != "local.publish" && other.id != id && other.number == first.number
                && other.mode == first.mode
                && other.isModeLearned == first.isModeLearned
                && other.wanted == first.wanted && other.sender == first.sender && other.trunk == first.trunk
        }.prefix(rules.faxesInACall - 1).filter { permission($0) == .now }
        let jobs = [first] + others
        let call = ModelCall(
            parts: jobs.map {
                ModelCall.Part(
                    job: $0.id, sequence: $0.attempts + 1, firstPage: $0.pagesDone, pages: $0.pages - $0.pagesDone)
            },
            number: first.number, trunk: trunk, mode: known(first, now: now),
            longest: min(jobs.reduce(0) { $0 + $1.longest }, 86_400_000), claimed: now)
        for job in jobs {
            self[job.id].attempts += 1
            self[job.id].state = .calling
        }
        return call
    }

    /// What the number took last time is used first; what this fax itself changed since is newer.
    private func known(_ job: ModelJob, now: Int64) -> ModelMode {
        guard !job.isModeLearned, let memory = memories[job.number], now < memory.learned + rules.memory else {
            return job.mode
        }
        var mode = job.mode
        if memory.noT38 { mode.t38 = false }
        if let rate = memory.rate { mode.rate = min(mode.rate, rate) }
        return mode
    }

    /// The claimed calls go into the spool, or can't: what has no document any more ends, the rest loses time only.
    mutating func publish(_ id: String, canWrite: Bool, now: Int64) {
        guard let call = calls[id] else { return }
        let gone = call.parts.filter { self[$0.job].documents.contains(where: lostDocuments.contains) }.map(\.job)
        guard !canWrite || !gone.isEmpty else {
            calls[id]?.place = .outgoing(dialled: nil)
            note(published: id, now: now)
            return
        }
        calls[id] = nil
        for part in call.parts {
            let cause = gone.contains(part.job) ? "policy.document" : "local.publish"
            var alone = call
            alone.parts = [part]
            finish(alone, End(outcome: ModelOutcome(cause: cause), isDialled: false, wishes: []), now: now)
        }
    }
}
