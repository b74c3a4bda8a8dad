import FaxModel
import Foundation

/// Remembers what was accepted, and refuses what a test tells it to.
actor RecordingMailer: Mailer {
    struct Delivery: Sendable {
        var recipient: String
        var message: MailMessage
        /// The attachments' bytes at the time of delivery.
        var attachments: [Data]
    }

    private(set) var deliveries: [Delivery] = []
    private(set) var tries = 0
    private var failures: [String: MailFailure] = [:]

    /// From now on mail for `recipient` (`*`: for everybody) fails; nil makes it go again.
    func fail(_ recipient: String, _ failure: MailFailure?) { failures[recipient] = failure }

    func deliver(_ message: MailMessage, to recipient: EmailAddress) async throws(MailFailure) {
        tries += 1
        if let failure = failures[recipient.text] ?? failures["*"] { throw failure }
        var bytes: [Data] = []
        for attachment in message.attachments {
            guard let data = FileManager.default.contents(atPath: attachment.path) else {
                throw MailFailure(.permanent, "attachment \(attachment.path) is not there")
            }
            bytes.append(data)
        }
        deliveries.append(Delivery(recipient: recipient.text, message: message, attachments: bytes))
    }

    var recipients: [String] { deliveries.map(\.recipient) }
    var subjects: [String] { deliveries.map(\.message.subject) }
}
