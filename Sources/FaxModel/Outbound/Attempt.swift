/// One attempt to send, as the store keeps it: one call file, at most one transmission.
package struct Attempt: Hashable, Sendable, Codable {
    package enum State: String, Sendable, Codable {
        /// Its id is taken; the call file may or may not be out.
        case claimed
        /// The call file is out.
        case published
        /// The gate let a call transmit.
        case started
        /// Nothing more will change.
        case settled
    }

    package var id: AttemptID
    package var job: Int64
    /// The attempt of another job whose call carries this one too; nil for one with a call file of its own.
    package var carrier: AttemptID?
    /// Where its call goes out.
    package var trunk: TrunkName?
    /// How it was to transmit.
    package var asked: CallMode?
    package var sequence: Int
    package var state: State
    /// 0-based index of the first page of the document that this attempt sends.
    package var firstPage: Int
    package var pages: Int
    package var claimed: UnixTime
    package var published: UnixTime?
    package var started: UnixTime?
    package var settled: UnixTime?
    /// Seconds after which the call is over for certain, TIMEOUT(absolute) of the dialplan.
    package var longestCall: Int64
    package var cause: Cause?
    package var detail: String
    package var pagesConfirmed: Int
    package var rate: Int?
    /// audio or T38.
    package var mode: String?
    package var remoteStationID: String?
    package var hangupCause: Int?
    package var techCause: String?
    /// Seconds from the gate to the end of the call.
    package var lineSeconds: Double?

    package init(
        id: AttemptID, job: Int64, carrier: AttemptID? = nil, trunk: TrunkName? = nil, asked: CallMode? = nil,
        sequence: Int, state: State, firstPage: Int, pages: Int, claimed: UnixTime,
        published: UnixTime? = nil, started: UnixTime? = nil, settled: UnixTime? = nil, longestCall: Int64,
        cause: Cause? = nil, detail: String = "", pagesConfirmed: Int = 0, rate: Int? = nil, mode: String? = nil,
        remoteStationID: String? = nil, hangupCause: Int? = nil, techCause: String? = nil, lineSeconds: Double? = nil
    ) {
        self.id = id
        self.job = job
        self.carrier = carrier
        self.trunk = trunk
        self.asked = asked
        self.sequence = sequence
        self.state = state
        self.firstPage = firstPage
        self.pages = pages
        self.claimed = claimed
        self.published = published
        self.started = started
        self.settled = settled
        self.longestCall = longestCall
        self.cause = cause
        self.detail = detail
        self.pagesConfirmed = pagesConfirmed
        self.rate = rate
        self.mode = mode
        self.remoteStationID = remoteStationID
        self.hangupCause = hangupCause
        self.techCause = techCause
        self.lineSeconds = lineSeconds
    }
}
