package import FaxModel

/// What a pass has to do about one attempt.
package enum Verdict: Hashable, Sendable {
    case wait
    /// The call owns the gate: note it.
    case started
    /// Over: the call that owned the gate reported.
    case settle(CallReport)
    /// Over without a transmission. The gate has to be closed first; if a call got there before, look again.
    case close(Cause)
    /// The gate is closed: settle without a transmission, by the reports or, where they say nothing, by `cause`.
    case settleUntransmitted(Cause)
    /// Taken back by a person while it rings or transmits: hang it up, and wait for its report.
    case hangUp
    /// A transmission began and nobody will report it.
    case unknown
}

/// How long a pass waits for things that usually take milliseconds, in seconds.
package struct Patience: Hashable, Sendable {
    /// From an archived call file to its report, and from the `failed` extension's word to that of the real channel.
    package var report: Int64
    /// Beyond all ringing, until a call file that nothing happens to is taken back.
    package var pickup: Int64
    /// Beyond the longest call, until a started attempt counts as lost.
    package var overdue: Int64
    /// From a report to Asterisk's letting go of the call file.
    package var release: Int64
    /// Seconds of ringing and redialling by Asterisk that the call file allows.
    package var dialling: Int64

    package init(
        report: Int64 = 10, pickup: Int64 = 60, overdue: Int64 = 60, release: Int64 = 10, dialling: Int64 = 60
    ) {
        self.report = report
        self.pickup = pickup
        self.overdue = overdue
        self.release = release
        self.dialling = dialling
    }
}

extension AttemptEvidence {
    /// The sweep's table. Rows from top to bottom; the first that fits decides.
    ///
    /// | marker | reports | call file | time | verdict |
    /// |---|---|---|---|---|
    /// | call | owner's | not in outgoing, or held for longer than Asterisk needs | | settle |
    /// | call | owner's | in outgoing | | wait |
    /// | call | none of the owner | any | Asterisk gone, or the longest call over | unknown |
    /// | call | none of the owner | any | the user cancelled what it transmits | hang up |
    /// | call | none of the owner | any | | wait (started) |
    /// | closed | none since the dial | in outgoing, Asterisk has begun | the user cancelled, dialling is not over | hang up |
    /// | closed | any | any | | settle as not transmitted |
    /// | none | any | any | the user cancelled | close: user.cancelled |
    /// | none | of a `failed` extension, not yet of its channel | archived or absent | the second may be late | wait |
    /// | none | some | archived | | close, settle by the reports |
    /// | none | some | absent | | close, settle by the reports |
    /// | none | none | archived: Failed | | close: local.call-file |
    /// | none | none | archived: Expired, Completed or none yet | the report is late | close: local.no-report, local.gate |
    /// | none | none | absent, never published | | close: local.publish |
    /// | none | none | absent | the report is late | close: local.lost |
    /// | none | any | in outgoing | all dialling is over | close: by the reports, or local.lost, local.asterisk-down |
    /// | none | any | any | | wait |
    package func verdict(now: UnixTime, patience: Patience) -> Verdict {
        let inOutgoing = if case .outgoing = file { true } else { false }
        func passed(_ start: UnixTime, _ seconds: Int64) -> Bool { now >= start.adding(seconds: seconds) }
        let since = published ?? claimed
        let isRungOut = passed(dialStart(now: now, patience: patience), patience.dialling + patience.pickup)

        switch marker {
        case .call(_, let at, let alive):
            if let report = ownersReport {
                // One from the future was written by another clock: nobody waits an hour for it.
                let isFresh = report.at <= now && !passed(report.at, patience.release)
                return inOutgoing && isFresh ? .wait : .settle(report)
            }
            let over = passed(at ?? since, longestCall + patience.overdue)
            if !alive || over { return .unknown }
            return cancelsNow ? .hangUp : .started
        case .closed:
            let rings = file == .outgoing(touched: true) && !isRungOut && !hasReportedSinceDial(now: now)
            if cancelRequested, rings { return .hangUp }
            return .settleUntransmitted(cancelRequested ? .userCancelled : silentCause)
        case .none where cancelRequested:
            return .close(.userCancelled)
        case .none:
            break
        }

        if case .outgoing = file {
            return isRungOut ? .close(silentCause) : .wait
        }
        if let failure = failureAlone, failure.at <= now, !passed(failure.at, patience.report) { return .wait }
        if !reports.isEmpty || state == .claimed && file == .absent || file == .archived(.failed) {
            return .close(silentCause)
        }
        return passed(since, patience.report) ? .close(silentCause) : .wait
    }

    /// Where Asterisk dials again by itself, earlier dials have reported already.
    private func hasReportedSinceDial(now: UnixTime) -> Bool {
        guard let dialled else { return !reports.isEmpty }
        return reports.contains { dialled <= $0.at && $0.at <= now }
    }

    /// The last word of a `failed` extension whose dial had no other yet: Asterisk runs it beside the real channel's
    /// hangup handler, which alone knows the cause, and either can be first.
    private var failureAlone: CallReport? {
        let failures = reports.filter { $0.origin == .failed }
        let handlers = reports.count - failures.count
        return handlers < failures.count ? failures.max { $0.at < $1.at } : nil
    }

    /// From when all ringing is counted: Asterisk may have found the call file long after it was published.
    ///
    /// A note of a moment that can't be was made by another clock: one from before the claim was made at the latest when
    /// the file would have been taken back.
    private func dialStart(now: UnixTime, patience: Patience) -> UnixTime {
        let since = published ?? claimed
        guard let dialled else { return since }
        // Asterisk notes whole seconds.
        if dialled.adding(seconds: 1) < claimed {
            return since.adding(seconds: patience.dialling + patience.pickup)
        }
        return min(max(dialled, claimed), now)
    }

    /// What the call file's whereabouts say when no report does.
    private var silentCause: Cause {
        switch file {
        case .archived(.failed): .localCallFile
        case .archived(.completed): .localGate
        case .archived: .localNoReport
        case .absent: state == .claimed ? .localPublish : .localLost
        case .outgoing(let touched): touched ? .localLost : .localDown
        }
    }
}
