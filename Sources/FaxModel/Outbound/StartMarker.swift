/// The contents of `started/ATTEMPT`: who passed the gate. Whoever creates the file owns the attempt, once and for all.
package struct StartMarker: Hashable, Sendable, Codable {
    package enum Holder: String, Sendable, Codable {
        /// A call: the fax may be transmitted.
        case call
        /// The scheduler: no call may ever transmit for this attempt.
        case closed
    }

    package var holder: Holder
    package var attempt: AttemptID
    package var at: UnixTime
    /// The call that owns the attempt; nil when the gate was closed.
    package var uniqueid: ChannelID?
    package var channel: String?
    package var asterisk: ProcessIdentity?

    package init(
        holder: Holder, attempt: AttemptID, at: UnixTime, uniqueid: ChannelID? = nil, channel: String? = nil,
        asterisk: ProcessIdentity? = nil
    ) {
        self.holder = holder
        self.attempt = attempt
        self.at = at
        self.uniqueid = uniqueid
        self.channel = channel
        self.asterisk = asterisk
    }
}
