/// What the last calls to a number taught: used first by the next ones, for a while.
package struct NumberMemory: Hashable, Sendable, Codable {
    /// The far end takes no T.38.
    package var noT38: Bool
    /// It trains no faster.
    package var rate: SignallingRate?
    package var learned: UnixTime

    package init(noT38: Bool, rate: SignallingRate?, learned: UnixTime) {
        self.noT38 = noT38
        self.rate = rate
        self.learned = learned
    }

    /// `mode` without what is known not to work; older knowledge than `seconds` says nothing.
    package func applied(to mode: CallMode, now: UnixTime, seconds: Int64) -> CallMode {
        guard now < learned.adding(seconds: seconds) else { return mode }
        var mode = mode
        if noT38 { mode.t38 = false }
        if let rate { mode.rate = min(mode.rate, rate) }
        return mode
    }

    /// What a call teaches that was made in `mode` for somebody who wanted `wanted`; nil where it teaches nothing.
    ///
    /// Only what a call proved: T.38 that could not be agreed or was not used although offered, and a rate at which
    /// pages were confirmed, or at which training failed.
    package init?(_ outcome: CallOutcome, mode: CallMode, wanted: CallMode, now: UnixTime) {
        let talked = outcome.delivered || outcome.pagesConfirmed > 0
        let heardAudio = outcome.report?.mode == "audio"
        let noT38 =
            outcome.cause == .t38Negotiation || talked && (mode.t38 ? heardAudio : wanted.t38)
        var rate: SignallingRate?
        if outcome.cause == .handshakeTrain {
            rate = mode.rate.slower ?? mode.rate
        } else if talked {
            let used = SignallingRate(atLeast: outcome.report?.rate ?? 0)
            let slowest = min(mode.rate, used ?? mode.rate)
            if slowest < wanted.rate { rate = slowest }
        }
        guard noT38 || rate != nil else { return nil }
        self.init(noT38: noT38, rate: rate, learned: now)
    }
}

extension SignallingRate {
    /// The slowest modem that reaches `bits` a second; nil for 0, which res_fax tells where nothing was agreed.
    fileprivate init?(atLeast bits: Int) {
        guard bits > 0, let rate = Self.allCases.sorted().first(where: { $0.rawValue >= bits }) else { return nil }
        self = rate
    }
}
