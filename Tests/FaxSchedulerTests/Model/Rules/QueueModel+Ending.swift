extension QueueModel {
    /// The call is over: each fax in it gets its own result.
    mutating func finish(_ call: ModelCall, _ end: End, now: Int64) {
        calls[call.id] = nil
        if end.outcome == .unknown { unknown[call.id] = (call, now) }
        let outcomes = end.outcome.divided(over: call.parts)
        // A person's wish for one fax ends the call of all: the others lose nothing by it.
        let isWished = end.outcome.cause == "user.cancelled"
        var again = now
        for (part, outcome) in zip(call.parts, outcomes) {
            let isTakenBack = end.wishes.contains(part.job)
            if let outcome, !isWished || isTakenBack {
                if let free = settle(part.job, outcome, call, end, now: now) { again = free }
            } else {
                if end.isDialled, outcome != nil { self[part.job].dials += 1 }
                goAgain(part.job, at: isWished ? now : again, isTakenBack: isTakenBack)
            }
        }
    }

    /// Nothing happened to this fax.
    private mutating func goAgain(_ id: Int, at due: Int64, isTakenBack: Bool) {
        self[id].state = .queued
        self[id].due = due
        self[id].isDueNamed = false
        cancelIfWished(id)
    }

    private mutating func cancelIfWished(_ id: Int) {
        guard self[id].isCancelled, !self[id].state.isFinal else { return }
        self[id].state = .cancelled
        self[id].cause = "user.cancelled"
    }

    /// Moves one fax on and returns the moment from which its number may be called again.
    private mutating func settle(_ id: Int, _ outcome: ModelOutcome, _ call: ModelCall, _ end: End, now: Int64)
        -> Int64?
    {
        let before = self[id]
        // Our own failures use nothing up.
        let reached = !outcome.isLocal || outcome.answered
        var free = reached ? now + rules.cooldown : nil
        if reached { remember(outcome, of: before, call, now: now) }

        var job = before
        job.pagesDone += outcome.confirmed
        job.repeats = outcome.cause != nil && outcome.cause == before.cause ? before.repeats + 1 : 1
        if !outcome.isLocal {
            job.dials += end.isDialled ? 1 : 0
            job.tries += outcome.answered ? 1 : 0
        }
        if outcome.confirmed > 0 {
            job.idle = 0
            job.stuck = 0
        } else if outcome.answered, !outcome.isLocal {
            job.idle += 1
        }
        if outcome.isPages { job.stuck += 1 }
        job.cause = outcome.cause
        job.failedTrunks = []
        job.state = fate(of: &job, outcome, call, end, free: &free, now: now)
        self[id] = job
        cancelIfWished(id)
        if let free { numberFree[job.number] = max(numberFree[job.number] ?? .min, free) }
        return free
    }

    private func fate(
        of job: inout ModelJob, _ outcome: ModelOutcome, _ call: ModelCall, _ end: End, free: inout Int64?, now: Int64
    ) -> ModelJob.State {
        guard !outcome.delivered, let cause = outcome.cause else { return .delivered }
        let givenUp: ModelJob.State = job.pagesDone > 0 ? .partial : .failed
        if cause == "outcome.unknown" { return .unknown }
        if end.wishes.contains(job.id) {
            job.cause = "user.cancelled"
            return .cancelled
        }
        if cause == "page.no-response", job.pagesDone == job.pages - 1, rules.lastPage != .resend {
            if rules.lastPage == .stop { return givenUp }
            job.cause = "outcome.last-page-unconfirmed"
            return .delivered
        }
        guard let step = ModelRules.steps[cause], !isUsedUp(job, outcome) else { return givenUp }
        let failed = self[job.id].failedTrunks + [call.trunk]
        let others = rules.trunks.map(\.name).filter { job.trunk == nil || job.trunk == $0 }
        let goesElsewhere = step.elsewhere && others.contains { !failed.contains($0) }
        guard let pause = goesElsewhere ? 0 : step.pause(times: job.repeats) else { return givenUp }
        let next = now + pause
        if next > job.deadline { return job.pagesDone > 0 ? .partial : .expired }
        if goesElsewhere { job.failedTrunks = failed }
        if !step.change.isEmpty {
            var mode = call.mode
            for change in step.change { mode.change(change, wanted: job.wanted) }
            if mode != call.mode {
                job.mode = mode
                job.isModeLearned = true
            }
        }
        if step.numberWaits { free = next }
        job.due = next
        job.isDueNamed = false
        return outcome.isLocal && !outcome.answered ? .queued : .waiting
    }

    private func isUsedUp(_ job: ModelJob, _ outcome: ModelOutcome) -> Bool {
        if outcome.isLocal { return false }
        if job.dials >= job.maxDials ?? rules.dials { return true }
        guard outcome.answered, outcome.confirmed == 0 else { return false }
        return job.idle >= job.maxTries ?? rules.tries || outcome.isPages && job.stuck >= rules.samePage
    }

    /// Only what a call proved: T.38 that could not be agreed or was not used, and a rate that did or did not carry pages.
    private mutating func remember(_ outcome: ModelOutcome, of job: ModelJob, _ call: ModelCall, now: Int64) {
        let talked = outcome.confirmed > 0
        var noT38 = outcome.cause == "t38.negotiation"
        if talked { noT38 = noT38 || (call.mode.t38 ? outcome.usedAudio : job.wanted.t38) }
        var rate: Int?
        if outcome.cause == "handshake.train" {
            rate = ModelMode.after(call.mode.rate, in: ModelMode.rates)
        } else if talked {
            // A modem is known by its top rate.
            let modem = ModelMode.rates.reversed().first { $0 >= outcome.rate ?? .max }
            let used = min(call.mode.rate, modem ?? call.mode.rate)
            rate = used < job.wanted.rate ? used : nil
        }
        guard noT38 || rate != nil else { return }
        // A call that did as the number's memory told it proves that no anew.
        var taught = job.wanted
        if noT38 { taught.t38 = false }
        if let rate { taught.rate = min(taught.rate, rate) }
        if !job.isModeLearned, call.mode != job.wanted, taught == call.mode { return }
        memories[job.number] = Memory(noT38: noT38, rate: rate, learned: now)
    }

    /// Reports that came after their calls were given up: the truth, late, for whatever nobody settled since.
    mutating func believe(lateReportOf id: String) {
        guard let call = unknown[id]?.call, let outcome = lateOutcome(of: call) else { return }
        for (part, mine) in zip(call.parts, outcome.divided(over: call.parts)) where self[part.job].state == .unknown {
            var job = self[part.job]
            job.pagesDone += mine?.confirmed ?? 0
            job.cause = (mine ?? outcome).cause
            job.state = mine?.delivered == true ? .delivered : job.pagesDone > 0 ? .partial : .failed
            self[part.job] = job
        }
        unknown[id] = nil
    }

    /// nil while there is nothing new.
    private func lateOutcome(of call: ModelCall) -> ModelOutcome? {
        guard case .taken(let channel, _, _) = call.gate, let report = call.reports[channel], report.isHandlers else {
            return nil
        }
        let outcome = ModelOutcome.transmitted(report, pages: call.pages)
        return outcome == .unknown ? nil : outcome
    }

    /// Unknown calls that a pass finds a report of.
    func lateReports(now: Int64) -> [String] {
        unknown.filter { _, entry in
            entry.settled > now - rules.lateness && lateOutcome(of: entry.call) != nil
                && entry.call.parts.contains { self[$0.job].state == .unknown }
        }.map(\.key)
    }
}
