import ArgumentParser
import FaxModel
import FaxPages
import FaxSettings
import Foundation
import Testing

@testable import FaxCommands

@Suite("A cover page before the documents")
struct CoverOptionsTests {
    private let scratch: ScratchDirectory

    init() throws { scratch = try ScratchDirectory() }

    private static var root: String {
        URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent("../..").standardized.path
    }

    private func settings(cover: Bool = true) throws -> Settings {
        let line = cover ? "  cover: \(Self.root)/Sources/FaxPages/Cover/cover.svg\n" : ""
        return try Settings.parse(
            "time_zone: Europe/Berlin\nsending:\n  header: Büro\n  station_id: \"+49 30 1\"\n\(line)",
            file: "callfax.yaml",
            hostName: "h")
    }

    private func sheet(_ arguments: [String], _ settings: Settings) throws -> CoverSheet? {
        let options = try CoverOptions.parse(arguments)
        return try options.wish.sheet(settings, PageWish(), SenderWish(), own: options.ownTemplate())
    }

    @Test("Settings, -C and -n say whether there is one")
    func wanted() throws {
        let own = try scratch.write("<svg><text>${date}</text></svg>", to: "own.svg")
        #expect(try sheet([], settings(cover: false)) == nil)
        #expect(try sheet([], settings())?.template.placeholders.contains(.comments) == true)
        #expect(try sheet(["-n"], settings()) == nil)
        #expect(try sheet(["-n", "-r", "a", "-c", "b", "-f", "c"], settings()) == nil)
        #expect(try sheet(["-C", own], settings())?.template.placeholders == [.date])
        #expect(try sheet(["-C", own], settings(cover: false))?.template.placeholders == [.date])
        #expect(try sheet(["-f", "Ann"], settings(cover: false)) == nil)
    }

    @Test(
        "Words that would stand nowhere, and words that can't be printed, are refused",
        arguments: [
            ["-r", "a"], ["-c", "a"], ["-n", "-C", "x.svg"], ["-f", "a\u{7}"], ["-r", ""], ["-c", "\u{1B}"],
        ])
    func refused(arguments: [String]) throws {
        let plain = try settings(cover: false)
        let error = #expect(throws: FaxError.self) { try sheet(arguments, plain) }
        #expect(error?.code == .usage)
    }

    @Test("The fields are the recipient's row, the sender's words and the pages with the cover")
    func fields() throws {
        let list = try scratch.write(
            "Number;Name;Company;Customer No\n+49 30 77;Ελένη;Щука;K 17\n5550101;;;\n", to: "list.csv")
        let recipients = try RecipientList(
            RecipientList.entries(numbers: [], lists: [list]), policy: NumberPolicy(nil), limit: nil
        ).recipients
        let sheet = try #require(try sheet(["-r", "Offer", "-c", "Hello\nyou"], settings()))
        let now = UnixTime(seconds: 1_795_381_499)
        let first = sheet.fields(for: recipients[0], documentPages: 4, now: now)
        #expect(first.toName?.text == "Ελένη" && first.toNumber?.digits == "+493077")
        #expect(first.columns == ["company": "Щука", "customer no": "K 17"])
        #expect(first.fromName?.text == "Büro" && first.fromNumber?.text == "+49 30 1")
        #expect(first.regarding?.text == "Offer" && first.comments?.text == "Hello\nyou")
        #expect(first.date == "2026-11-22 22:04" && first.pages == 5)
        let second = sheet.fields(for: recipients[1], documentPages: 4, now: now)
        #expect(second.toName == nil && second.columns.isEmpty)
    }

    @Test("Each recipient's page is one page at the fax's resolution, and another than the next one's")
    func pages() async throws {
        let sheet = try #require(try sheet(["-r", "Offer"], settings()))
        let now = UnixTime(seconds: 1_795_381_499)
        var digests: Set<UInt64> = []
        for name in ["Ann", "Bob"] {
            let number = try FaxNumber(parsing: "5550101")
            let recipient = Recipient(
                destination: Destination(canonical: number, dialled: number), name: try RecipientName(parsing: name),
                tag: nil, fields: [:])
            let target = scratch.path + "/cover.tiff"
            let made = try await sheet.page(for: recipient, documentPages: 1, to: target, now: now)
            #expect(made.map(\.resolution) == [.fine] && made.map(\.rows) == [2292])
            digests.insert(try TIFFFile.decode(target, page: 0).bits.digest)
        }
        #expect(digests.count == 2)
        #expect(try FileManager.default.contentsOfDirectory(atPath: scratch.path) == ["cover.tiff"])
    }

    @Test("The preview begins with the first recipient's cover page; without a recipient there is none")
    func preview() async throws {
        let config = try scratch.write(
            """
            spool: \(scratch.path)/spool
            sending: {trunk: t, station_id: "1", cover: \(Self.root)/Sources/FaxPages/Cover/cover.svg}
            """, to: "callfax.yaml")
        let document = try scratch.write(Data(SampleDocument.demonstration.pdf), to: "a.pdf")
        let bare = scratch.path + "/bare.tiff"
        #expect(await SendTool.exitCode(["--config", config, "--preview", bare, document]) == 0)
        let documentPages = try TIFFFile.preflight(bare).count
        for (arguments, more) in [(["-d", "5550101", "-c", "Hi"], 1), (["-d", "5550101", "-n"], 0)] {
            let target = scratch.path + "/preview.tiff"
            #expect(await SendTool.exitCode(["--config", config, "--preview", target] + arguments + [document]) == 0)
            let pages = try TIFFFile.preflight(target)
            #expect(pages.count == documentPages + more)
            // Below the header line, which has the time in it.
            let last = try TIFFFile.decode(target, page: pages.count - 1).bits
            let bareLast = try TIFFFile.decode(bare, page: documentPages - 1).bits
            #expect(last.bytes.dropFirst(22 * 216) == bareLast.bytes.dropFirst(22 * 216))
            let first = try TIFFFile.decode(target, page: 0).bits
            let bareFirst = try TIFFFile.decode(bare, page: 0).bits
            let isSame = first.bytes.dropFirst(22 * 216) == bareFirst.bytes.dropFirst(22 * 216)
            #expect(isSame == (more == 0))
        }
        let bad = try scratch.write("<svg>\n<text>${nobody}</text></svg>", to: "bad.svg")
        let refused = await SendTool.exitCode(
            ["--config", config, "--preview", scratch.path + "/x.tiff", "-d", "1", "-C", bad, document])
        #expect(refused == 78)
    }
}
