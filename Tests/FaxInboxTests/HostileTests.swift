import FaxInbox
import FaxMail
import FaxModel
import FaxStore
import Foundation
import SpoolFiles
import Testing

@Suite("Hostile callers")
struct HostileTests {
    static let texts = [
        "../../etc/passwd", "..", ".", "-rf", "/", "a/../../b", "$(id)`id`;'\"|&",
        "x\r\nBcc: evil@example.com\r\n\r\nhi",
        "\u{0}\u{1}\u{1b}[2J\u{9b}31m", "\u{202E}gnp.exe\u{2066}", String(repeating: "A", count: 900),
        "=?UTF-8?B?eA==?=", "日本語 ünï", "${SHELL(id)}", " ", "%00%0a", "#;\\",
    ]

    @Test("Whatever a caller sends stays in its place: one directory, one name, one header field", arguments: texts)
    func contained(text: String) async throws {
        let fixture = try InboxFixture()
        try fixture.leaveTIFF()
        var report = try InboxFixture.report()
        report.dialled = text
        report.callerNumber = text
        report.callerName = text
        report.account = text
        report.channel = text
        // FAXRCPT is the dialplan's own; an address in it is meant.
        if !text.contains("@") { report.recipients = text }
        report.remoteStationID = text
        report.faxStatusText = text
        report.faxError = text
        report.resolution = text
        report.mode = text
        report.ecm = text
        try fixture.leave(report)
        let maildir = MaildirMailer(directory: fixture.root + "/mail")
        let pass = try await fixture.pass(mailer: maildir)
        #expect(pass.archived == 1)
        // Whom the call named and who is no address: the operator is told.
        let named = report.recipients.unicodeScalars.contains { !$0.isControl && !", ;".unicodeScalars.contains($0) }
        #expect(pass.sent == (named ? 2 : 1))

        let files = try fixture.archived()
        try #require(files.count == 2)
        let allowed = CharacterSet(charactersIn: "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+-._")
        for file in files {
            let parts = file.split(separator: "/", omittingEmptySubsequences: false)
            #expect(parts.count == 2)
            for part in parts {
                #expect(!part.isEmpty && part.first != "." && part.first != "-")
                #expect(String(part).rangeOfCharacter(from: allowed.inverted) == nil)
                #expect(part.utf8.count <= 255)
            }
        }
        #expect(try FileManager.default.contentsOfDirectory(atPath: fixture.root).sorted() == ["mail", "spool"])

        let name = try #require(try FileManager.default.contentsOfDirectory(atPath: fixture.root + "/mail/new").first)
        let path = "\(fixture.root)/mail/new/\(name)"
        let fields = try Program.run([
            "python3", "-c",
            """
            import sys, email, email.policy
            m = email.message_from_file(open(sys.argv[1], newline=''), policy=email.policy.default)
            text = m.get_body(('plain',)).get_content()
            assert not [c for c in text if ord(c) < 32 and c not in '\\n\\t' or 127 <= ord(c) < 160 or ord(c) in (0x202e, 0x2066)], text
            ours = 'Call From To Result Pages Station From-Name Duration Rate Resolution Mode ECM Bad-Lines Route Account'
            known = ['X-Fax-' + n for n in ours.split()]
            assert len(set(m.keys())) == len(m.keys())
            print(' '.join(k for k in m.keys() if k not in known), len(list(m.iter_attachments())), m['To'], len(m.defects))
            """, path,
        ])
        let expected =
            "Return-Path Delivered-To From To Subject Date Message-ID Auto-Submitted MIME-Version Content-Type 1 "
            + "office@example.net\(named ? ", operator@example.net" : "") 0\n"
        #expect(fields == expected)

        let receipt = try #require(try fixture.store.receipt("1795381611.7"))
        for stored in [receipt.dialled, receipt.callerNumber, receipt.callerName, receipt.remoteStationID ?? ""] {
            let controls = stored.unicodeScalars.filter { $0.isControl }
            #expect(controls.isEmpty)
            #expect(stored.count <= 200)
        }
    }

    @Test("Foreign files in the spool are named and left alone")
    func foreignFiles() async throws {
        let fixture = try InboxFixture()
        try Data("x".utf8).write(to: URL(fileURLWithPath: fixture.layout.received + "/readme.txt"))
        try Data("x".utf8).write(to: URL(fileURLWithPath: fixture.layout.incoming + "/.hidden.tiff"))
        try FileManager.default.createDirectory(
            atPath: fixture.layout.incoming + "/dir.tiff", withIntermediateDirectories: false)
        try FileManager.default.createSymbolicLink(
            atPath: fixture.layout.incoming + "/link.tiff", withDestinationPath: "/etc/passwd")
        let pass = try await fixture.pass(now: InboxFixture.now.adding(seconds: 999_999_999))
        #expect(pass.salvaged == 0)
        #expect(pass.problems.count == 1)
        #expect(try fixture.leftInSpool().sorted() == [".hidden.tiff", "dir.tiff", "link.tiff", "readme.txt"])
    }

    @Test("A symbolic link under a call's own name is not followed")
    func symbolicLink() async throws {
        let fixture = try InboxFixture()
        try Data("secret, and longer than eight bytes".utf8).write(
            to: URL(fileURLWithPath: fixture.root + "/secret"))
        try FileManager.default.createSymbolicLink(
            atPath: fixture.layout.incoming + "/1795381611.7.tiff", withDestinationPath: fixture.root + "/secret")
        try fixture.leave(try InboxFixture.report())
        try await fixture.pass()
        #expect(await fixture.mailer.recipients == ["operator@example.net"])
        #expect(await fixture.mailer.deliveries.allSatisfy { $0.attachments.isEmpty })
        #expect(try fixture.archived() == [])
    }
}
