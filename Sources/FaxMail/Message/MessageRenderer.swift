import FaxModel
import Foundation

/// A `MailMessage` as the bytes of RFC 5322 and MIME, the same for every way of delivery.
///
/// multipart/mixed: the text as quoted-printable UTF-8, then each attachment as base64, read and written piece by piece. With
/// a picture the text is there twice (multipart/alternative): plain, and as HTML with the picture in it
/// (multipart/related, RFC 2387).
struct MessageRenderer {
    enum Newline: String {
        /// For SMTP.
        case crlf = "\r\n"
        /// For files, as Maildir readers expect them.
        case lf = "\n"
    }

    /// The zone that `Date:` is written in.
    var timeZone: TimeZone
    var newline: Newline

    private var end: String { newline.rawValue }

    /// Writes the whole message; `trace` are fields of the delivery itself, which stand before all others.
    ///
    /// Permanent failure: a message id, header name or content type that can't stand in a header, or an attachment that
    /// isn't there. Temporary: reading or writing failed.
    func render(
        _ message: MailMessage, trace: [MailMessage.Field] = [], into sink: inout ByteSink
    ) throws(MailFailure) {
        // "=_" can come out of neither quoted-printable nor base64, so no part can hold the boundary.
        let boundary = "=_callfax_\(String(StableHash.of(message.messageID), radix: 16))"
        for field in trace { try sink.write("\(field.name): \(HeaderValue.visible(field.value))\(end)") }
        try sink.write(try header(of: message))
        try sink.write("MIME-Version: 1.0\(end)")
        try sink.write("Content-Type: multipart/mixed;\(end) boundary=\"\(boundary)\"\(end)\(end)")

        try sink.write("--\(boundary)\(end)")
        if let picture = message.picture {
            try write(message, picture, boundary, into: &sink)
        } else {
            try write(message.text, as: "plain", of: message, into: &sink)
        }
        for attachment in message.attachments {
            try sink.write("--\(boundary)\(end)")
            try sink.write(try partHeader(of: attachment))
            try copyBase64(from: attachment.path, into: &sink)
        }
        try sink.write("--\(boundary)--\(end)")
        try sink.flush()
    }

    /// The text and the picture, for readers that show HTML and for those that don't.
    private func write(
        _ message: MailMessage, _ picture: [UInt8], _ boundary: String, into sink: inout ByteSink
    ) throws(MailFailure) {
        let (inner, related) = (boundary + "_text", boundary + "_page")
        let contentID = "page1.\(message.messageID)"
        try sink.write("Content-Type: multipart/alternative;\(end) boundary=\"\(inner)\"\(end)\(end)")
        try sink.write("--\(inner)\(end)")
        try write(message.text, as: "plain", of: message, into: &sink)
        try sink.write("--\(inner)\(end)")
        try sink.write(
            "Content-Type: multipart/related; type=\"text/html\";\(end) boundary=\"\(related)\"\(end)\(end)")
        try sink.write("--\(related)\(end)")
        let page = MessagePage.html(of: message, picture: contentID)
        try write(page, as: "html", of: message, into: &sink)
        try sink.write("--\(related)\(end)")
        try sink.write("Content-Type: image/png; name=\"page-1.png\"\(end)Content-ID: <\(contentID)>\(end)")
        try sink.write("Content-Disposition: inline; filename=\"page-1.png\"\(end)")
        try sink.write("Content-Transfer-Encoding: base64\(end)\(end)")
        try sink.write(bytes: Data(picture).base64EncodedData(options: base64))
        try sink.write("\(end)--\(related)--\(end)--\(inner)--\(end)")
    }

    private func write(
        _ text: String, as type: String, of message: MailMessage, into sink: inout ByteSink
    ) throws(MailFailure) {
        try sink.write("Content-Type: text/\(type); charset=utf-8\(end)")
        if let language = message.language, language.utf8.allSatisfy(Self.isTokenByte) {
            try sink.write("Content-Language: \(language)\(end)")
        }
        try sink.write("Content-Transfer-Encoding: quoted-printable\(end)\(end)")
        // The line break before a boundary belongs to the boundary (RFC 2046 §5.1.1).
        try sink.write(QuotedPrintable.encode(text, newline: end) + end)
    }

