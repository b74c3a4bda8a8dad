import FaxModel
import FaxStore
import SpoolFiles

extension Scheduler {
    /// Does what the table says about one open call.
    func sweep(
        _ call: OpenCall, _ evidence: AttemptEvidence, now: UnixTime, into report: inout PassReport
    ) throws {
        let id = call.id
        switch evidence.verdict(now: now, patience: policy.patience) {
        case .wait:
            if call.attempt.state == .claimed, evidence.file != .absent { try store.markPublished([id], now: now) }
        case .hangUp:
            try noteStart(call, evidence, now: now, into: &report)
            guard let hangUp = hands.hangUp else { return }
            if try hangUp(id, "cancelled") { report.add(call, "hung up") }
        case .started:
            try noteStart(call, evidence, now: now, into: &report)
        case .settle(let last):
            _ = try outgoing.withdraw(id)
            try noteStart(call, evidence, now: now, into: &report)
            let seconds: Double? =
                if case .call(_, let at?, _) = evidence.marker { last.at.seconds(since: at) } else { nil }
            try settle(
                call, .transmitted(last, pages: call.pages), dialled: true, lineSeconds: seconds, now: now,
                into: &report)
        case .close(let cause):
            // The gate decides: whoever creates the marker first, the call or we.
            if case .alreadyHeld = try gate.close(id, now: now) { return }
            var evidence = evidence
            evidence.marker = .closed
            // A phone that still rings keeps its line: it is hung up first.
            if evidence.verdict(now: now, patience: policy.patience) == .hangUp {
                _ = try hands.hangUp?(id, "cancelled")
                return
            }
            try settleUntransmitted(call, evidence, cause, now: now, into: &report)
        case .settleUntransmitted(let cause):
            try settleUntransmitted(call, evidence, cause, now: now, into: &report)
        case .unknown:
            _ = try outgoing.withdraw(id)
            let outcome = CallOutcome(
                delivered: false, cause: .outcomeUnknown, pagesConfirmed: 0, answered: true,
                detail: "the call started and its end was never reported")
            try settle(call, outcome, dialled: true, lineSeconds: nil, now: now, into: &report)
        }
    }

    private func noteStart(
        _ call: OpenCall, _ evidence: AttemptEvidence, now: UnixTime, into report: inout PassReport
    ) throws {
        guard call.attempt.state != .started, case .call(_, let at, _) = evidence.marker else { return }
        try store.markStarted(call.id, started: at ?? now, now: now)
        report.add(call, "answered, transmission allowed")
    }

    private func settleUntransmitted(
        _ call: OpenCall, _ evidence: AttemptEvidence, _ cause: Cause, now: UnixTime, into report: inout PassReport
    ) throws {
        _ = try outgoing.withdraw(call.id)
        var outcome = CallOutcome.untransmitted(evidence.reports)
        if evidence.reports.isEmpty || cause == .userCancelled {
            outcome.cause = cause
            outcome.detail = evidence.reports.isEmpty ? cause.explanation : outcome.detail
        }
        let dialled = evidence.reports.contains { $0.origin == .handler }
        try settle(call, outcome, dialled: dialled, lineSeconds: nil, now: now, into: &report)
    }

    func settle(
        _ call: OpenCall, _ outcome: CallOutcome, dialled: Bool, lineSeconds: Double?, now: UnixTime,
        into report: inout PassReport
    ) throws {
        let outcomes = outcome.divided(over: call.parts.map(\.attempt.pages))
        let isTakenBack = outcome.cause == .userCancelled
        var carrier: NextStep?
        let parts = zip(call.parts, outcomes).map { part, divided in
            guard let divided, !isTakenBack || part.job.cancelRequested else {
                return SettledPart(
                    part.attempt.id, divided ?? .notReached(outcome),
                    skipped(part, again: isTakenBack ? now : carrier?.numberFree ?? now),
                    dialled: dialled && divided != nil, hadTurn: false)
            }
            let step = nextStep(part, divided, now: now)
            carrier = step
            return SettledPart(part.attempt.id, divided, step, dialled: dialled, lineSeconds: lineSeconds)
        }
        try conclude(call, parts, keepingReports: outcome.cause == .outcomeUnknown, now: now, into: &report)
    }

    /// Writes down how a call ended for each of its faxes, then removes what it left.
    func conclude(
        _ call: OpenCall, _ parts: [SettledPart], keepingReports: Bool = false, now: UnixTime,
        into report: inout PassReport
    ) throws {
        try store.settle(parts, now: now)
        forget(call, keepingReports: keepingReports, into: &report)
        for (part, settled) in zip(call.parts, parts) {
            let fate = settled.next.fate
            let cause = settled.outcome.cause.map { " (\($0.rawValue))" } ?? ""
            let alarm = fate == .unknown || settled.outcome.cause?.isLocal == true
            report.add(part, "\(fate.state.rawValue)\(cause): \(settled.outcome.detail)", alarm: alarm)
        }
    }

    func nextStep(_ part: OpenAttempt, _ outcome: CallOutcome, now: UnixTime) -> NextStep {
        let only = part.job.request.trunk
        let trunks = policy.trunks.map(\.name).filter { only == nil || only == $0 }
        return policy.retry.next(part.job, part.attempt, outcome, trunks: trunks, now: now)
    }

    /// A fax that was not reached goes again as soon as the number is free for it, one that was ended for the sake of
    /// another one at once.
    private func skipped(_ part: OpenAttempt, again: UnixTime) -> NextStep {
        NextStep(fate: part.job.cancelRequested ? .cancelled : .again(at: again), cause: part.job.cause)
    }

    /// A report that came after its call was given up as unknown: the truth, late.
    func collectLateReport(
        _ unknown: OpenCall, _ evidence: AttemptEvidence, now: UnixTime, into report: inout PassReport
    ) throws {
        guard let last = evidence.ownersReport else { return }
        let outcome = CallOutcome.transmitted(last, pages: unknown.pages)
        guard outcome.cause != .outcomeUnknown else { return }
        let outcomes = outcome.divided(over: unknown.parts.map(\.attempt.pages))
        let parts = zip(unknown.parts, outcomes).filter { $0.0.job.state == .unknown }.map { part, divided in
            let reached = divided ?? CallOutcome.notReached(outcome)
            let done = part.job.pagesDone + reached.pagesConfirmed
            let fate: Fate = reached.delivered ? .delivered : done > 0 ? .partial : .failed
            let next = NextStep(fate: fate, cause: reached.cause)
            return SettledPart(part.attempt.id, reached, next, dialled: true)
        }
        try store.settle(parts, now: now)
        forget(unknown, keepingReports: false, into: &report)
        for (part, settled) in zip(unknown.parts, parts) {
            report.add(part, "\(settled.next.fate.state.rawValue), by a late report: \(settled.outcome.detail)")
        }
    }
}

extension CallOutcome {
    /// For a fax whose turn in a shared call never came.
    fileprivate static func notReached(_ whole: CallOutcome) -> CallOutcome {
        CallOutcome(
            delivered: false, cause: whole.cause, pagesConfirmed: 0, answered: false,
            detail: "the shared call ended before its turn: \(whole.detail)")
    }
}
