/// What `fax-agi result` saw at the end of one call, as it stands in `results/ATTEMPT.UNIQUEID.json`.
///
/// Every text is Asterisk's own and untrusted; absent where Asterisk had nothing to say.
package struct CallReport: Hashable, Sendable, Codable {
    package enum Origin: String, Sendable, Codable {
        /// The hangup handler on the real channel: authoritative.
        case handler
        /// The `failed` extension on OutgoingSpoolFailed: only says that there was no channel to ask.
        case failed
    }

    package var origin: Origin
    package var attempt: AttemptID
    package var uniqueid: ChannelID
    package var channel: String
    package var at: UnixTime
    package var asterisk: ProcessIdentity?
    /// FAXSTATUS: SUCCESS or FAILED.
    package var faxStatus: String?
    /// FAXERROR: a fixed code of res_fax or spandsp's text.
    package var faxError: String?
    /// FAXSTATUSSTRING: spandsp's T.30 completion text.
    package var faxStatusText: String?
    /// FAXPAGES: pages confirmed by the far end.
    package var pages: Int?
    /// FAXBITRATE in bit/s.
    package var rate: Int?
    /// FAXRESOLUTION, "XxY" in pixels per metre.
    package var resolution: String?
    /// FAXMODE: audio or T38.
    package var mode: String?
    package var remoteStationID: String?
    package var localStationID: String?
    /// HANGUPCAUSE (Q.850).
    package var hangupCause: Int?
    /// HANGUPCAUSE(channel,tech), like "SIP 486 Busy Here".
    package var techCause: String?
    /// REASON of the `failed` extension: 0, 1, 3, 4, 5 or 8.
    package var reason: Int?
    /// FAXENDED: why we ended the call ourselves, `silent`, `cancelled` or `refused` (by the gate).
    package var ended: String?
    /// CHANNEL's CDR answer-to-end seconds where known.
    package var billableSeconds: Int?

    package init(
        origin: Origin, attempt: AttemptID, uniqueid: ChannelID, channel: String, at: UnixTime,
        asterisk: ProcessIdentity? = nil, faxStatus: String? = nil, faxError: String? = nil,
        faxStatusText: String? = nil, pages: Int? = nil, rate: Int? = nil, resolution: String? = nil,
        mode: String? = nil, remoteStationID: String? = nil, localStationID: String? = nil, hangupCause: Int? = nil,
        techCause: String? = nil, reason: Int? = nil, ended: String? = nil,
        billableSeconds: Int? = nil
    ) {
        self.origin = origin
        self.attempt = attempt
        self.uniqueid = uniqueid
        self.channel = channel
        self.at = at
        self.asterisk = asterisk
        self.faxStatus = faxStatus
        self.faxError = faxError
        self.faxStatusText = faxStatusText
        self.pages = pages
        self.rate = rate
        self.resolution = resolution
        self.mode = mode
        self.remoteStationID = remoteStationID
        self.localStationID = localStationID
        self.hangupCause = hangupCause
        self.techCause = techCause
        self.reason = reason
        self.ended = ended
        self.billableSeconds = billableSeconds
    }
}
