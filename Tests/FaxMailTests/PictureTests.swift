import FaxModel
import Foundation
import Testing

@testable import FaxMail

@Suite("A message with a picture in it")
struct PictureTests {
    private func rendered(_ message: MailMessage, _ newline: MessageRenderer.Newline = .crlf) throws -> Data {
        let directory = try TemporaryDirectory()
        let path = directory.path + "/message"
        let descriptor = open(path, O_WRONLY | O_CREAT, 0o600)
        defer { close(descriptor) }
        var sink = ByteSink(descriptor: descriptor)
        try MessageRenderer(timeZone: .gmt, newline: newline).render(message, into: &sink)
        return try Data(contentsOf: URL(fileURLWithPath: path))
    }

    @Test("Text, HTML with the picture, and the file: every part comes back as it was")
    func parts() throws {
        let directory = try TemporaryDirectory()
        let bytes = Samples.bytes(5000)
        let path = try directory.file("fax.pdf", bytes)
        var message = try Samples.message(
            text: "Grüße & <b>\nColumns:  x\n",
            attachments: [.init(name: "fax.pdf", contentType: "application/pdf", path: path)])
        message.picture = Array(Samples.bytes(3000))
        message.language = "de"
        let raw = try rendered(message)
        let mail = try ParsedMail(raw)
        #expect(mail.defects == [])
        #expect(mail.parts.map(\.type) == ["text/plain", "text/html", "image/png", "application/pdf"])
        #expect(String(decoding: mail.parts[0].bytes, as: UTF8.self) == "Grüße & <b>\r\nColumns:  x\r\n")
        let html = String(decoding: mail.parts[1].bytes, as: UTF8.self)
        #expect(html.contains(">Grüße &amp; &lt;b&gt;</p>"))
        #expect(html.contains(/>Columns<\/td>\s*<td [^>]*>x<\/td><\/tr>/))
        #expect(html.contains(#"src="cid:page1.fax.1795381611.7@fax.example.net""#))
        #expect(html.contains(#"lang="de""#))
        #expect(mail.parts[2].bytes == Samples.bytes(3000))
        #expect(mail.parts[3].bytes == bytes)
        let text = String(decoding: raw, as: UTF8.self)
        #expect(text.contains("Content-ID: <page1.fax.1795381611.7@fax.example.net>\r\n"))
        #expect(text.contains("Content-Language: de\r\n"))
        #expect(mail.longestLine <= 78)
    }

    @Test("Lines in two columns are a table's rows, and all others stay as they are")
    func columns() throws {
        var message = try Samples.message(
            text: "A fax.\n\nFrom:    5550100\nPages:   2\nNote: one blank is no column\n  indented:  neither\n")
        message.picture = [1, 2, 3]
        let html = try #require(ParsedMail(try rendered(message)).parts.first { $0.type == "text/html" })
        let text = String(decoding: html.bytes, as: UTF8.self)
        #expect(text.matches(of: /<tr>/).count == 2 && text.matches(of: #/<table /#).count == 1)
        #expect(text.contains(">Note: one blank is no column\r\n  indented:  neither</p>"))
        #expect(text.contains(">A fax.</p>"))
    }

    @Test("What a caller wrote is never markup")
    func hostile() throws {
        var message = try Samples.message(subject: "</title><script>", text: "\"><img src=x onerror=y>\n")
        message.picture = [1, 2, 3]
        let html = try #require(ParsedMail(try rendered(message)).parts.first { $0.type == "text/html" })
        let text = String(decoding: html.bytes, as: UTF8.self)
        #expect(!text.contains("<script>") && !text.contains("<img src=x"))
    }
}
