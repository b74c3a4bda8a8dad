/// The contents of `receiving/UNIQUEID`: a call is about to write `incoming/UNIQUEID.tiff`.
package struct ReceivingMarker: Hashable, Sendable, Codable {
    package var uniqueid: ChannelID
    package var channel: String
    package var at: UnixTime
    package var asterisk: ProcessIdentity?
    /// The number that was dialled, as the dialplan filtered it; empty when there was none.
    package var dialled: String
    package var callerNumber: String
    package var callerName: String
    package var account: String
    /// FAXRCPT of the dialplan: mail addresses, blank or comma between them; empty where it is not used.
    package var recipients: String

    package init(
        uniqueid: ChannelID, channel: String, at: UnixTime, asterisk: ProcessIdentity? = nil, dialled: String,
        callerNumber: String, callerName: String, account: String, recipients: String
    ) {
        self.uniqueid = uniqueid
        self.channel = channel
        self.at = at
        self.asterisk = asterisk
        self.dialled = dialled
        self.callerNumber = callerNumber
        self.callerName = callerName
        self.account = account
        self.recipients = recipients
    }
}
