/// When to try again, how, and when to stop: data, with a step for each cause.
package struct RetryPolicy: Hashable, Sendable {
    /// What to do when only the last page's confirmation is missing: it may have been printed.
    package enum LastPage: String, CaseIterable, Hashable, Sendable {
        /// Sent once more: a page may be there twice, none is missing.
        case resend
        /// Taken as delivered, and said to be unconfirmed.
        case accept
        /// Ended as partial: a person decides.
        case stop
    }

    /// Steps that differ from `RetryStep.usual`.
    package var steps: [Cause: RetryStep]
    /// Calls placed at most, answered or not.
    package var dials: Int
    /// Answered calls in a row at most that bring no new page.
    package var tries: Int
    /// Calls in a row at most that break on the same page.
    package var samePage: Int
    package var lastPage: LastPage
    /// Seconds after its first moment at which a job is given up.
    package var deadline: Int64
    /// Seconds for which a number is left alone after a call to it.
    package var cooldown: Int64
    /// Seconds for which it is remembered what a number took.
    package var memory: Int64

    package init(
        steps: [Cause: RetryStep] = [:], dials: Int = 12, tries: Int = 3, samePage: Int = 3,
        lastPage: LastPage = .resend, deadline: Int64 = 10_800, cooldown: Int64 = 10, memory: Int64 = 7 * 86_400
    ) {
        self.steps = steps
        self.dials = dials
        self.tries = tries
        self.samePage = samePage
        self.lastPage = lastPage
        self.deadline = deadline
        self.cooldown = cooldown
        self.memory = memory
    }

    package func step(after cause: Cause) -> RetryStep { steps[cause] ?? .usual(cause) }
}

/// What becomes of a job after one call.
package struct NextStep: Hashable, Sendable {
    package var fate: Fate
    /// Stands in the job; on a delivered one a remark.
    package var cause: Cause?
    /// How the next call transmits, where it has to do so otherwise; nil: as before.
    package var mode: CallMode?
    /// Trunks that failed since the last one that did not.
    package var failedTrunks: [TrunkName]
    /// No other job calls the number before.
    package var numberFree: UnixTime?
    package var memory: NumberMemory?

    package init(
        fate: Fate, cause: Cause?, mode: CallMode? = nil, failedTrunks: [TrunkName] = [], numberFree: UnixTime? = nil,
        memory: NumberMemory? = nil
    ) {
        self.fate = fate
        self.cause = cause
        self.mode = mode
        self.failedTrunks = failedTrunks
        self.numberFree = numberFree
        self.memory = memory
    }
}

extension RetryPolicy {
    /// The next step of `job` after `attempt` ended with `outcome`; the job's counters do not yet include it.
    ///
    /// `trunks` are all that the job may use.
    package func next(
        _ job: Job, _ attempt: Attempt, _ outcome: CallOutcome, trunks: [TrunkName], now: UnixTime
    ) -> NextStep {
        let called = !(outcome.cause?.isLocal ?? false) || outcome.answered
        var step = NextStep(fate: .delivered, cause: outcome.cause)
        step.numberFree = called ? now.adding(seconds: cooldown) : nil
        if called, let asked = attempt.asked {
            let memory = NumberMemory(outcome, mode: asked, wanted: job.request.mode, now: now)
            // A call that did as the number's memory told it proves that no anew: some day the usual way is tried again.
            let followed = job.ownMode == nil && asked != job.request.mode
            let taught = memory?.applied(to: job.request.mode, now: now, seconds: 1)
            step.memory = followed && taught == asked ? nil : memory
        }
        guard !outcome.delivered, let cause = outcome.cause else { return step }
        let done = job.pagesDone + outcome.pagesConfirmed
        let end: Fate = done > 0 ? .partial : .failed
        // It may have arrived: a wish to cancel doesn't make that untrue.
        if cause == .outcomeUnknown { return step.ending(.unknown) }
        if job.cancelRequested { return step.ending(.cancelled) }
        // The page was sent, and only its answer is missing: a page that broke off is no such case.
        if cause == .pageNoResponse, done == job.pages - 1, lastPage != .resend {
            if lastPage == .accept { step.cause = .outcomeLastPage }
            return step.ending(lastPage == .accept ? .delivered : end)
        }

        let rule = self.step(after: cause)
        let failed = job.failedTrunks + [attempt.trunk].compactMap { $0 }
        let hasOther = rule.otherTrunk && trunks.contains { !failed.contains($0) }
        let delay = hasOther ? 0 : rule.delay(times: job.cause == cause ? job.repeats + 1 : 1)
        guard let delay, !isExhausted(job, outcome, cause) else { return step.ending(end) }
        let next = now.adding(seconds: delay)
        if next > job.deadline { return step.ending(done > 0 ? .partial : .expired) }
        step.failedTrunks = hasOther ? failed : []
        // Otherwise than the call that failed, which may have used what the number took last time.
        let used = attempt.asked ?? job.mode
        let changed = rule.change.reduce(used) { $0.changed(by: $1, wanted: job.request.mode) }
        if changed != used { step.mode = changed }
        if rule.holdsNumber { step.numberFree = next }
        step.fate = called ? .retry(at: next) : .again(at: next)
        return step
    }

    /// Nothing of our own side uses anything up.
    private func isExhausted(_ job: Job, _ outcome: CallOutcome, _ cause: Cause) -> Bool {
        if cause.isLocal { return false }
        if job.dials + 1 >= job.maxDials ?? dials { return true }
        guard outcome.answered, outcome.pagesConfirmed == 0 else { return false }
        if job.idleTries + 1 >= job.maxTries ?? tries { return true }
        return cause.category == "page" && job.pageFailures + 1 >= samePage
    }
}

extension NextStep {
    fileprivate func ending(_ fate: Fate) -> NextStep {
        var step = self
        step.fate = fate
        return step
    }
}
