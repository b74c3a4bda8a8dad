extension QueueModel {
    /// What a pass has to do about a call.
    enum Judgement: Hashable, Sendable {
        case wait
        /// It transmits since then.
        case running(since: Int64)
        /// Nothing was transmitted, and nothing may be from now on; nil: it still rings, and is hung up.
        case close(then: End?)
        case over(End)
    }

    struct End: Hashable, Sendable, CustomStringConvertible {
        var outcome: ModelOutcome
        /// A phone rang somewhere.
        var isDialled: Bool
        /// The faxes that were taken back when the pass looked.
        var wishes: Set<Int>

        var description: String {
            let wished = wishes.isEmpty ? "" : ", cancelled: \(wishes.sorted())"
            return "\(outcome)\(isDialled ? "" : ", not dialled")\(wished)"
        }
    }

    /// The faxes that people took back, as a pass sees them when it begins.
    var wishes: Set<Int> { Set(calls.values.flatMap(\.parts).map(\.job).filter { self[$0].isCancelled }) }

    func judge(_ call: ModelCall, wishes: Set<Int>, now: Int64) -> Judgement {
        let cancelled = call.parts.filter { wishes.contains($0.job) }
        let base = call.published ?? call.claimed
        func end(_ outcome: ModelOutcome, isDialled: Bool) -> End {
            End(outcome: outcome, isDialled: isDialled, wishes: wishes)
        }

        // A call that began to transmit is over when it says so, or when it can't say any more.
        if case .taken(let channel, let at, let life) = call.gate {
            if let report = call.reports[channel], report.isHandlers {
                if case .outgoing = call.place, report.at <= now, now < report.at + rules.release { return .wait }
                return .over(end(.transmitted(report, pages: call.pages), isDialled: true))
            }
            let since = beginning(of: call, gateTaken: at, now: now)
            if self.life != life || now >= since + call.longest + rules.overdue {
                return .over(end(.unknown, isDialled: true))
            }
            return .running(since: since)
        }

        // Until then only its file speaks, and channels that ended without transmitting.
        let rings: Bool
        let limit: Int64
        switch call.place {
        case .outgoing(let dialled):
            // Asterisk notes whole seconds. A time that can't be at all: as late as it could have been.
            let began =
                dialled.map { noted in
                    moment(noted, from: call.claimed - 1000, now: now).map { max($0, call.claimed) }
                        ?? (noted > now ? now : base + rules.dialling + rules.pickup)
                } ?? base
            limit = began + rules.dialling + rules.pickup
            rings = now < limit
        default:
            limit = base + rules.reportPatience
            rings = false
        }
        let isHungUp = !cancelled.isEmpty && rings && hasBegunToRing(call, now: now)
        let outcome: ModelOutcome
        if !cancelled.isEmpty {
            outcome = ModelOutcome(cause: "user.cancelled")
        } else {
            outcome = .untransmitted(Array(call.reports.values)) ?? ModelOutcome(cause: silence(of: call))
        }
        let last = isHungUp ? nil : end(outcome, isDialled: call.reports.values.contains(where: \.isHandlers))
        if call.gate == .closed { return last.map(Judgement.over) ?? .close(then: nil) }
        if !cancelled.isEmpty { return .close(then: last) }
        switch call.place {
        case .outgoing: return rings ? .wait : .close(then: last)
        case _ where mayStillSayWhy(call, now: now): return .wait
        case .archived(status: "Failed"): return .close(then: last)
        case .absent where call.published == nil: return .close(then: last)
        default: return call.reports.isEmpty && now < limit ? .wait : .close(then: last)
        }
    }

    /// Asterisk began a dial and has not told its end.
    private func hasBegunToRing(_ call: ModelCall, now: Int64) -> Bool {
        guard case .outgoing(let noted?) = call.place else { return false }
        let dialled = moment(noted, from: call.claimed - 1000, now: now) ?? noted
        return !call.reports.values.contains { dialled <= $0.at && $0.at <= now }
    }

    /// A dial failed a moment ago, and only that is known of it: its real channel, if there was one, knows why.
    private func mayStillSayWhy(_ call: ModelCall, now: Int64) -> Bool {
        let real = call.reports.values.count(where: \.isHandlers)
        let failures = call.reports.values.filter { !$0.isHandlers }.map(\.at)
        guard failures.count > real, let last = failures.max() else { return false }
        return last <= now && now < last + rules.reportPatience
    }

    /// Since when a call transmits; one that can't say it properly, from the moment when it was seen.
    func beginning(of call: ModelCall, gateTaken at: Int64, now: Int64) -> Int64 {
        call.started ?? moment(at, from: call.claimed, now: now) ?? now
    }

    /// What it means that nobody said anything.
    private func silence(of call: ModelCall) -> String {
        switch call.place {
        case .archived(status: "Failed"): "local.call-file"
        case .archived(status: "Completed"): "local.gate"
        case .archived: "local.no-report"
        case .absent: call.published == nil ? "local.publish" : "local.lost"
        case .outgoing(dialled: nil): "local.asterisk-down"
        case .outgoing: "local.lost"
        }
    }

    /// Does what was judged. Between the look and the deed a call may have passed the gate: then it is left alone.
    mutating func apply(_ judgement: Judgement, to id: String, now: Int64) {
        guard var call = calls[id] else { return }
        switch judgement {
        case .wait:
            if call.state == "claimed", call.place != .absent { note(published: id, now: now) }
        case .running(let since):
            if call.started == nil { note(started: id, since: since) }
        case .close(let end):
            if case .taken = call.gate { return }
            call.gate = .closed
            calls[id] = call
            if let end { finish(call, end, now: now) }
        case .over(let end):
            finish(call, end, now: now)
        }
    }

    mutating func note(published id: String, now: Int64) { calls[id]?.published = now }

    mutating func note(started id: String, since: Int64) {
        guard let call = calls[id], call.started == nil else { return }
        calls[id]?.started = since
        for part in call.parts { self[part.job].state = .sending }
    }
}
