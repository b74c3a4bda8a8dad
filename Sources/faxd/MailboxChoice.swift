import FaxMail
import FaxModel
import Foundation

/// The mailbox that a probe looks into.
enum MailboxChoice {
    @Sendable static func open(_ address: MailboxAddress) throws -> any Mailbox {
        try IMAPMailbox(
            address, password: MailerChoice.password(address.passwordFile, of: "probes' imap.password_file"))
    }
}
