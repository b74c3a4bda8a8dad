package import FaxModel

/// All that the disk says about one attempt, gathered in the order that makes it safe to judge: the store's row, the
/// marker, the reports, then `outgoing/` and `outgoing_done/`.
package struct AttemptEvidence: Hashable, Sendable {
    /// Who holds the gate.
    package enum Marker: Hashable, Sendable {
        case none
        /// The scheduler closed it: no call can transmit.
        case closed
        /// A call passed.
        case call(uniqueid: ChannelID?, at: UnixTime?, alive: Bool)
    }

    /// Where the call file is.
    package enum File: Hashable, Sendable {
        case absent
        /// In `outgoing/`; `touched` when Asterisk wrote a retry line into it.
        case outgoing(touched: Bool)
        case archived(Status)
    }

    /// The status line that Asterisk appends to an archived call file, a moment after the rename.
    package enum Status: Hashable, Sendable { case none, completed, expired, failed }

    package var state: Attempt.State
    package var claimed: UnixTime
    package var published: UnixTime?
    package var longestCall: Int64
    package var marker: Marker
    package var reports: [CallReport]
    package var file: File
    /// When Asterisk began to dial, by its own note in the call file; nil where it noted nothing.
    package var dialled: UnixTime?
    /// A fax of the call was taken back.
    package var cancelRequested: Bool
    /// What it transmits is wanted no more: all its faxes were taken back, or the one whose turn it is.
    package var cancelsNow: Bool

    package init(
        state: Attempt.State, claimed: UnixTime, published: UnixTime?, longestCall: Int64, marker: Marker,
        reports: [CallReport], file: File, dialled: UnixTime? = nil, cancelRequested: Bool = false,
        cancelsNow: Bool? = nil
    ) {
        self.state = state
        self.claimed = claimed
        self.published = published
        self.longestCall = longestCall
        self.marker = marker
        self.reports = reports
        self.file = file
        self.dialled = dialled
        self.cancelRequested = cancelRequested
        self.cancelsNow = cancelsNow ?? cancelRequested
    }

    /// The report of the call that owns the gate.
    package var ownersReport: CallReport? {
        guard case .call(let uniqueid?, _, _) = marker else { return nil }
        return reports.filter { $0.origin == .handler && $0.uniqueid == uniqueid }.max { $0.at < $1.at }
    }
}
