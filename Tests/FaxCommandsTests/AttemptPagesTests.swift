import FaxModel
import FaxPages
import FaxSettings
import FaxStore
import Foundation
import Testing

@testable import FaxCommands

@Suite("The pages of an attempt")
struct AttemptPagesTests {
    /// A document of five pages, each with a bar of its own height, and an attempt at what is left of it.
    private func withAttempt(first: Int, header: String?, _ body: (OpenCall, String) throws -> Void) throws {
        let directory = NSTemporaryDirectory() + "attempt-pages-" + UUID().uuidString
        try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: directory) }
        var writer = try FaxTIFFWriter(path: directory + "/document.tiff", totalPages: 5)
        for number in 1...5 {
            var page = PageBits(width: 1728, rows: 200)
            for index in 0..<number * 20 * page.bytesPerRow { page.bytes[index] = 0xFF }
            try writer.add(page, .fine)
        }
        _ = try writer.finish()
        let time = UnixTime(seconds: 1_700_000_000)
        let request = FaxRequest(
            owner: "ann", number: try FaxNumber(parsing: "5550101"), trunk: try TrunkName(parsing: "trunk"),
            stationID: try StationID(parsing: "+49 30 555"), header: try header.map(HeaderText.init(parsing:)),
            resolution: .fine, ecm: true, t38: true, rate: .r14400, template: "fax-outbound")
        let job = Job(
            id: 1, group: 1, request: request, document: directory + "/document.tiff", pages: 5, state: .calling,
            pagesDone: first, submitted: time, due: time, deadline: time.adding(seconds: 3600))
        let attempt = Attempt(
            id: AttemptID(job: 1, sequence: 2, random: 7), job: 1, sequence: 2, state: .claimed, firstPage: first,
            pages: 5 - first, claimed: time, longestCall: 600)
        try body(OpenCall([OpenAttempt(job: job, attempt: attempt)]), directory + "/attempt.tiff")
    }

    private func settings(_ line: String, zone: String = "Europe/Berlin") throws -> Settings {
        try Settings.parse(
            "{time_zone: \(zone), sending: {header_line: \(line)}}", file: "callfax.yaml", hostName: "h")
    }

    @Test("After a break the next call's first page is still page 3 of 5, and below the line it is page 3")
    func resumed() throws {
        try withAttempt(first: 2, header: "Büro Ω Ёж") { open, target in
            // 2026-11-22 21:04:59 UTC
            let now = UnixTime(seconds: 1_795_381_499)
            try AttemptPages(settings("own")).derive(open, to: target, now: now)
            let infos = try TIFFFile.preflight(target)
            #expect(infos.map(\.rows) == [200, 200, 200])
            for index in 0..<3 {
                let page = try TIFFFile.decode(target, page: index).bits
                let line = PageHeader(
                    left: "Büro Ω Ёж   +49 30 555   2026-11-22 22:04 +01:00", right: "Page \(index + 3) of 5")
                #expect(page.bytes.starts(with: line.band(at: .fine).bytes), "page \(index + 3)")
                let inked = (22..<200).filter { page.isBlack(x: 0, y: $0) }
                #expect(inked.count == (index + 3) * 20 - 22)
            }
        }
    }

    @Test("Where the line isn't ours the pages are the document's", arguments: ["none", "spandsp"])
    func untouched(line: String) throws {
        try withAttempt(first: 3, header: "Ltd") { open, target in
            try AttemptPages(settings(line)).derive(open, to: target, now: UnixTime(seconds: 1))
            for index in 0..<2 {
                let document = try TIFFFile.decode(open.job.document, page: index + 3).bits
                #expect(try TIFFFile.decode(target, page: index).bits == document)
            }
        }
    }

    @Test("Calls that transmit the same share one file, and no other call gets it")
    func shared() throws {
        func inode(_ path: String) throws -> Int {
            try #require(try FileManager.default.attributesOfItem(atPath: path)[.systemFileNumber] as? Int)
        }
        try withAttempt(first: 2, header: "Ltd") { open, target in
            let pages = AttemptPages(try settings("own"))
            let now = UnixTime(seconds: 1_700_000_000)
            let files = (1...5).map { "\(target)-\($0)" }
            try pages.derive(open, to: files[0], now: now)
            try pages.derive(open, to: files[1], now: now)
            #expect(try inode(files[0]) == inode(files[1]))
            // The first call may be over already.
            try FileManager.default.removeItem(atPath: files[0])
            try pages.derive(open, to: files[2], now: now)
            #expect(try TIFFFile.preflight(files[2]).count == 3)
            try pages.derive(open, to: files[3], now: now.adding(seconds: 60))
            #expect(try inode(files[3]) != inode(files[2]), "its line has another time")
            var lower = open
            lower.parts[0].attempt.asked = CallMode(t38: true, ecm: true, rate: .r14400, resolution: .standard)
            try pages.derive(lower, to: files[4], now: now.adding(seconds: 60))
            #expect(try TIFFFile.preflight(files[4]).map(\.rows) == [100, 100, 100])
        }
    }

    @Test("A name that spandsp can't draw is drawn by us, and one line is always enough")
    func fallback() throws {
        let name = try HeaderText(parsing: "Łódź")
        let pages = AttemptPages(try settings("spandsp"))
        #expect(pages.headers(name, nil, 0..<2, of: 2, now: UnixTime(seconds: 0)).count == 2)
        #expect(pages.headers(try HeaderText(parsing: "Lodz"), nil, 0..<2, of: 2, now: UnixTime(seconds: 0)).isEmpty)
    }

    @Test(
        "The time is the settings' zone's, on both sides of its change and of midnight",
        arguments: [
            ("Europe/Berlin", 1_792_889_940 as Int64, "2026-10-25 02:59 +02:00"),
            ("Europe/Berlin", 1_792_890_000, "2026-10-25 02:00 +01:00"),
            ("UTC", 1_792_890_000, "2026-10-25 01:00 UTC"), ("Asia/Kolkata", 1_792_868_400, "2026-10-25 00:30 +05:30"),
            ("America/St_Johns", 1_792_868_400, "2026-10-24 16:30 -02:30"),
        ])
    func times(zone: String, at: Int64, text: String) throws {
        let pages = AttemptPages(try settings("own", zone: zone))
        let station = try StationID(parsing: "123")
        let header = pages.headers(nil, station, 4..<5, of: 12, now: UnixTime(seconds: at)).first
        #expect(header == PageHeader(left: "123   \(text)", right: "Page 5 of 12"))
    }
}
