import FaxMail
import FaxModel
import Foundation
import Testing

@Suite("Mail into a Maildir")
struct MaildirMailerTests {
    let directory: TemporaryDirectory

    init() throws { directory = try TemporaryDirectory() }

    private var maildir: String { directory.path + "/mail" }

    private func stored() throws -> [Data] {
        try directory.names("mail/new").map { try Data(contentsOf: URL(fileURLWithPath: "\(maildir)/new/\($0)")) }
    }

    @Test("A message is read by Python's parser as it was meant, attachment byte for byte")
    func roundTrip() async throws {
        let bytes = Samples.bytes(300_001)
        let path = try directory.file("a.pdf", bytes)
        let message = try Samples.message(
            subject: "Fax von Jörg Müller (グループ), 3 Seiten, und noch viel mehr Text, damit die Zeile umbricht, ja",
            fromName: "Büro \"Fax\", Straße", to: ["office@example.net", "second+fax@example.org"],
            text: "Grüße\n\n.\n..dots\nFrom here\ntrailing blank \n" + String(repeating: "lång ", count: 300) + "\nend",
            attachments: [.init(name: "5550269_Ü \"x\"/..pdf", contentType: "application/pdf", path: path)],
            fields: [.init("X-Fax-Pages", "3"), .init("X-Fax-Station", "+49 30 1234")])
        let zone = try #require(TimeZone(identifier: "Europe/Berlin"))
        let mailer = MaildirMailer(directory: maildir, timeZone: zone)
        #expect(try await failure(mailer, message, to: "office@example.net") == nil)

        let mail = try ParsedMail(try #require(try stored().first))
        #expect(mail.defects == [])
        #expect(mail.values("Subject") == [message.subject])
        #expect(mail.from == [["Büro \"Fax\", Straße", "fax@example.net"]])
        #expect(mail.to.map { $0[1] } == ["office@example.net", "second+fax@example.org"])
        #expect(mail.date == "2026-11-22T22:06:51+01:00")
        #expect(mail.values("Message-ID") == ["<fax.1795381611.7@fax.example.net>"])
        #expect(mail.values("X-Fax-Pages") == ["3"])
        #expect(mail.values("X-Fax-Station") == ["+49 30 1234"])
        #expect(mail.values("Auto-Submitted") == ["auto-generated"])
        #expect(mail.values("Delivered-To") == ["office@example.net"])
        #expect(mail.longestLine <= 100)
        try #require(mail.parts.count == 2)
        #expect(mail.parts[0].type == "text/plain")
        #expect(String(decoding: mail.parts[0].bytes, as: UTF8.self) == message.text + "\n")
        #expect(mail.parts[1].type == "application/pdf")
        #expect(mail.parts[1].name == "5550269_Ü _x__..pdf")
        #expect(mail.parts[1].plainName == "5550269__ _x__..pdf")
        #expect(mail.parts[1].bytes == bytes)
    }

    @Test("The same message for the same recipient is stored once, whether it was read or not")
    func repeated() async throws {
        let mailer = MaildirMailer(directory: maildir)
        let message = try Samples.message()
        #expect(try await failure(mailer, message, to: "office@example.net") == nil)
        #expect(try await failure(mailer, message, to: "office@example.net") == nil)
        #expect(try directory.names("mail/new").count == 1)
        let name = try #require(try directory.names("mail/new").first)
        try FileManager.default.moveItem(atPath: "\(maildir)/new/\(name)", toPath: "\(maildir)/cur/\(name):2,S")
        #expect(try await failure(mailer, message, to: "office@example.net") == nil)
        #expect(try directory.names("mail/new") == [])
        #expect(try directory.names("mail/cur").count == 1)
    }

    @Test("Another recipient or another message is another file")
    func distinct() async throws {
        let mailer = MaildirMailer(directory: maildir)
        let long = String(repeating: "a", count: 180)
        for recipient in ["a@example.net", "b@example.net", "a/../b@example.net", "\(long)1@x.net", "\(long)2@x.net"] {
            #expect(try await failure(mailer, Samples.message(), to: recipient) == nil)
        }
        #expect(try await failure(mailer, Samples.message(messageID: "2@fax"), to: "a@example.net") == nil)
        #expect(try directory.names("mail/new").count == 6)
        #expect(try directory.names("mail/tmp") == [])
        #expect(try directory.names("") == ["mail"])
    }

    @Test("What a killed delivery left in tmp goes with the next try")
    func leftover() async throws {
        let mailer = MaildirMailer(directory: maildir)
        #expect(try await failure(mailer, Samples.message(), to: "office@example.net") == nil)
        let name = try #require(try directory.names("mail/new").first)
        try FileManager.default.moveItem(atPath: "\(maildir)/new/\(name)", toPath: "\(maildir)/tmp/\(name).1")
        #expect(try await failure(mailer, Samples.message(), to: "office@example.net") == nil)
        #expect(try directory.names("mail/tmp") == [])
        #expect(try directory.names("mail/new") == [name])
    }

    @Test(
        "Nothing in a text becomes a header field or a part",
        arguments: [
            "x\r\nBcc: evil@example.com", "x\nBcc: evil@example.com", "x\rBcc: evil@example.com\r\n\r\nbody",
            "x\u{0}\u{1b}[2J\u{85}\u{2028}\u{202E}Bcc: y", "=?UTF-8?Q?x=0D=0ABcc:_evil@example.com?=",
            "\"; filename=evil.exe; x=\"", String(repeating: "A", count: 5000), "",
            String(repeating: " \t", count: 800) + "x",
        ])
    func hostile(text: String) async throws {
        let path = try directory.file("a.pdf", Data("%PDF".utf8))
        let message = try Samples.message(
            subject: text, fromName: text, text: text + "\n--=_callfax_0\n",
            attachments: [.init(name: text, contentType: "application/pdf", path: path)],
            fields: [.init("X-Fax-Station", text)])
        #expect(try await failure(MaildirMailer(directory: maildir), message, to: "office@example.net") == nil)
        let mail = try ParsedMail(try #require(try stored().first))
        let names = mail.headers.map { $0[0] }
        let expected = [
            "Return-Path", "Delivered-To", "From", "To", "Subject", "Date", "Message-ID", "Auto-Submitted",
            "X-Fax-Station", "MIME-Version", "Content-Type",
        ]
        #expect(names == expected)
        #expect(mail.parts.count == 2)
        #expect(mail.from.map { $0[1] } == ["fax@example.net"])
        #expect(mail.parts[1].bytes == Data("%PDF".utf8))
        #expect(mail.parts[1].name?.contains("/") == false)
        #expect(mail.longestLine <= 998)
    }

    @Test("What can't stand in a header is refused for good")
    func refused() async throws {
        let mailer = MaildirMailer(directory: maildir)
        let path = try directory.file("a.pdf", Data())
        let bad = [
            try Samples.message(messageID: "a\r\nBcc: x@y"), try Samples.message(messageID: "<a@b>"),
            try Samples.message(fields: [.init("Bcc", "evil@example.com")]),
            try Samples.message(fields: [.init("X-A: b\r\nBcc", "evil@example.com")]),
            try Samples.message(attachments: [.init(name: "a", contentType: "a/b\r\nX: y", path: path)]),
            try Samples.message(attachments: [.init(name: "a", contentType: "a/b", path: path + ".missing")]),
        ]
        for message in bad {
            #expect(try await failure(mailer, message, to: "office@example.net")?.kind == .permanent)
        }
        #expect(try directory.names("mail/new") == [])
        #expect(try directory.names("mail/tmp") == [])
    }

    @Test("A directory that can't be used is a failure that may pass")
    func unusable() async throws {
        let mailer = MaildirMailer(directory: directory.path + "/no/such")
        let failure = try await failure(mailer, Samples.message(), to: "office@example.net")
        #expect(failure?.kind == .temporary)
        #expect(failure?.message.contains("No such file or directory") == true)
    }
}
