import FaxModel
import FaxStore
import SpoolFiles

extension Scheduler {
    /// Looks at everything there is about one open attempt and does what the table says.
    func sweep(_ open: OpenAttempt, now: UnixTime, into report: inout PassReport) throws {
        let id = open.attempt.id
        let evidence = try evidence(of: open)
        switch evidence.verdict(now: now, patience: policy.patience) {
        case .wait:
            if open.attempt.state == .claimed, evidence.file != .absent {
                try store.markPublished(id, now: now)
            }
        case .started:
            guard open.attempt.state != .started, case .call(_, let at, _) = evidence.marker else { return }
            try store.markStarted(id, started: at ?? now, now: now)
            report.add(open, "answered, transmission allowed")
        case .settle(let last):
            try withdraw(id)
            let seconds: Double? =
                if case .call(_, let at?, _) = evidence.marker { last.at.seconds(since: at) } else { nil }
            if open.attempt.state != .started, case .call(_, let at, _) = evidence.marker {
                try store.markStarted(id, started: at ?? now, now: now)
            }
            try settle(
                open, .transmitted(last, pages: open.attempt.pages), dialled: true, lineSeconds: seconds, now: now,
                into: &report)
        case .close(let cause):
            // The gate decides: whoever creates the marker first, the call or we.
            if case .alreadyHeld = try gate.close(id, now: now) { return }
            try settleUntransmitted(open, evidence, cause, now: now, into: &report)
        case .settleUntransmitted(let cause):
            try settleUntransmitted(open, evidence, cause, now: now, into: &report)
        case .unknown:
            try withdraw(id)
            let outcome = CallOutcome(
                delivered: false, cause: .outcomeUnknown, pagesConfirmed: 0, answered: true,
                detail: "the call started and its end was never reported")
            try settle(open, outcome, dialled: true, lineSeconds: nil, now: now, into: &report)
        }
    }

    private func settleUntransmitted(
        _ open: OpenAttempt, _ evidence: AttemptEvidence, _ cause: Cause, now: UnixTime, into report: inout PassReport
    ) throws {
        try withdraw(open.attempt.id)
        var outcome = CallOutcome.untransmitted(evidence.reports)
        if evidence.reports.isEmpty || cause == .userCancelled {
            outcome.cause = cause
            outcome.detail = evidence.reports.isEmpty ? cause.explanation : outcome.detail
        }
        let dialled = evidence.reports.contains { $0.origin == .handler }
        try settle(open, outcome, dialled: dialled, lineSeconds: nil, now: now, into: &report)
    }

    func settle(
        _ open: OpenAttempt, _ outcome: CallOutcome, dialled: Bool, lineSeconds: Double?, now: UnixTime,
        into report: inout PassReport
    ) throws {
        let fate = policy.retry.fate(of: open.job, after: outcome, now: now)
        try store.settle(
            open.attempt.id, SettledCall(outcome: outcome, fate: fate, dialled: dialled, lineSeconds: lineSeconds),
            now: now)
        let cause = outcome.cause.map { " (\($0.rawValue))" } ?? ""
        let alarm = fate == .unknown || outcome.cause?.isLocal == true
        report.add(open, "\(fate.state.rawValue)\(cause): \(outcome.detail)", alarm: alarm)
    }

    /// Gathers what there is. The call file is looked for first: a report is written before Asterisk lets go of the file,
    /// so whoever sees the file gone sees the report too.
    func evidence(of open: OpenAttempt) throws -> AttemptEvidence {
        let id = open.attempt.id
        let file = try outgoing.state(of: id)
        return AttemptEvidence(
            state: open.attempt.state, claimed: open.attempt.claimed, published: open.attempt.published,
            longestCall: open.attempt.longestCall, marker: try marker(id),
            reports: try records.results(for: id).records, file: AttemptEvidence.File(file),
            cancelRequested: open.job.cancelRequested)
    }

    private func marker(_ id: AttemptID) throws -> AttemptEvidence.Marker {
        guard let marker = try gate.marker(id) else { return .none }
        switch marker.holder {
        case .closed: return .closed
        case .call:
            return .call(uniqueid: marker.uniqueid, at: marker.at, alive: marker.asterisk?.isAlive ?? true)
        }
    }

    private func withdraw(_ id: AttemptID) throws { _ = try outgoing.withdraw(id) }

    /// A report that came after its attempt was given up as unknown: the truth, late.
    func collectLateReport(_ unknown: OpenAttempt, now: UnixTime, into report: inout PassReport) throws {
        let evidence = try evidence(of: unknown)
        guard let last = evidence.ownersReport else { return }
        let outcome = CallOutcome.transmitted(last, pages: unknown.attempt.pages)
        guard outcome.cause != .outcomeUnknown else { return }
        let done = unknown.job.pagesDone + outcome.pagesConfirmed
        let fate: Fate = outcome.delivered ? .delivered : done > 0 ? .partial : .failed
        try store.settle(
            unknown.attempt.id, SettledCall(outcome: outcome, fate: fate, dialled: true), now: now)
        report.add(unknown, "\(fate.state.rawValue), by a late report: \(outcome.detail)")
    }
}

extension AttemptEvidence.File {
    init(_ state: CallFileState) {
        switch state {
        case .absent: self = .absent
        case .outgoing(let notes): self = .outgoing(touched: !notes.isEmpty)
        case .archived(nil, _): self = .archived(.none)
        case .archived(.completed?, _): self = .archived(.completed)
        case .archived(.expired?, _): self = .archived(.expired)
        case .archived(.failed?, _): self = .archived(.failed)
        }
    }
}
