/// What `fax-agi received` saw at the end of an inbound call, as it stands in `received/UNIQUEID.json`.
///
/// Every text is Asterisk's own and may be the caller's: untrusted.
package struct ReceiptReport: Hashable, Sendable, Codable {
    package var uniqueid: ChannelID
    package var channel: String
    /// When the call ended.
    package var at: UnixTime
    /// When `fax-agi receiving` ran; nil when it never did.
    package var startedAt: UnixTime?
    package var asterisk: ProcessIdentity?
    package var dialled: String
    package var callerNumber: String
    package var callerName: String
    package var account: String
    /// FAXRCPT of the dialplan: mail addresses, blank or comma between them; empty where it is not used.
    package var recipients: String
    package var faxStatus: String?
    package var faxError: String?
    package var faxStatusText: String?
    package var pages: Int?
    package var rate: Int?
    package var resolution: String?
    package var mode: String?
    /// FAXOPT(ecm), yes or no: what we offered. What was agreed on Asterisk doesn't tell (res_fax.c).
    package var ecm: String?
    package var remoteStationID: String?
    package var localStationID: String?
    package var hangupCause: Int?
    /// The rule by which the call wasn't let in; nil for one that was.
    package var blockedBy: String?

    package init(
        uniqueid: ChannelID, channel: String, at: UnixTime, startedAt: UnixTime? = nil,
        asterisk: ProcessIdentity? = nil, dialled: String, callerNumber: String, callerName: String, account: String,
        recipients: String,
        faxStatus: String? = nil, faxError: String? = nil, faxStatusText: String? = nil, pages: Int? = nil,
        rate: Int? = nil, resolution: String? = nil, mode: String? = nil, ecm: String? = nil,
        remoteStationID: String? = nil, localStationID: String? = nil, hangupCause: Int? = nil
    ) {
        self.uniqueid = uniqueid
        self.channel = channel
        self.at = at
        self.startedAt = startedAt
        self.asterisk = asterisk
        self.dialled = dialled
        self.callerNumber = callerNumber
        self.callerName = callerName
        self.account = account
        self.recipients = recipients
        self.faxStatus = faxStatus
        self.faxError = faxError
        self.faxStatusText = faxStatusText
        self.pages = pages
        self.rate = rate
        self.resolution = resolution
        self.mode = mode
        self.ecm = ecm
        self.remoteStationID = remoteStationID
        self.localStationID = localStationID
        self.hangupCause = hangupCause
    }
}
