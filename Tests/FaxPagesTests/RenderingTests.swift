import FaxModel
import Foundation
import Testing

@testable import FaxPages

@Suite("Documents become fax pages")
struct RenderingTests {
    @Test(
        "Every paper at every resolution is 1728 wide and as high as the paper",
        arguments: [
            (PaperSize.a4, Resolution.standard, 1146), (.a4, .fine, 2292), (.a4, .superfine, 4572),
            (.letter, .standard, 1078), (.letter, .fine, 2156), (.letter, .superfine, 4301),
            (.legal, .standard, 1372), (.legal, .fine, 2744), (.legal, .superfine, 5474),
        ])
    func papers(paper: PaperSize, resolution: Resolution, rows: Int) async throws {
        try await withScratch { scratch in
            try SampleDocument(pages: [.init(paper, lines: ["One line"])]).write(to: scratch + "/a.pdf")
            let pages = try await PageRenderer().render(
                documents: [scratch + "/a.pdf"], settings: .init(resolution: resolution, paper: paper),
                to: scratch + "/a.tiff")
            #expect(pages.count == 1)
            #expect(pages.first?.width == 1728)
            #expect(pages.first?.rows == rows)
            #expect(pages.first?.resolution == resolution)
            #expect(pages.first?.compression == .g3OneDimensional)
            #expect(try TIFFFile.preflight(scratch + "/a.tiff") == pages)
        }
    }

    @Test("Several documents of mixed sizes and orientations become one fax in their order")
    func mixed() async throws {
        try await withScratch { scratch in
            let first: [SampleDocument.Page] = [
                .init(.a4, lines: ["1"]), .init(.a4, isLandscape: true, lines: ["2"]), .init(.letter, lines: ["3"]),
            ]
            let second: [SampleDocument.Page] = [
                .init(.legal, isLandscape: true, lines: ["4"]), .init(.a4, rotation: 90, lines: ["5"]),
                .init(width: 300, height: 200, lines: ["6"]), .init(width: 3000, height: 3000, lines: ["7"]),
            ]
            try SampleDocument(pages: first).write(to: scratch + "/a.pdf")
            try SampleDocument(pages: second).write(to: scratch + "/b.pdf")
            let seen = ProgressLog()
            let pages = try await PageRenderer().render(
                documents: [scratch + "/a.pdf", scratch + "/b.pdf"], settings: .init(), to: scratch + "/a.tiff"
            ) { seen.add($0, $1) }
            #expect(pages.count == 7)
            #expect(pages.allSatisfy { $0.width == 1728 && $0.rows == 2292 && $0.resolution == .fine })
            #expect(seen.calls == (0...7).map { [$0, 7] })
            for (index, document) in [first[0], first[2], second[0], second[2], second[3]].enumerated() {
                // Each page drawn alone is the same page.
                try SampleDocument(pages: [document]).write(to: scratch + "/one.pdf")
                _ = try await PageRenderer().render(
                    documents: [scratch + "/one.pdf"], settings: .init(), to: scratch + "/one.tiff")
                let alone = try TIFFFile.decode(scratch + "/one.tiff", page: 0).bits
                let inFax = try TIFFFile.decode(scratch + "/a.tiff", page: [0, 2, 3, 5, 6][index]).bits
                #expect(alone == inFax)
                #expect(alone.bytes.contains { $0 != 0 })
            }
        }
    }

    @Test("A landscape page is turned a quarter anticlockwise and keeps its size")
    func landscape() async throws {
        try await withScratch { scratch in
            // One black square of an inch, an inch from the left and from the top of an A4 page on its side.
            let page = squares(width: 842, height: 595, at: [(72, 595 - 144)])
            try write(page, to: scratch + "/a.pdf")
            _ = try await PageRenderer().render(
                documents: [scratch + "/a.pdf"], settings: .init(), to: scratch + "/a.tiff")
            let black = blackBox(try TIFFFile.decode(scratch + "/a.tiff", page: 0).bits)
            // 595 points are 1686 pixels, so 21 are left at the side; the top goes left, the left edge goes down.
            #expect(abs(black.left - (21 + 204)) <= 2)
            #expect(abs(black.right - black.left - 204) <= 2)
            #expect(abs(black.bottom - black.top - 196) <= 2)
            #expect(abs(black.bottom - (2292 - 196)) <= 3)
        }
    }

