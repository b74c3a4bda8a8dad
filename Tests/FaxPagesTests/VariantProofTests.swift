import FaxModel
import Foundation
import Testing

@testable import FaxPages

/// Every kind of TIFF that a receiver may leave: the images in the PDF, taken out by poppler and by mupdf, are the pixels
/// that libtiff decodes.
@Suite("Every received variant keeps its pixels")
struct VariantProofTests {
    /// What tiffcp is told, beside the compression.
    private static let layouts: [[String]] = [
        ["-f", "lsb2msb"], ["-f", "msb2lsb"], ["-f", "lsb2msb", "-r", "1"], ["-f", "msb2lsb", "-r", "7"],
        ["-f", "lsb2msb", "-r", "128"],
    ]
    private static let codings = ["g3:1d", "g3:1d:fill", "g3:2d", "g3:2d:fill", "g4"]
    private static let lengths = [1, 9, 300, 3000]

    /// In a short run each coding with each layout, at one resolution and length each; in a long one all with all.
    private static let cases: [(coding: String, layout: Int, resolution: Resolution, rows: Int)] = {
        let isLong = ProcessInfo.processInfo.environment["CALLFAX_LONG_PROOFS"] != nil
        var cases: [(coding: String, layout: Int, resolution: Resolution, rows: Int)] = []
        for (number, coding) in codings.enumerated() {
            for layout in layouts.indices {
                for (index, resolution) in Resolution.allCases.enumerated() {
                    for (place, rows) in lengths.enumerated() {
                        let isChosen = (number + layout + index) % 3 == 0 && (number + layout + place) % 4 == 0
                        // A strip of each row is what a long page takes too long for.
                        if layout == 2, rows > 300 { continue }
                        if isLong || isChosen { cases.append((coding, layout, resolution, rows)) }
                    }
                }
            }
        }
        return cases
    }()

    @Test("Coding, bit order, strips, resolution and length: nothing changes a pixel", arguments: cases.indices)
    func variants(_ index: Int) throws {
        let (coding, layout, resolution, rows) = Self.cases[index]
        try withPlainScratch { scratch in
            let pages = [TestPages.page(UInt64(index + 1), rows: rows), TestPages.page(UInt64(index + 99), rows: 40)]
            try TestPages.write(pages, to: scratch + "/a.tiff", resolution)
            try Tool.tiffcp.run(["-c", coding] + Self.layouts[layout] + [scratch + "/a.tiff", scratch + "/b.tiff"])
            for form in [FaxPDF.Options.Coding.received, .smallest] {
                var options = FaxPDF.Options()
                options.coding = form
                let result = try FaxPDF.write(
                    from: scratch + "/b.tiff", to: scratch + "/b.pdf", metadata: FaxPDFTests.metadata, options: options)
                #expect(result.pages == 2 && result.cutShort.isEmpty && result.missing.isEmpty)
                try expectImages(scratch + "/b.pdf", pages, scratch + "/\(form)")
            }
        }
    }

    @Test("Damaged lines are in the PDF as libtiff decodes them, whoever looks", arguments: 1...24)
    func damaged(seed: Int) throws {
        try withPlainScratch { scratch in
            let coding: FaxTIFFWriter.Coding = [.g3OneDimensional, .g3TwoDimensional, .g4][seed % 3]
            try TestPages.write([TestPages.page(UInt64(seed), rows: 300)], to: scratch + "/a.tiff", .fine, coding)
            var tiny = try TinyTIFF(from: scratch + "/a.tiff")
            // Bits turned here and there, as a bad line turns them.
            var state = UInt64(seed) &* 0x9E37_79B9_7F4A_7C15
            for _ in 0..<(1 + seed % 5) {
                state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
                tiny.strips[0][Int(state >> 33) % tiny.strips[0].count] ^= UInt8(1 << (state >> 20 & 7))
            }
            try write(tiny.bytes, to: scratch + "/b.tiff")
            let seen = try TIFFFile.decode(scratch + "/b.tiff", page: 0).bits
            _ = try FaxPDF.write(from: scratch + "/b.tiff", to: scratch + "/b.pdf", metadata: FaxPDFTests.metadata)
            try expectImages(scratch + "/b.pdf", [seen], scratch + "/out")
        }
    }

