import FaxModel
import Testing

@testable import FaxPages

@Suite("The pages of an attempt come from several documents, at the resolution that the far end has")
struct AssembleTests {
    private func headers(_ range: Range<Int>, of total: Int) -> [PageHeader] {
        range.map { PageHeader(left: "Büro", right: "Page \($0 + 1) of \(total)") }
    }

    /// What merging must give, pixel by pixel.
    private func merged(_ page: PageBits, by factor: Int) -> PageBits {
        var out = PageBits(width: page.width, rows: (page.rows + factor - 1) / factor)
        for y in 0..<page.rows {
            for x in 0..<page.width where page.isBlack(x: x, y: y) {
                out.bytes[y / factor * out.bytesPerRow + x / 8] |= 0x80 >> UInt8(x % 8)
            }
        }
        return out
    }

    @Test(
        "Three parts, each counted in its own document, at each resolution and in each coding",
        arguments: [Resolution.superfine, .fine, .standard],
        [FaxTIFFWriter.Coding.g3OneDimensional, .g3TwoDimensional, .g4])
    func threeParts(resolution: Resolution, coding: FaxTIFFWriter.Coding) throws {
        try withPlainScratch { scratch in
            let factor = [Resolution.superfine: 1, .fine: 2, .standard: 4][resolution] ?? 0
            let ranges = [1..<3, 0..<1, 0..<2]
            let totals = [4, 1, 2]
            var parts: [AttemptPart] = []
            var expected: [(page: PageBits, header: PageHeader)] = []
            for (index, range) in ranges.enumerated() {
                let path = scratch + "/\(index).tiff"
                // 401 to 404 rows: what is left over at the end of a page must not get lost.
                let pages = (0..<totals[index]).map { TestPages.page(UInt64(10 * index + $0 + 1), rows: 401 + $0) }
                try TestPages.write(pages, to: path, .superfine, coding)
                let lines = headers(range, of: totals[index])
                parts.append(AttemptPart(document: path, pages: range, headers: lines))
                expected += zip(range, lines).map { (merged(pages[$0], by: factor), $1) }
            }
            let target = scratch + "/attempt.tiff"
            let infos = try TIFFFile.assemble(parts, to: target, resolution: resolution)
            #expect(infos.map(\.rows) == expected.map(\.page.rows))
            #expect(infos.allSatisfy { $0.resolution == resolution })
            let before = try #require(try TIFFFile.inspect(scratch + "/0.tiff").first)
            #expect(infos.allSatisfy { $0.compression == before.compression })
            #expect(try TIFFFile.preflight(target) == infos)
            for (index, (page, header)) in expected.enumerated() {
                let (bits, complaint) = try TIFFFile.decode(target, page: index)
                let band = header.band(at: resolution)
                #expect(complaint == nil)
                #expect(bits.bytes.starts(with: band.bytes), "the line of page \(index + 1)")
                #expect(bits.bytes.dropFirst(band.bytes.count) == page.bytes.dropFirst(band.bytes.count))
            }
            let told = String(decoding: try Tool.tiffinfo.run("-D", target), as: UTF8.self)
            let numbers = told.split(separator: "\n").filter { $0.contains("Page Number") }
            #expect(numbers.count == 5)
            for (index, line) in numbers.enumerated() { #expect(line.hasSuffix("Page Number: \(index)-5")) }
            try Tool.tiffcp.run("-c", "none", target, scratch + "/plain.tiff")
            #expect(try names(in: scratch).sorted() == ["0.tiff", "1.tiff", "2.tiff", "attempt.tiff", "plain.tiff"])
        }
    }

    @Test("From superfine to fine to standard is the same as from superfine to standard")
    func steps() throws {
        try withPlainScratch { scratch in
            try TestPages.write([TestPages.page(3, rows: 4571)], to: scratch + "/a.tiff", .superfine)
            var rows: [Int] = []
            for (from, to, resolution) in [
                ("a", "b", Resolution.fine), ("b", "c", .standard), ("a", "d", .standard),
            ] {
                let part = AttemptPart(document: scratch + "/\(from).tiff", pages: 0..<1)
                rows += try TIFFFile.assemble([part], to: scratch + "/\(to).tiff", resolution: resolution).map(\.rows)
            }
            #expect(rows == [2286, 1143, 1143])
            #expect(try bytes(of: scratch + "/c.tiff") == bytes(of: scratch + "/d.tiff"))
        }
    }

    @Test("Pages that need no change are copied byte by byte, also beside one that does; none is made finer")
    func unchanged() throws {
        try withPlainScratch { scratch in
            try TestPages.write([TestPages.page(1, rows: 300)], to: scratch + "/standard.tiff", .standard, .g4)
            try TestPages.write([TestPages.page(2, rows: 300)], to: scratch + "/fine.tiff", .fine)
            try TestPages.write([TestPages.page(3, rows: 300)], to: scratch + "/superfine.tiff", .superfine)
            let target = scratch + "/attempt.tiff"
            let parts = ["standard", "superfine", "fine"].map {
                AttemptPart(document: scratch + "/\($0).tiff", pages: 0..<1)
            }
            let infos = try TIFFFile.assemble(parts, to: target, resolution: .fine)
            #expect(infos.map(\.rows) == [300, 150, 300])
            #expect(infos.map(\.resolution) == [.standard, .fine, .fine])
            for (index, name) in [(0, "standard"), (2, "fine")] {
                let coded = try TestPages.codedStrip(scratch + "/\(name).tiff", page: 0)
                #expect(try TestPages.codedStrip(target, page: index) == coded, "\(name)")
            }
        }
    }

    @Test("Some parts have headers and some have none; the same document can come twice")
    func mixed() throws {
        try withPlainScratch { scratch in
            let pages = (1...3).map { TestPages.page(UInt64($0), rows: 150) }
            let path = scratch + "/a.tiff"
            try TestPages.write(pages, to: path, .fine)
            let line = PageHeader(left: "Büro", right: "Page 1 of 3")
            _ = try TIFFFile.assemble(
                [
                    AttemptPart(document: path, pages: 2..<3),
                    AttemptPart(document: path, pages: 0..<1, headers: [line]),
                ], to: scratch + "/b.tiff")
            #expect(try TIFFFile.decode(scratch + "/b.tiff", page: 0).bits == pages[2])
            let second = try TIFFFile.decode(scratch + "/b.tiff", page: 1).bits
            #expect(second.bytes.starts(with: line.band(at: .fine).bytes))
            #expect(second.row(100) == pages[0].row(100))
        }
    }

    @Test("A page that says 1 is white keeps its colours when its lines are merged")
    func minIsBlack() throws {
        try withPlainScratch { scratch in
            try TestPages.write([TestPages.page(6, rows: 300)], to: scratch + "/a.tiff", .superfine)
            var tiny = try TinyTIFF(from: scratch + "/a.tiff")
            tiny.isMinIsBlack = true
            try write(tiny.bytes, to: scratch + "/c.tiff")
            let shown = try TIFFFile.decode(scratch + "/c.tiff", page: 0).bits
            let part = AttemptPart(document: scratch + "/c.tiff", pages: 0..<1)
            let infos = try TIFFFile.assemble([part], to: scratch + "/b.tiff", resolution: .fine)
            #expect(infos.map(\.isMinIsBlack) == [false])
            #expect(try TIFFFile.decode(scratch + "/b.tiff", page: 0).bits == merged(shown, by: 2))
        }
    }

    enum Refusal: String, CaseIterable {
        case beyond, before, empty, noParts, missing, lines, damaged, otherCoding

        var line: String {
            switch self {
            case .beyond: "/a.tiff\" has 2 pages, there is no page 3"
            case .before, .empty: "/a.tiff\": no pages are left to take"
            case .noParts: "a TIFF holds 1 to 65535 pages, not 0"
            case .missing: "can't read \""
            case .lines: "/a.tiff\": 1 header lines for 2 pages"
            case .damaged: "/a.tiff\": page 1 is damaged"
            case .otherCoding: "/a.tiff\": page 1 has compression 5, not T.4 or T.6"
            }
        }
    }

    @Test("A part that can't be had is one clear line, and nothing is published", arguments: Refusal.allCases)
    func refused(_ kind: Refusal) throws {
        try withPlainScratch { scratch in
            let path = scratch + "/a.tiff"
            try TestPages.write([1, 2].map { TestPages.page($0, rows: 900) }, to: path, .superfine)
            var part = AttemptPart(document: path, pages: 0..<2)
            switch kind {
            case .beyond: part.pages = 1..<3
            case .before: part.pages = -1..<1
            case .empty: part.pages = 1..<1
            case .noParts: break
            case .missing: part.document = scratch + "/none.tiff"
            case .lines: part.headers = headers(0..<1, of: 2)
            case .damaged:
                var damaged = try bytes(of: path)
                for index in 4000..<4200 { damaged[index] = 0xA5 }
                try write(damaged, to: path)
            case .otherCoding:
                try Tool.tiffcp.run("-c", "lzw", path, scratch + "/lzw.tiff")
                try write(try bytes(of: scratch + "/lzw.tiff"), to: path)
            }
            let before = try names(in: scratch).sorted()
            let good = AttemptPart(document: path, pages: 1..<2)
            let parts = kind == .noParts ? [] : kind == .damaged || kind == .otherCoding ? [part] : [good, part]
            let error = #expect(throws: FaxError.self) {
                try TIFFFile.assemble(parts, to: scratch + "/b.tiff", resolution: .fine)
            }
            #expect(error?.message.contains(kind.line) == true, "\(error?.message ?? "")")
            #expect(error?.message.contains("\n") == false)
            #expect(try names(in: scratch).sorted() == before)
        }
    }
}
