import FaxModel
import FaxPages
import Foundation
import Testing

@testable import FaxRig

/// Documents of every kind, from `fax-send` on one Asterisk to the archive of the other. All at once, on numbers of their own.
@Suite(.onTheRig) struct DocumentArrivalTests {
    struct Case: Sendable, CustomTestStringConvertible {
        let name: String
        var options: [String] = ["-l"]
        /// Writes it into a directory and returns its path.
        let make: @Sendable (String) async throws -> String

        var testDescription: String { name }
    }

    private static func pdf(_ name: String, _ options: [String] = ["-l"], _ pages: SampleDocument.Page...) -> Case {
        Case(name: name, options: options) { directory in
            try SampleDocument(pages: pages).write(to: directory + "/a.pdf")
            return directory + "/a.pdf"
        }
    }

    private static func file(_ name: String, _ options: [String] = ["-l"], _ bytes: @escaping @Sendable () -> [UInt8])
        -> Case
    {
        Case(name: name, options: options) { directory in
            try Data(bytes()).write(to: URL(fileURLWithPath: directory + "/a"))
            return directory + "/a"
        }
    }

    /// Netpbm makes another format of a picture of circles on a grey ground.
    private static func picture(_ program: String, _ options: [String] = ["-l"]) -> Case {
        Case(name: program, options: options) { directory in
            var bytes = Array("P5 600 500 255\n".utf8)
            for y in -250..<250 { for x in -300..<300 { bytes.append((x * x + y * y) % 9000 < 900 ? 20 : 225) } }
            try Data(bytes).write(to: URL(fileURLWithPath: directory + "/a.pgm"))
            return try await made(directory + "/a", program, [directory + "/a.pgm"])
        }
    }

    /// A TIFF of a fax, coded as libtiff does.
    private static func fax(_ coding: String..., options: [String]) -> Case {
        Case(name: "fax " + coding.joined(separator: " "), options: options) { directory in
            let pdf = directory + "/a.pdf"
            try SampleDocument(pages: [.init(.a4, lines: ["A fax from elsewhere"])]).write(to: pdf)
            let plain = directory + "/plain.tiff"
            _ = try await made(
                directory + "/nothing", "gs",
                [
                    "-q", "-dNOPAUSE", "-dBATCH", "-sDEVICE=tiffg4", "-r204x\(options == ["-l"] ? 98 : 196)",
                    "-dFIXEDMEDIA", "-g1728x\(options == ["-l"] ? 1146 : 2292)", "-sOutputFile=" + plain, pdf,
                ])
            _ = try await made(directory + "/nothing", "tiffcp", coding + [plain, directory + "/a.tiff"])
            return directory + "/a.tiff"
        }
    }

    private static func made(_ target: String, _ program: String, _ arguments: [String]) async throws -> String {
        let result = try await Command(["/usr/bin/" + program] + arguments).run().checked("make a document")
        try Data(result.output).write(to: URL(fileURLWithPath: target))
        return target
    }

    private static let tall: SampleDocument.Page = {
        var page = SampleDocument.Page(width: 595, height: 2500, lines: (1...60).map { "Line \($0)" })
        page.isDecorated = false
        return page
    }()

    private static let black: SampleDocument.Page = {
        var page = SampleDocument.Page(.a4, lines: [])
        page.extra = "0 g 50 50 400 300 re f "
        return page
    }()

    static let cases: [Case] = [
        pdf("letter", ["-m"], .init(.a4, lines: ["Dear Sir or Madam,"])),
        pdf("landscape and legal", ["-l"], .init(.a4, isLandscape: true, lines: ["1"]), .init(.legal, lines: ["2"])),
        pdf("superfine", ["-G"], .init(.letter, lines: ["fine print"])),
        pdf("a till's roll", ["-l"], tall), pdf("a long page, scaled", ["-l", "--long-pages", "scale"], tall),
        pdf("black areas, thinned", ["-l", "--thin-black"], black),
        pdf(
            "blank pages left out", ["-l", "--skip-blank"],
            .init(width: 595, height: 842, lines: [], isDecorated: false), black),
        pdf("a photograph's quality", ["-l", "--quality", "photo"], black),
        file("PostScript") {
            Array("%!PS\n/Helvetica findfont 30 scalefont setfont 100 600 moveto (Dear Sir) show showpage\n".utf8)
        },
        file("PostScript, grey", ["-m"]) { Array("%!PS\n0.6 setgray 100 100 300 300 rectfill showpage\n".utf8) },
        file("text", ["-m"]) { Array("Sehr geehrte Damen und Herren,\nviele Grüße\n".utf8) },
        file("text from right to left") { Array("שלום עולם\n".utf8) },
        file("text of some pages") { Array((1...150).map { "Строка \($0)\n" }.joined().utf8) },
        picture("pnmtopng"), picture("pnmtojpeg", ["-m"]), picture("pnmtotiff"), picture("ppmtobmp"),
        fax("-c", "g3:1d", options: ["-m"]), fax("-c", "g3:2d", "-f", "lsb2msb", options: ["-l"]),
        fax("-c", "g4", "-f", "msb2lsb", options: ["-m"]), fax("-c", "g4", "-r", "16", options: ["-l"]),
    ]

    @Test("What arrives is what the preview showed, whatever the document was", arguments: Array(cases.enumerated()))
    func arrival(_ number: Int, _ document: Case) async throws {
        let rig = try await TestRigs.shared.rig("documents") { options in
            options.settings[.a] = ["sending": ["lines": 30]]
        }
        let bench = try Workbench()
        let handed = try FileHandover(rig: rig, side: .a).copy(try await document.make(bench.path))
        let directory = String(handed[..<(handed.lastIndex(of: "/") ?? handed.startIndex)])
        chmod(directory, 0o777)
        let round = FaxRound(rig: rig, number: "\(5_550_700 + number)")
        let preview = directory + "/preview.tiff"
        _ = try await round.tool(.a, "fax-send", document.options + ["--preview", preview, handed])
        let report = try await round.run([handed], options: document.options)
        #expect(report.state == .delivered, "\(report.result)")
        let received = try #require(report.files).received
        let comparison = try PageComparison.compare(sent: preview, received: received, headerRows: .exactly(0))
        let header = PageHeader.rows(at: try #require(try TIFFFile.inspect(received).first?.resolution))
        #expect(comparison.pagesSent == comparison.pagesReceived)
        var hasInk = false
        for index in 0..<comparison.pagesSent {
            let (shown, came) = (
                try TIFFFile.decode(preview, page: index).bits, try TIFFFile.decode(received, page: index).bits
            )
            #expect(shown.rows == came.rows)
            // Below the header line, which tells the time.
            #expect(shown.bytes.dropFirst(header * 216) == came.bytes.dropFirst(header * 216), "page \(index + 1)")
            hasInk = hasInk || shown.bytes.dropFirst(header * 216).contains { $0 != 0 }
        }
        #expect(hasInk)
    }
}