    @Test("A file cut at every 512th byte: each page as far as its data goes, and the rest is told")
    func cut() throws {
        try withPlainScratch { scratch in
            for coding in [FaxTIFFWriter.Coding.g3OneDimensional, .g3TwoDimensional, .g4] {
                try TestPages.write([TestPages.page(8, rows: 400)], to: scratch + "/a.tiff", .fine, coding)
                // The directory first: whatever is cut is the page's data.
                let tiny = try TinyTIFF(from: scratch + "/a.tiff")
                let whole = tiny.bytes
                for end in stride(from: 512, to: whole.count, by: 512) {
                    try write(Array(whole.prefix(end)), to: scratch + "/b.tiff")
                    let result = try FaxPDF.write(
                        from: scratch + "/b.tiff", to: scratch + "/b.pdf", metadata: FaxPDFTests.metadata)
                    #expect(result.cutShort == [1])
                    // What libtiff makes of a file that says itself how much there is.
                    var rest = tiny
                    rest.strips[0] = Array(tiny.strips[0].prefix(tiny.strips[0].count - (whole.count - end)))
                    try write(rest.bytes, to: scratch + "/c.tiff")
                    let seen = try TIFFFile.decode(scratch + "/c.tiff", page: 0).bits
                    try expectImages(scratch + "/b.pdf", [seen], scratch + "/\(coding)-\(end)")
                }
            }
        }
    }

    @Test("What spandsp wrote, cut at every 512th byte: a PDF of the pages that are there, or one line that says why")
    func cutReceived() throws {
        try withPlainScratch { scratch in
            try ReceivedFax.write(to: scratch + "/a.tiff")
            let whole = try bytes(of: scratch + "/a.tiff")
            for end in stride(from: 0, to: whole.count, by: 512) {
                try write(Array(whole.prefix(end)), to: scratch + "/b.tiff")
                do {
                    let result = try FaxPDF.write(
                        from: scratch + "/b.tiff", to: scratch + "/b.pdf", metadata: FaxPDFTests.metadata)
                    #expect(result.pages + result.missing.count == 2)
                    try expectImages(
                        scratch + "/b.pdf",
                        (0..<result.pages).map { try TIFFFile.decode(scratch + "/a.tiff", page: $0).bits },
                        scratch + "/\(end)")
                } catch let error as FaxError {
                    #expect([.data, .noInput].contains(error.code), "\(error)")
                }
            }
        }
    }

    private func expectImages(_ pdf: String, _ pages: [PageBits], _ scratch: String) throws {
        try Tool.qpdf.run("--check", pdf)
        try FileManager.default.createDirectory(atPath: scratch, withIntermediateDirectories: true)
        for (index, page) in pages.enumerated() {
            try Tool.pdfimages.run("-f", "\(index + 1)", "-l", "\(index + 1)", pdf, scratch + "/p\(index)")
            let parts = try names(in: scratch).filter { $0.hasPrefix("p\(index)-") }.sorted {
                $0.count == $1.count ? $0 < $1 : $0.count < $1.count
            }
            let images = try parts.map { try #require(TestPages.bitmap(try bytes(of: scratch + "/" + $0))) }
            #expect(Self.stacked(images) == page, "poppler, page \(index + 1)")
        }
        let extracted = scratch + "/mupdf"
        try FileManager.default.createDirectory(atPath: extracted, withIntermediateDirectories: true)
        try Tool.mutool.run("extract", pdf, in: extracted)
        // Numbered by object, and objects are in the order of the pages.
        let images = try names(in: extracted).filter { $0.hasSuffix(".png") }.sorted().map { name in
            try #require(GreyImage(try Tool.pngtopnm.run(extracted + "/" + name)))
        }
        #expect(
            Self.stacked(images.map(\.bits))?.bytes == Self.stacked(pages)?.bytes,
            "mupdf: \(images.count) images")
    }

    private static func stacked(_ parts: [PageBits]) -> PageBits? {
        parts.first.map { first in
            PageBits(width: first.width, rows: parts.reduce(0) { $0 + $1.rows }, bytes: parts.flatMap(\.bytes))
        }
    }
}

/// A P5 greymap of black and white, as bits.
private struct GreyImage {
    let bits: PageBits

    init?(_ bytes: [UInt8]) {
        let head = String(decoding: bytes.prefix(64), as: UTF8.self)
        if head.hasPrefix("P4") {
            guard let page = TestPages.bitmap(bytes) else { return nil }
            bits = page
            return
        }
        guard let match = head.prefixMatch(of: /P5\s+(\d+)\s+(\d+)\s+255\s/), let width = Int(match.1),
            let rows = Int(match.2)
        else { return nil }
        let pixels = Array(bytes.dropFirst(head[match.range].utf8.count))
        guard pixels.count == width * rows else { return nil }
        var page = PageBits(width: width, rows: rows)
        for y in 0..<rows {
            for x in 0..<width where pixels[y * width + x] < 128 {
                page.bytes[y * page.bytesPerRow + x / 8] |= 0x80 >> UInt8(x % 8)
            }
        }
        bits = page
    }
}
