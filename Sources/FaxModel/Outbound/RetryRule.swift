/// When to try again, and when to stop.
package struct RetryRule: Hashable, Sendable {
    /// Seconds between two attempts.
    package var delay: Int64
    /// Calls placed at most, answered or not.
    package var dials: Int
    /// Calls answered by a fax and begun at most.
    package var tries: Int
    /// Seconds after submission at which the job is given up.
    package var deadline: Int64
    /// Seconds until the next try after a failure of our own side.
    package var localDelay: Int64
    /// Failures of our own side in a row at most.
    package var localFailures: Int

    package init(
        delay: Int64 = 180, dials: Int = 12, tries: Int = 3, deadline: Int64 = 10_800, localDelay: Int64 = 10,
        localFailures: Int = 3
    ) {
        self.delay = delay
        self.dials = dials
        self.tries = tries
        self.deadline = deadline
        self.localDelay = localDelay
        self.localFailures = localFailures
    }

    /// The fate of a job after `outcome`, whose counters in `job` do not yet include it.
    package func fate(of job: Job, after outcome: CallOutcome, now: UnixTime) -> Fate {
        if outcome.delivered { return .delivered }
        let done = job.pagesDone + outcome.pagesConfirmed
        let end: Fate = done > 0 ? .partial : .failed
        guard let cause = outcome.cause else { return end }
        // It may have arrived: a wish to cancel doesn't make that untrue.
        if cause == .outcomeUnknown { return .unknown }
        if job.cancelRequested { return .cancelled }
        if cause.isPermanent { return end }
        let next = now.adding(seconds: cause.isLocal ? localDelay : delay)
        if cause == .localPublish { return next > job.deadline ? expiry(done) : .again(at: next) }
        if cause.isLocal, !outcome.answered {
            return job.localFailures + 1 >= localFailures ? end : next > job.deadline ? expiry(done) : .again(at: next)
        }
        if job.dials + 1 >= dials { return end }
        if outcome.answered, job.tries + 1 >= tries { return end }
        return next > job.deadline ? expiry(done) : .retry(at: next)
    }

    private func expiry(_ pagesDone: Int) -> Fate { pagesDone > 0 ? .partial : .expired }
}
