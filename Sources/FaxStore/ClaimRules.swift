package import FaxModel

/// What a pass may claim.
package struct ClaimRules: Hashable, Sendable {
    /// In the order in which they are tried.
    package var trunks: [TrunkLines]
    /// Faxes that one call may carry; 1 for no shared calls.
    package var faxesInACall: Int
    /// Seconds for which it is remembered what a number took.
    package var memory: Int64

    package init(trunks: [TrunkLines], faxesInACall: Int = 1, memory: Int64 = 0) {
        self.trunks = trunks
        self.faxesInACall = faxesInACall
        self.memory = memory
    }
}

/// Whether a due job may go.
package enum SendPermission: Hashable, Sendable {
    case now
    /// Its window is closed until then.
    case later(UnixTime)
    /// It may not be sent any more.
    case refused(Cause, String)
}
