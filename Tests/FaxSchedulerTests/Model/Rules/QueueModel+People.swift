extension QueueModel {
    /// What a person changes; nil leaves as it is.
    struct Change: Hashable, Sendable {
        var number: String?
        var due: Int64?
        var deadline: Int64?
        var priority: Int?
        var maxDials: Int?
        var maxTries: Int?
    }

    /// Each returns whether it is allowed at all; what isn't changes nothing.

    mutating func cancel(_ id: Int) -> Bool {
        if self[id].state.isFinal { return self[id].state != .unknown }
        self[id].isCancelled = true
        guard self[id].canBeClaimed else { return true }
        self[id].state = .cancelled
        self[id].cause = "user.cancelled"
        return true
    }

    mutating func hold(_ id: Int, _ isHeld: Bool) -> Bool {
        guard !self[id].state.isFinal else { return false }
        self[id].isHeld = isHeld
        return true
    }

    mutating func alter(_ id: Int, _ change: Change) -> Bool {
        var job = self[id]
        guard !job.state.isFinal, change.number == nil && change.due == nil || !job.isUnderWay else { return false }
        if let number = change.number, number != job.number {
            job.number = number
            // Another machine, which has nothing yet.
            job.pagesDone = 0
            (job.dials, job.tries, job.repeats, job.idle, job.stuck) = (0, 0, 0, 0, 0)
            job.failedTrunks = []
            job.cause = nil
            job.mode = job.wanted
            job.isModeLearned = false
        }
        job.due = change.due ?? job.due
        if change.due != nil { job.isDueNamed = true }
        job.deadline = change.deadline ?? job.deadline
        job.priority = change.priority ?? job.priority
        job.maxDials = change.maxDials ?? job.maxDials
        job.maxTries = change.maxTries ?? job.maxTries
        guard job.due <= job.deadline else { return false }
        job.inLineSince = job.due
        self[id] = job
        return true
    }

    /// A new fax with what is left of an old one.
    mutating func resend(_ id: Int, allPages: Bool, number: String?, due: Int64, deadline: Int64, now: Int64) -> Bool {
        let old = self[id]
        guard old.state.isFinal, old.state != .unknown else { return false }
        var new = ModelJob(
            id: jobs.count + 1, number: number ?? old.number, wanted: old.wanted, mode: old.wanted, sender: old.sender,
            trunk: old.trunk, documents: old.documents, pages: old.pages, longest: old.longest, priority: old.priority,
            maxDials: old.maxDials, maxTries: old.maxTries, due: due, isDueNamed: due != now, deadline: deadline,
            inLineSince: due)
        new.pagesDone = allPages || new.number != old.number || old.pagesDone == old.pages ? 0 : old.pagesDone
        add(new)
        return true
    }

    /// Settles an unknown fax by hand.
    mutating func resolve(_ id: Int, delivered: Bool) -> Bool {
        guard self[id].state == .unknown else { return false }
        self[id].cause = "user.resolved"
        if delivered { self[id].pagesDone = self[id].pages }
        self[id].state = delivered ? .delivered : self[id].pagesDone > 0 ? .partial : .failed
        return true
    }
}
