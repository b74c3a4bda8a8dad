import FaxInbox
import FaxModel
import FaxPages
import FaxSettings
import FaxStore
import Foundation
import Logging
import SpoolFiles
import Testing

@testable import FaxCommands

/// What is done about received faxes besides mail.
@Suite("Errands") struct ErrandTests {
    private static let now = UnixTime(seconds: 1_795_381_700)

    /// A fax of two pages on its way into the folder `out` below the site.
    private func withFax(
        reason: String = "", _ body: (QueueSite, InboxStore, ErrandPass) throws -> Void
    ) throws {
        try withQueue { site in
            let path = site.root + "/callfax.yaml"
            let more = """
                receiving:
                  operator: operator@example.org
                  default: {folder: "\(site.root)/out", language: de}
                mail: {from: fax@example.org, maildir: /nonexistent}
                """
            try (try String(contentsOfFile: path, encoding: .utf8) + "\n" + more)
                .write(toFile: path, atomically: true, encoding: .utf8)
            let installation = try Installation(try Settings.read(path: path, hostName: "h"))
            let store = InboxStore(installation.database)
            let directory = site.layout.archive + "/5550269"
            try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
            var receipt = InboxReceipt(
                uniqueid: "1.7", call: try ChannelID(parsing: "1.7"), origin: .report, recordedAt: Self.now,
                endedAt: Self.now, dialled: "5550269", callerNumber: "+49301", archiveName: "5550269/x_1.7")
            _ = try store.record(receipt)
            receipt.tiff = directory + "/x_1.7.tiff"
            receipt.pdf = directory + "/x_1.7.pdf"
            receipt.pages = 2
            receipt.isComplete = reason.isEmpty
            receipt.reason = reason
            var writer = try FaxTIFFWriter(path: receipt.tiff ?? "", totalPages: 2)
            for _ in 0..<2 { try writer.add(PageBits(width: 1728, rows: 100), .fine, .g3TwoDimensional) }
            _ = try writer.finish()
            _ = try FaxPDF.write(
                from: receipt.tiff ?? "", to: receipt.pdf ?? "", metadata: FaxPDF.Metadata(created: Self.now))
            try store.settle(
                receipt, .archived, mail: [], errands: [.init(.folder, target: site.root + "/out")], now: Self.now)
            let logger = Logger(label: "t", factory: { _ in SwiftLogNoOpLogHandler() })
            let pass = try #require(
                try ErrandPass.all(site: installation, logger: logger).first { $0.kinds.contains(.folder) })
            try body(site, store, pass)
        }
    }

    private func makeFolder(_ site: QueueSite) throws -> String {
        try FileManager.default.createDirectory(atPath: site.root + "/out", withIntermediateDirectories: true)
        return site.root + "/out"
    }

    @Test("A folder gets the fax, and where pages are missing a text of the same name that says so")
    func folder() throws {
        try withFax { site, _, pass in
            let out = try makeFolder(site)
            #expect(try pass.runOnce(now: Self.now) == 1)
            #expect(try DurableFile.list(out) == ["x_1.7.pdf"])
        }
        try withFax(reason: "the sender hung up") { site, _, pass in
            let out = try makeFolder(site)
            #expect(try pass.runOnce(now: Self.now) == 1)
            #expect(try DurableFile.list(out).sorted() == ["x_1.7.pdf", "x_1.7.txt"])
            let text = try String(contentsOfFile: out + "/x_1.7.txt", encoding: .utf8)
            #expect(text.contains("NICHT VOLLSTÄNDIG"), "\(text)")
            #expect(try DurableFile.list(site.layout.messages) == [])
        }
    }

    @Test("What a folder did not get in five days goes to the operator, with the reason")
    func givenUp() async throws {
        try withFax { site, store, pass in
            #expect(try pass.runOnce(now: Self.now) == 0)
            #expect(try store.errands(for: "1.7").map(\.state) == [.queued])
            let late = Self.now.adding(seconds: MailRetry.patience)
            #expect(try pass.runOnce(now: late) == 0)
            #expect(try store.errands(for: "1.7").map(\.state) == [.failed])
            let mail = try store.mail(for: "1.7")
            #expect(mail.map(\.kind) == [.notice] && mail.map(\.recipient.text) == ["operator@example.org"])
            #expect(try pass.runOnce(now: late) == 0)
            #expect(try store.mail(for: "1.7").count == 1)
        }
    }
}
