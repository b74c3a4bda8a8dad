import FaxModel
import FaxPages
import FaxStore
import Foundation
import SpoolFiles
import Testing

@testable import FaxCommands

@Suite("fax-inbox")
struct InboxCommandTests {
    private static let settings = """
        receiving:
          operator: operator@example.org
          recipients: [office@example.org]
          keep_records: 30
          routes:
            - {name: sales, prefix: "555026", to: [sales@example.org], language: de, printer: laser, keep: 10}
          block:
            - {name: nuisance, caller: "_+49900."}
        mail: {from: fax@example.org, maildir: /nonexistent}
        """

    /// A site with a received fax of two pages.
    private func withFax(_ body: (QueueSite, InboxStore, InboxReceipt) throws -> Void) throws {
        try withQueue { site in
            let path = site.root + "/callfax.yaml"
            let text = try String(contentsOfFile: path, encoding: .utf8) + "\n" + Self.settings
            try text.write(toFile: path, atomically: true, encoding: .utf8)
            let store = InboxStore(try StoreDatabase(path: site.layout.store))
            let directory = site.layout.archive + "/5550269"
            try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
            var receipt = InboxReceipt(
                uniqueid: "1.7", call: try ChannelID(parsing: "1.7"), origin: .report,
                recordedAt: UnixTime(seconds: 1_795_381_611), startedAt: UnixTime(seconds: 1_795_381_600),
                endedAt: UnixTime(seconds: 1_795_381_611), dialled: "5550269", callerNumber: "+49301",
                archiveName: "5550269/x_1.7")
            receipt.remoteStationID = "+49 30 1"
            _ = try store.record(receipt)
            receipt.tiff = directory + "/x_1.7.tiff"
            receipt.pdf = directory + "/x_1.7.pdf"
            receipt.pages = 2
            receipt.badLines = 4
            receipt.isComplete = true
            receipt.route = "sales"
            var writer = try FaxTIFFWriter(path: receipt.tiff ?? "", totalPages: 2)
            for _ in 0..<2 { try writer.add(PageBits(width: 1728, rows: 100), .fine, .g3TwoDimensional) }
            _ = try writer.finish()
            _ = try FaxPDF.write(
                from: receipt.tiff ?? "", to: receipt.pdf ?? "",
                metadata: FaxPDF.Metadata(created: UnixTime(seconds: 1_795_381_611)))
            try store.settle(receipt, .archived, mail: [], now: UnixTime(seconds: 1_795_381_612))
            try body(site, store, try #require(try store.receipt("1.7")))
        }
    }

    private func run(_ site: QueueSite, _ arguments: String...) throws -> QueueSite.Output {
        try site.run("fax-inbox", arguments)
    }

    @Test("list and show tell all fields of a call, and show counts as a look")
    func reading() throws {
        try withFax { site, store, _ in
            let list = try run(site, "list", "--unseen", "--from", "+49301")
            #expect(list.code == 0 && list.lines.count == 2 && list.lines[1].contains("complete, unseen"), "\(list)")
            let show = try run(site, "show", "1.7", "--json")
            let json = try #require(
                try JSONSerialization.jsonObject(with: Data(show.out.utf8)) as? [String: Any], "\(show)")
            #expect(
                json["seconds"] as? Int == 11 && json["badLines"] as? Int == 4 && json["route"] as? String == "sales")
            #expect((json["looks"] as? [Any])?.count == 1)
            #expect(try store.receipt("1.7")?.seenAt != nil)
            #expect(try run(site, "list", "--unseen").lines.count == 1)
            #expect(try run(site, "show", "9.9").code == FaxError.Code.data.rawValue)
            #expect(try run(site, "list", "--state", "nonsense").code == 64)
        }
    }

    @Test("search finds what was read, by words without accents")
    func searching() throws {
        try withFax { site, store, receipt in
            try store.setText("Rechnung für Müller", of: receipt)
            #expect(try run(site, "search", "muller", "RECHNUNG").lines.count == 2)
            #expect(try run(site, "search", "Meier").lines.count == 1)
            #expect(try run(site, "show", "--text", "1.7").out.contains("| Rechnung für Müller"))
        }
    }

    @Test("export copies into a directory, a file or standard output, over nothing that is there")
    func exporting() throws {
        try withFax { site, store, receipt in
            let out = site.root + "/out"
            try FileManager.default.createDirectory(atPath: out, withIntermediateDirectories: true)
            for form in ["pdf", "tiff", "png"] {
                #expect(try run(site, "export", "1.7", "--as", form, "-o", out).code == 0)
            }
            #expect(
                try FileManager.default.contentsOfDirectory(atPath: out).sorted()
                    == ["x_1.7.pdf", "x_1.7.png", "x_1.7.tiff"])
            #expect(try run(site, "export", "1.7", "-o", out).code != 0)
            #expect(try store.looks(at: "1.7").count == 4)
        }
    }

    @Test("redeliver queues by the route, or to somebody else; delete removes the files unless the fax is held")
    func changing() throws {
        try withFax { site, store, receipt in
            #expect(try run(site, "redeliver", "1.7").code == 0)
            #expect(try store.mail(for: "1.7").map(\.recipient.text) == ["sales@example.org"])
            #expect(try store.mail(for: "1.7").first?.style.language == .de)
            #expect(try store.errands(for: "1.7").map(\.kind) == [.print])
            #expect(try run(site, "redeliver", "1.7", "--to", "boss@example.org", "--to", "Boss@example.org").code == 0)
            #expect(try store.mail(for: "1.7").last?.recipient.text == "boss@example.org")
            #expect(try store.errands(for: "1.7").count == 1)
            #expect(try run(site, "mark", "1.7", "--hold", "--why", "court").code == 0)
            #expect(try run(site, "delete", "1.7").code == FaxError.Code.noPermission.rawValue)
            #expect(try run(site, "mark", "1.7", "--release").code == 0)
            #expect(try run(site, "delete", "1.7", "--why", "asked for").code == 0)
            let tiff = try #require(receipt.tiff)
            #expect(!FileManager.default.fileExists(atPath: tiff))
            #expect(try store.looks(at: "1.7").map(\.detail).contains("held: court"))
            #expect(try run(site, "list").out.contains("files removed"))
            #expect(try run(site, "mark", "1.7").code == 64)
        }
    }

    @Test("route says who gets a fax, and by which rule")
    func routing() throws {
        try withFax { site, _, _ in
            let sales = try run(site, "route", "--explain", "5550269", "--from", "+49301")
            #expect(sales.code == 0 && sales.out.contains("route sales to sales@example.org"), "\(sales)")
            #expect(sales.out.contains("(prefix 555026): yes") && sales.out.contains("kept for 10 days"))
            let other = try run(site, "route", "999", "--from", "+499001")
            #expect(other.out.contains("not let in: blocked by nuisance"))
            #expect(other.out.contains("route default to office@example.org"))
            let json = try run(site, "route", "--json", "5550269")
            #expect(json.out.contains(#""printer":"laser""#))
        }
    }

    @Test("import takes a folder over, once; stats count what is there")
    func importing() throws {
        try withFax { site, store, receipt in
            let folder = site.root + "/old/5550555"
            try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
            let tiff = try #require(receipt.tiff)
            try FileManager.default.copyItem(
                atPath: tiff, toPath: folder + "/5550555_040_-_20200102-030405_99.1.tiff")
            #expect(try run(site, "import", site.root + "/old").out == "1 taken over, 0 known before, 0 refused\n")
            #expect(try run(site, "import", site.root + "/old").out == "0 taken over, 1 known before, 0 refused\n")
            #expect(try run(site, "list", "--to", "5550555").lines.count == 2)
            #expect(try store.receipt("99.1")?.pages == 2)
            let stats = try run(site, "stats")
            #expect(stats.out.hasPrefix("2 calls, 4 pages"), "\(stats)")
            let since = try run(site, "stats", "--since", "2026-11-01", "--json")
            #expect(since.out.contains(#""calls":1"#), "\(since)")
        }
    }

    @Test("tesseract's table becomes words in places, and a text in lines")
    func tesseract() {
        let tsv = """
            level\tpage_num\tblock_num\tpar_num\tline_num\tword_num\tleft\ttop\twidth\theight\tconf\ttext
            1\t1\t0\t0\t0\t0\t0\t0\t1000\t2000\t-1\t
            5\t1\t1\t1\t1\t1\t100\t200\t300\t50\t95.1\tHello
            5\t1\t1\t1\t1\t2\t500\t200\t100\t50\t91.0\tworld
            5\t1\t1\t1\t2\t1\t100\t300\t100\t50\t3.0\tnoise
            5\t1\t1\t1\t2\t2\t100\t300\t100\t50\t88\tÜber
            nonsense
            """
        let text = TesseractText(tsv: tsv)
        #expect(text.text == "Hello world\nÜber")
        #expect(text.words.count == 3)
        #expect(text.words.first == PDFWord(text: "Hello", x: 0.1, y: 0.1, width: 0.3, height: 0.025))
    }
}