    @Test(
        "An inch is an inch in both directions at each resolution",
        arguments: [(Resolution.standard, 98), (.fine, 196), (.superfine, 391)])
    func pixelShape(resolution: Resolution, perInch: Int) async throws {
        try await withScratch { scratch in
            try write(squares(width: 595, height: 842, at: [(72, 842 - 144)]), to: scratch + "/a.pdf")
            _ = try await PageRenderer().render(
                documents: [scratch + "/a.pdf"], settings: .init(resolution: resolution), to: scratch + "/a.tiff")
            let black = blackBox(try TIFFFile.decode(scratch + "/a.tiff", page: 0).bits)
            #expect(abs(black.right - black.left - 204) <= 2)
            #expect(abs(black.bottom - black.top - perInch) <= 2)
            #expect(abs(black.top - perInch) <= 2)
            #expect(abs(black.left - (21 + 204)) <= 2)
        }
    }

    @Test("Letter is shrunk to 1728 pixels with nothing cut off")
    func letter() async throws {
        try await withScratch { scratch in
            try write(squares(width: 612, height: 792, at: [(0, 720), (540, 0)]), to: scratch + "/a.pdf")
            _ = try await PageRenderer().render(
                documents: [scratch + "/a.pdf"], settings: .init(paper: .letter), to: scratch + "/a.tiff")
            let black = blackBox(try TIFFFile.decode(scratch + "/a.tiff", page: 0).bits)
            #expect(black.left <= 1 && black.right >= 1727)
            #expect(black.top <= 1 && abs(black.bottom - 2148) <= 2)
        }
    }

    @Test("The same document makes the same bytes")
    func deterministic() async throws {
        try await withScratch { scratch in
            try SampleDocument.demonstration.write(to: scratch + "/a.pdf")
            for name in ["/a.tiff", "/b.tiff"] {
                _ = try await PageRenderer().render(
                    documents: [scratch + "/a.pdf"], settings: .init(), to: scratch + name)
            }
            #expect(try bytes(of: scratch + "/a.tiff") == bytes(of: scratch + "/b.tiff"))
            #expect(try TIFFFile.inspect(scratch + "/a.tiff").count == 2)
        }
    }

    @Test("A page count over the limit is refused before drawing, over all documents together")
    func tooMany() async throws {
        try await withScratch { scratch in
            let pages = (1...4).map { SampleDocument.Page(.a4, lines: ["\($0)"]) }
            try SampleDocument(pages: pages).write(to: scratch + "/a.pdf")
            let settings = RenderSettings(maxPages: 7)
            let error = await #expect(throws: FaxError.self) {
                try await PageRenderer().render(
                    documents: [scratch + "/a.pdf", scratch + "/a.pdf"], settings: settings, to: scratch + "/a.tiff")
            }
            #expect(error?.message.contains("has 4 pages, with the documents before it 8; at most 7") == true)
            let alone = await #expect(throws: FaxError.self) {
                try await PageRenderer().render(
                    documents: [scratch + "/a.pdf"], settings: .init(maxPages: 3), to: scratch + "/a.tiff")
            }
            #expect(alone?.message.contains("has 4 pages; at most 3") == true)
            #expect(try names(in: scratch) == ["a.pdf"])
        }
    }

    @Test("Many pages come out in order, and all of them")
    func manyPages() async throws {
        try await withScratch { scratch in
            let pages = (1...60).map { SampleDocument.Page(.a4, lines: ["page \($0)"]) }
            try SampleDocument(pages: pages).write(to: scratch + "/a.pdf")
            let done = try await PageRenderer().render(
                documents: [scratch + "/a.pdf"], settings: .init(resolution: .standard), to: scratch + "/a.tiff")
            #expect(done.count == 60)
            let digests = try (0..<60).map { try TIFFFile.decode(scratch + "/a.tiff", page: $0).bits.digest }
            #expect(Set(digests).count == 60)
        }
    }
}

/// A PDF page with black squares of an inch at the given places from the bottom left, in points.
func squares(width: Int, height: Int, at places: [(Int, Int)]) -> [UInt8] {
    var page = SampleDocument(
        pages: [.init(width: Double(width), height: Double(height), lines: [], isDecorated: false)])
    page.pages[0].extra = places.map { "\($0.0) \($0.1) 72 72 re f" }.joined(separator: " ")
    return page.pdf
}

/// The box that holds all black pixels; right and bottom are past the last one.
func blackBox(_ page: PageBits) -> (left: Int, top: Int, right: Int, bottom: Int) {
    var box = (left: page.width, top: page.rows, right: 0, bottom: 0)
    for y in 0..<page.rows {
        let row = page.row(y)
        guard row.contains(where: { $0 != 0 }) else { continue }
        box.top = min(box.top, y)
        box.bottom = y + 1
        for x in 0..<page.width where page.isBlack(x: x, y: y) {
            box.left = min(box.left, x)
            box.right = max(box.right, x + 1)
        }
    }
    return box
}
