package import FaxModel

/// One message about a received fax to one recipient, and how far it has come.
package struct InboxMail: Hashable, Sendable, Codable {
    package enum Kind: String, Sendable, Codable {
        /// The fax itself.
        case fax
        /// To the operator: something was reported that is not there.
        case notice
        /// To the operator: another message could not be delivered.
        case undelivered
    }

    /// A message to be queued.
    package struct Draft: Hashable, Sendable {
        package var kind: Kind
        package var recipient: EmailAddress
        package var style: MessageStyle
        /// nil: at once.
        package var at: UnixTime?
        /// Counts up with each time that a person has it delivered again.
        package var round: Int

        package init(
            _ kind: Kind, to recipient: EmailAddress, style: MessageStyle = MessageStyle(), at: UnixTime? = nil,
            round: Int = 0
        ) {
            self.kind = kind
            self.recipient = recipient
            self.style = style
            self.at = at
            self.round = round
        }
    }

    package var id: Int64
    package var uniqueid: String
    package var kind: Kind
    package var recipient: EmailAddress
    /// The id of the message whose failure this one tells of.
    package var about: Int64?
    package var state: InboxMailState
    /// Tries so far.
    package var tries: Int
    package var createdAt: UnixTime
    /// When its first try was to be.
    package var dueAt: UnixTime
    /// Due from then on, as long as it is queued.
    package var nextAt: UnixTime
    package var lastError: String?
    package var sentAt: UnixTime?
    package var style: MessageStyle
    package var round: Int
}
