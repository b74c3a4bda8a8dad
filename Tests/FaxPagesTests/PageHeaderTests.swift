import FaxModel
import Testing

@testable import FaxPages

@Suite("A header line is drawn into the pages of an attempt")
struct PageHeaderTests {
    private static let header = PageHeader(left: "Müller & Söhne   +49 30 5550100", right: "Page 3 of 5")

    /// The rows below the band of a resolution.
    private func body(_ page: PageBits, _ resolution: Resolution) -> ArraySlice<UInt8> {
        page.bytes.dropFirst(PageHeader.rows(at: resolution) * page.bytesPerRow)
    }

    @Test(
        "Whatever the coding and the resolution, the band is the line and every other pixel stays",
        arguments: [FaxTIFFWriter.Coding.g3OneDimensional, .g3TwoDimensional, .g4], Resolution.allCases)
    func everyCoding(coding: FaxTIFFWriter.Coding, resolution: Resolution) throws {
        try withPlainScratch { scratch in
            let pages = (1...3).map { TestPages.page(UInt64($0), rows: 150 + Int($0)) }
            try TestPages.write(pages, to: scratch + "/a.tiff", resolution, coding)
            let headers = [2, 3].map { PageHeader(left: "Ωμέγα Щука", right: "Page \($0) of 3") }
            let infos = try TIFFFile.extract(
                pages: 1..<3, from: scratch + "/a.tiff", to: scratch + "/b.tiff", headers: headers)
            #expect(infos.map(\.rows) == [152, 153])
            #expect(
                infos.map(\.compression) == (try TIFFFile.inspect(scratch + "/a.tiff")).dropFirst().map(\.compression))
            #expect(infos.allSatisfy { $0.resolution == resolution })
            for (index, header) in headers.enumerated() {
                let (bits, complaint) = try TIFFFile.decode(scratch + "/b.tiff", page: index)
                #expect(complaint == nil)
                #expect(body(bits, resolution) == body(pages[index + 1], resolution))
                #expect(bits.bytes.starts(with: header.band(at: resolution).bytes))
            }
            #expect(try names(in: scratch).sorted() == ["a.tiff", "b.tiff"])
        }
    }

    @Test("Of our own pages the coded rows below the line are carried over byte by byte")
    func spliced() throws {
        try withPlainScratch { scratch in
            try TestPages.write([TestPages.page(4, rows: 2000)], to: scratch + "/a.tiff", .fine)
            _ = try TIFFFile.extract(
                pages: 0..<1, from: scratch + "/a.tiff", to: scratch + "/b.tiff", headers: [Self.header])
            let before = try TestPages.codedStrip(scratch + "/a.tiff", page: 0)
            let after = try TestPages.codedStrip(scratch + "/b.tiff", page: 0)
            #expect(after.suffix(before.count * 9 / 10) == before.suffix(before.count * 9 / 10))
            let text = String(decoding: try Tool.tiffinfo.run(scratch + "/b.tiff"), as: UTF8.self)
            #expect(text.contains("EOL padding") && text.contains("Image Length: 2000"))
        }
    }

    @Test("A page with the other order of bits keeps its pixels")
    func highestBitFirst() throws {
        try withPlainScratch { scratch in
            let page = TestPages.page(6, rows: 300)
            try TestPages.write([page], to: scratch + "/a.tiff", .fine)
            try Tool.tiffcp.run("-f", "msb2lsb", scratch + "/a.tiff", scratch + "/c.tiff")
            #expect(try TIFFFile.inspect(scratch + "/c.tiff").first?.isLowestBitFirst == false)
            _ = try TIFFFile.extract(
                pages: 0..<1, from: scratch + "/c.tiff", to: scratch + "/b.tiff", headers: [Self.header])
            #expect(body(try TIFFFile.decode(scratch + "/b.tiff", page: 0).bits, .fine) == body(page, .fine))
        }
    }

    @Test("A page that says 1 is white keeps what it shows, and the line is black on white")
    func minIsBlack() throws {
        try withPlainScratch { scratch in
            try TestPages.write([TestPages.page(6, rows: 300)], to: scratch + "/a.tiff", .fine)
            var file = try bytes(of: scratch + "/a.tiff")
            let tag: [UInt8] = [0x06, 0x01, 3, 0, 1, 0, 0, 0, 0, 0, 0, 0]
            let at = try #require(file.indices.first { file[$0...].starts(with: tag) })
            file[at + 8] = 1
            try write(file, to: scratch + "/c.tiff")
            let shown = try TIFFFile.decode(scratch + "/c.tiff", page: 0).bits
            _ = try TIFFFile.extract(
                pages: 0..<1, from: scratch + "/c.tiff", to: scratch + "/b.tiff", headers: [Self.header])
            let bits = try TIFFFile.decode(scratch + "/b.tiff", page: 0).bits
            #expect(body(bits, .fine) == body(shown, .fine))
            #expect(bits.bytes.starts(with: Self.header.band(at: .fine).bytes))
        }
    }

    @Test("A page lower than the line takes as much of it as there is room for", arguments: [1, 21, 22, 23])
    func lowPages(rows: Int) throws {
        try withPlainScratch { scratch in
            let page = TestPages.page(9, rows: rows)
            try TestPages.write([page], to: scratch + "/a.tiff", .fine)
            let infos = try TIFFFile.extract(
                pages: 0..<1, from: scratch + "/a.tiff", to: scratch + "/b.tiff", headers: [Self.header])
            #expect(infos.map(\.rows) == [rows])
            let bits = try TIFFFile.decode(scratch + "/b.tiff", page: 0).bits
            let kept = min(rows, 22) * bits.bytesPerRow
            #expect(bits.bytes.prefix(kept) == Self.header.band(at: .fine).bytes.prefix(kept))
            #expect(bits.bytes.dropFirst(kept) == page.bytes.dropFirst(kept))
        }
    }

    @Test("Damaged pages, too few pages and too few lines publish nothing")
    func refused() throws {
        try withPlainScratch { scratch in
            try TestPages.write([TestPages.page(1, rows: 900)], to: scratch + "/a.tiff", .fine)
            let target = scratch + "/b.tiff"
            for headers in [[Self.header], [Self.header, Self.header, Self.header]] {
                #expect(throws: FaxError.self) {
                    try TIFFFile.extract(pages: 0..<2, from: scratch + "/a.tiff", to: target, headers: headers)
                }
            }
            var damaged = try bytes(of: scratch + "/a.tiff")
            for index in 4000..<4200 { damaged[index] = 0xA5 }
            try write(damaged, to: scratch + "/a.tiff")
            #expect(throws: FaxError.self) {
                try TIFFFile.extract(pages: 0..<1, from: scratch + "/a.tiff", to: target, headers: [Self.header])
            }
            #expect(try names(in: scratch) == ["a.tiff"])
        }
    }

    /// Alphabets whose every letter has a picture: Western and Central European, Greek, Cyrillic.
    static let alphabets = [
        "The quick brown fox jumps over the lazy dog 0123456789 !\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~",
        "ÄÖÜäöüßẞàâæçéèêëîïôœùûüÿñ¿¡áíóúåøÅØðþý€£§°½", "ĄĆĘŁŃÓŚŹŻąćęłńóśźżčďěňřšťůžČĎĚŇŘŠŤŮŽőűŐŰșțȘȚăĂğışİĞ",
        "āēģīķļņūŽ ėįų õ ħġċż ŵŷ „“”‘’–—…«»№",
        "ΑΒΓΔΕΖΗΘΙΚΛΜΝΞΟΠΡΣΤΥΦΧΨΩαβγδεζηθικλμνξοπρσςτυφχψω ΆΈΉΊΌΎΏάέήίόύώϊϋΐΰ",
        "АБВГДЕЁЖЗИЙКЛМНОПРСТУФХЦЧШЩЪЫЬЭЮЯабвгдеёжзийклмнопрстуфхцчшщъыьэюя ҐґЄєІіЇї ЎўЈјЉљЊњЋћЂђЏџ",
    ]

    @Test("Each letter of Europe's alphabets has a picture, and no two have the same", arguments: alphabets)
    func letters(alphabet: String) {
        var seen: [[UInt16]: Character] = [:]
        for letter in Set(alphabet) {
            #expect(HeaderFont.has(letter), "\(letter)")
            let glyph = HeaderFont.glyph(letter)
            #expect(glyph.count == 20 && glyph.allSatisfy { $0 < 1024 })
            if letter != " " { #expect(glyph.contains { $0 != 0 }, "\(letter)") }
            #expect(seen.updateValue(letter, forKey: glyph) == nil, "\(letter)")
        }
    }

    @Test("Some letters look as they should")
    func pictures() {
        let rows = HeaderFont.glyph("ж").map { row in (0..<10).map { row >> (9 - $0) & 1 == 1 ? "#" : "." }.joined() }
        #expect(rows[8] == ".##.##.##." && rows[11] == "..######.." && rows[16] == "..........")
        #expect(HeaderFont.glyph("A") == HeaderFont.glyph("Α") && HeaderFont.glyph("A") == HeaderFont.glyph("А"))
        #expect(HeaderFont.glyph("Ä").prefix(3).contains { $0 != 0 } && HeaderFont.glyph("A")[0] == 0)
    }

    @Test("A letter written as two scalars is the same as one; what is unknown is one box")
    func composed() {
        #expect(HeaderFont.glyph("e\u{301}") == HeaderFont.glyph("é"))
        for letter: Character in ["漢", "😀", "א", "x\u{302}\u{302}"] {
            #expect(!HeaderFont.has(letter) && HeaderFont.glyph(letter) == HeaderFont.box)
        }
    }

    @Test("The line keeps clear of both edges, and a long name is cut before the page number is")
    func margins() {
        let page = PageHeader(left: String(repeating: "W", count: 400), right: "Page 65535 of 65535")
        let short = PageHeader(left: String(repeating: "W", count: 136) + "…", right: "Page 65535 of 65535")
        for resolution in Resolution.allCases {
            let band = page.band(at: resolution)
            #expect(band.rows == PageHeader.rows(at: resolution) && band.width == 1728)
            for row in 0..<band.rows {
                #expect(
                    band.row(row).prefix(9).allSatisfy { $0 == 0 } && band.row(row).suffix(9).allSatisfy { $0 == 0 })
            }
            #expect(band == short.band(at: resolution))
        }
        let only = PageHeader(left: "", right: String(repeating: "9", count: 500))
        #expect(only.band(at: .fine).rows == 22)
    }

    @Test("The received page is compared below the drawn line; a line that is missing, or another row, differs")
    func comparison() throws {
        try withPlainScratch { scratch in
            let page = TestPages.page(8, rows: 400)
            try TestPages.write([page], to: scratch + "/a.tiff", .fine)
            _ = try TIFFFile.extract(
                pages: 0..<1, from: scratch + "/a.tiff", to: scratch + "/b.tiff", headers: [Self.header])
            func compare(_ received: String) throws -> PageComparison.Page {
                try #require(
                    try PageComparison.compare(
                        sent: scratch + "/a.tiff", received: scratch + received, headerRows: .drawn
                    ).pages.first)
            }
            let same = try compare("/b.tiff")
            #expect(same.isIdentical && same.coveredRows == 22 && same.headerRows == 22)
            #expect(same.rowsSent == 400 && same.rowsReceived == 400)

            let sent = try TIFFFile.decode(scratch + "/b.tiff", page: 0).bits
            var one = sent
            one.bytes[30 * one.bytesPerRow] ^= 0x80
            var bare = page
            for index in 0..<22 * bare.bytesPerRow { bare.bytes[index] = 0 }
            let longer = PageBits(
                width: 1728, rows: 401, bytes: sent.bytes + [UInt8](repeating: 0, count: sent.bytesPerRow))
            for (index, wrong) in [one, bare, longer].enumerated() {
                try TestPages.write([wrong], to: scratch + "/c.tiff", .fine)
                #expect(try !compare("/c.tiff").isIdentical, "\(index)")
            }
        }
    }
}
