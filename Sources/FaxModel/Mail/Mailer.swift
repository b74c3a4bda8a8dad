/// Takes responsibility for a message, or says why not.
package protocol Mailer: Sendable {
    /// Returns once the next server (or the Maildir) has accepted the message for `recipient`.
    ///
    /// One call is one SMTP transaction for one recipient, so that a refusal of one never holds up another.
    func deliver(_ message: MailMessage, to recipient: EmailAddress) async throws(MailFailure)

    /// No more messages for now: a connection that was kept for the next may go.
    func rest() async
}

extension Mailer {
    package func rest() async {}
}

/// Why a message was not accepted.
package struct MailFailure: Error, Hashable, Sendable, CustomStringConvertible {
    package enum Kind: String, Sendable, Codable, CaseIterable {
        /// There is no server to be had now; it says nothing about this message.
        case unavailable
        /// Slow, full, 4xx: try again later.
        case temporary
        /// The server was given all of it and gave no answer: it may have it (RFC 5321 §4.5.3.2.6, RFC 1047).
        case unanswered
        /// 5xx or a message that can't be built: a person has to act.
        case permanent
    }

    package var kind: Kind
    package var message: String

    package init(_ kind: Kind, _ message: String) {
        self.kind = kind
        self.message = message
    }

    package var description: String { message }
}
