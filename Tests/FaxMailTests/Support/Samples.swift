import FaxMail
import FaxModel
import Foundation

/// Addresses and a message that the tests of this room share.
enum Samples {
    static let moment = UnixTime(seconds: 1_795_381_611)

    static func address(_ text: String) throws -> EmailAddress { try EmailAddress(parsing: text) }

    static func message(
        subject: String = "Fax from 5550100, 2 pages", fromName: String = "Fax", to: [String] = ["office@example.net"],
        messageID: String = "fax.1795381611.7@fax.example.net", text: String = "Hello\n",
        attachments: [MailMessage.Attachment] = [], fields: [MailMessage.Field] = []
    ) throws -> MailMessage {
        MailMessage(
            from: try address("fax@example.net"), fromName: fromName, to: try to.map(address), subject: subject,
            date: moment, messageID: messageID, text: text, attachments: attachments, fields: fields)
    }

    static func settings(
        _ server: ScriptedSMTPServer, security: SMTPSettings.Security = .none, user: String? = nil,
        password: String? = nil, caFile: String? = nil, replyTimeout: Int = 20, stallTimeout: Int = 20
    ) throws -> SMTPSettings {
        try SMTPSettings(
            host: "127.0.0.1", port: server.port, security: security, user: user, password: password, caFile: caFile,
            clientName: "fax.example.net", connectTimeout: 5, replyTimeout: replyTimeout, stallTimeout: stallTimeout)
    }

    /// Bytes that hold every value, line ends and dots included.
    static func bytes(_ count: Int) -> Data {
        var state: UInt64 = 1
        return Data(
            (0..<count).map { _ in
                state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
                return UInt8(truncatingIfNeeded: state >> 33)
            })
    }
}

/// What `deliver` threw, nil when it was accepted.
func failure(_ mailer: any Mailer, _ message: MailMessage, to recipient: String) async throws -> MailFailure? {
    let address = try EmailAddress(parsing: recipient)
    do throws(MailFailure) {
        try await mailer.deliver(message, to: address)
        return nil
    } catch {
        return error
    }
}
