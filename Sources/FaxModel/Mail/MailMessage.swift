/// One message as the inbox means it; how it is put on the wire is the mailer's business.
///
/// Texts may hold any UTF-8. The mailer encodes headers and refuses nothing that it can encode, but control characters
/// never pass.
package struct MailMessage: Hashable, Sendable {
    package struct Attachment: Hashable, Sendable {
        /// The name that the reader sees.
        package var name: String
        package var contentType: String
        /// Absolute path of the bytes.
        package var path: String

        package init(name: String, contentType: String, path: String) {
            self.name = name
            self.contentType = contentType
            self.path = path
        }
    }

    /// A header field beyond the usual ones, like `X-Fax-Pages`.
    package struct Field: Hashable, Sendable {
        package var name: String
        package var value: String

        package init(_ name: String, _ value: String) {
            self.name = name
            self.value = value
        }
    }

    package var from: EmailAddress
    package var fromName: String
    package var to: [EmailAddress]
    package var subject: String
    package var date: UnixTime
    /// Without angle brackets; the same on every try.
    package var messageID: String
    package var text: String
    package var attachments: [Attachment]
    package var fields: [Field]
    /// A PNG that is shown below the text.
    package var picture: [UInt8]?
    /// Of the text, like `de`; nil where it isn't said.
    package var language: String?

    package init(
        from: EmailAddress, fromName: String = "", to: [EmailAddress], subject: String, date: UnixTime,
        messageID: String, text: String, attachments: [Attachment], fields: [Field] = []
    ) {
        self.from = from
        self.fromName = fromName
        self.to = to
        self.subject = subject
        self.date = date
        self.messageID = messageID
        self.text = text
        self.attachments = attachments
        self.fields = fields
    }
}