    private var base64: Data.Base64EncodingOptions {
        newline == .crlf
            ? [.lineLength76Characters, .endLineWithCarriageReturn, .endLineWithLineFeed]
            : [.lineLength76Characters, .endLineWithLineFeed]
    }

    private func header(of message: MailMessage) throws(MailFailure) -> String {
        // A dot-atom on both sides of the @ is what a message id and our addresses have in common.
        do throws(FaxError) { _ = try EmailAddress(parsing: message.messageID) } catch {
            throw MailFailure(.permanent, "\(quoted(message.messageID)) can't be a Message-ID")
        }
        var lines: [String] = []
        if message.fromName.isEmpty {
            lines.append("From: \(message.from)")
        } else {
            let name = HeaderValue.phrase(message.fromName, after: 6, newline: end)
            let fits = name.utf8.count + message.from.text.utf8.count <= 67 && !name.contains("\n")
            lines.append("From: \(name)\(fits ? "" : end) <\(message.from)>")
        }
        lines.append("To: " + message.to.map(\.text).joined(separator: ",\(end) "))
        lines.append("Subject: " + HeaderValue.text(message.subject, after: 9, newline: end))
        lines.append("Date: " + MailDate.text(message.date, in: timeZone))
        lines.append("Message-ID: <\(message.messageID)>")
        // RFC 3834 §5: nobody's holiday answer should come back.
        lines.append("Auto-Submitted: auto-generated")
        for field in message.fields {
            guard field.name.hasPrefix("X-"), field.name.utf8.count <= 60,
                field.name.utf8.allSatisfy({ $0 == UInt8(ascii: "-") || Self.isAlphanumeric($0) })
            else { throw MailFailure(.permanent, "\(quoted(field.name)) can't be the name of a header field") }
            let value = HeaderValue.text(field.value, after: field.name.utf8.count + 2, newline: end)
            lines.append("\(field.name): \(value)")
        }
        return lines.map { $0 + end }.joined()
    }

    private func partHeader(of attachment: MailMessage.Attachment) throws(MailFailure) -> String {
        let type = attachment.contentType.split(separator: "/", omittingEmptySubsequences: false)
        let legal = type.count == 2 && type.allSatisfy { !$0.isEmpty && $0.utf8.allSatisfy(Self.isTokenByte) }
        guard legal else {
            throw MailFailure(.permanent, "\(quoted(attachment.contentType)) is not a content type")
        }
        let name = AttachmentName(attachment.name)
        return "Content-Type: \(attachment.contentType);\(end) name=\"\(name.plain)\"\(end)"
            + "Content-Disposition: attachment;\(end) \(name.parameter)\(end)"
            + "Content-Transfer-Encoding: base64\(end)\(end)"
    }

    private func copyBase64(from path: String, into sink: inout ByteSink) throws(MailFailure) {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else {
            let kind: MailFailure.Kind = errno == ENOENT ? .permanent : .temporary
            throw MailFailure(kind, "attachment \(path): \(String(cString: strerror(errno)))")
        }
        defer { close(descriptor) }
        // 57 bytes are one line of 76 characters, so each piece ends on a line of its own.
        var piece = [UInt8](repeating: 0, count: 57 * 1024)
        while true {
            var filled = 0
            while filled < piece.count {
                let got = piece.withUnsafeMutableBytes { bytes in
                    read(descriptor, bytes.baseAddress! + filled, bytes.count - filled)
                }
                if got < 0 && errno == EINTR { continue }
                guard got >= 0 else {
                    throw MailFailure(.temporary, "attachment \(path): \(String(cString: strerror(errno)))")
                }
                if got == 0 { break }
                filled += got
            }
            guard filled > 0 else { return }
            try sink.write(bytes: Data(piece[..<filled]).base64EncodedData(options: base64))
            try sink.write(end)
        }
    }

    private static func isAlphanumeric(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "a")...UInt8(ascii: "z"):
            true
        default: false
        }
    }

    private static func isTokenByte(_ byte: UInt8) -> Bool {
        isAlphanumeric(byte) || [UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "+")].contains(byte)
    }
}
