import FaxModel
import Foundation
import Testing

@testable import FaxPages

@Suite("A received TIFF becomes a PDF without drawing it again")
struct FaxPDFTests {
    static let metadata = FaxPDF.Metadata(
        title: "Fax from +49 30 (1234)\\5", subject: "3 pages", author: "Büro Köln ☎", creator: "fax",
        created: UnixTime(seconds: 1_709_251_199), utcOffset: -12_600)

    /// Every pixel of every page, as qpdf, Poppler and Ghostscript see the PDF, is libtiff's.
    private func prove(_ tiff: String, _ pdf: String, _ scratch: String) throws {
        try Tool.qpdf.run("--check", pdf)
        for (index, info) in try TIFFFile.inspect(tiff).enumerated() {
            let page = try TIFFFile.decode(tiff, page: index).bits
            let lines = String(
                decoding: try Tool.pdfinfo.run("-f", "\(index + 1)", "-l", "\(index + 1)", pdf), as: UTF8.self)
            let size = lines.split(separator: "\n").first { $0.contains("size:") }?.split(separator: " ")
            let words = try #require(size)
            let width = try #require(Double(words[3]))
            let height = try #require(Double(words[5]))
            #expect(abs(width - 1728 / 204 * 72) < 0.05)
            #expect(abs(height - Double(page.rows) / (info.verticalResolution ?? 196) * 72) < 0.05)

            let down = Int((info.verticalResolution ?? 196).rounded())
            try Tool.ghostscript.run(
                "-q", "-dSAFER", "-dBATCH", "-dNOPAUSE", "-sDEVICE=pbmraw", "-r204x\(down)", "-dFirstPage=\(index + 1)",
                "-dLastPage=\(index + 1)", "-sOutputFile=\(scratch)/gs.pbm", pdf)
            #expect(TestPages.bitmap(try bytes(of: scratch + "/gs.pbm")) == page, "Ghostscript, page \(index + 1)")
            try Tool.pdftoppm.run(
                "-mono", "-rx", "204", "-ry", "\(down)", "-f", "\(index + 1)", "-singlefile", pdf, scratch + "/poppler")
            #expect(TestPages.bitmap(try bytes(of: scratch + "/poppler.pbm")) == page, "Poppler, page \(index + 1)")
        }
    }

    /// The images themselves, out of the PDF, stacked.
    private func images(_ pdf: String, page: Int, _ scratch: String) throws -> PageBits {
        let directory = scratch + "/images-\(page)"
        try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
        try Tool.pdfimages.run("-f", "\(page)", "-l", "\(page)", pdf, directory + "/i")
        let parts = try names(in: directory).sorted().map { name in
            try #require(TestPages.bitmap(try bytes(of: directory + "/" + name)))
        }
        return PageBits(width: 1728, rows: parts.reduce(0) { $0 + $1.rows }, bytes: parts.flatMap(\.bytes))
    }

    @Test("What spandsp received is wrapped as it is, and every reader sees its pixels")
    func spandsp() throws {
        try withPlainScratch { scratch in
            try ReceivedFax.write(to: scratch + "/a.tiff")
            let result = try FaxPDF.write(from: scratch + "/a.tiff", to: scratch + "/a.pdf", metadata: Self.metadata)
            #expect(result == FaxPDF.Result(pages: 2, cutShort: [], damaged: [], missing: [:]))
            try prove(scratch + "/a.tiff", scratch + "/a.pdf", scratch)
            let coded = try TestPages.codedStrip(scratch + "/a.tiff", page: 1).map(Self.mirrored)
            #expect(Data(try bytes(of: scratch + "/a.pdf")).range(of: Data(coded)) != nil)
        }
    }

    @Test(
        "Each coding at each resolution is wrapped right",
        arguments: [FaxTIFFWriter.Coding.g3OneDimensional, .g3TwoDimensional, .g4], Resolution.allCases)
    func codings(coding: FaxTIFFWriter.Coding, resolution: Resolution) throws {
        try withPlainScratch { scratch in
            let pages = (1...2).map { TestPages.page(UInt64($0), rows: 240) }
            try TestPages.write(pages, to: scratch + "/a.tiff", resolution, coding)
            let result = try FaxPDF.write(from: scratch + "/a.tiff", to: scratch + "/a.pdf", metadata: Self.metadata)
            #expect(result == FaxPDF.Result(pages: 2, cutShort: [], damaged: [], missing: [:]))
            try prove(scratch + "/a.tiff", scratch + "/a.pdf", scratch)
            #expect(try images(scratch + "/a.pdf", page: 2, scratch) == pages[1])
        }
    }

    @Test(
        "What other programs write is taken too: several strips, no fill, highest bit first, other compressions",
        arguments: [
            ["-c", "g3:1d", "-r", "100"], ["-c", "g3:1d:fill", "-f", "msb2lsb", "-r", "64"],
            ["-c", "g3:2d", "-r", "77"],
            ["-c", "g3:2d:fill", "-r", "240"], ["-c", "g4", "-r", "60", "-f", "lsb2msb"], ["-c", "lzw", "-r", "8"],
            ["-c", "none", "-r", "1"], ["-c", "packbits"],
        ])
    func foreign(options: [String]) throws {
        try withPlainScratch { scratch in
            let page = TestPages.page(3, rows: 240)
            try TestPages.write([page], to: scratch + "/a.tiff", .fine)
            try Tool.tiffcp.run(options + [scratch + "/a.tiff", scratch + "/b.tiff"])
            let result = try FaxPDF.write(from: scratch + "/b.tiff", to: scratch + "/b.pdf", metadata: Self.metadata)
            #expect(result == FaxPDF.Result(pages: 1, cutShort: [], damaged: [], missing: [:]))
            try prove(scratch + "/b.tiff", scratch + "/b.pdf", scratch)
            #expect(try images(scratch + "/b.pdf", page: 1, scratch) == page)
        }
    }

    @Test("A file in which 1 is white comes out with the right colours")
    func polarity() throws {
        try withPlainScratch { scratch in
            try TestPages.write([TestPages.page(3, rows: 240)], to: scratch + "/a.tiff", .fine)
            var tiny = try TinyTIFF(from: scratch + "/a.tiff")
            tiny.isMinIsBlack = true
            try write(tiny.bytes, to: scratch + "/b.tiff")
            _ = try FaxPDF.write(from: scratch + "/b.tiff", to: scratch + "/b.pdf", metadata: Self.metadata)
            try prove(scratch + "/b.tiff", scratch + "/b.pdf", scratch)
        }
    }

    @Test("The metadata can be read back, in any letters, and equal input makes equal bytes")
    func metadata() throws {
        try withPlainScratch { scratch in
            try ReceivedFax.write(to: scratch + "/a.tiff")
            for name in ["/a.pdf", "/b.pdf"] {
                _ = try FaxPDF.write(from: scratch + "/a.tiff", to: scratch + name, metadata: Self.metadata)
            }
            #expect(try bytes(of: scratch + "/a.pdf") == bytes(of: scratch + "/b.pdf"))
            let text = String(
                decoding: try Tool.pdfinfo.run("-rawdates", "-enc", "UTF-8", scratch + "/a.pdf"), as: UTF8.self)
            let fields = Dictionary(
                text.split(separator: "\n").map { line in
                    let parts = line.split(separator: ":", maxSplits: 1)
                    return (String(parts[0]), parts.count > 1 ? parts[1].trimmingCharacters(in: .whitespaces) : "")
                }, uniquingKeysWith: { first, _ in first })
            #expect(fields["Title"] == Self.metadata.title)
            #expect(fields["Subject"] == "3 pages")
            #expect(fields["Author"] == "Büro Köln ☎")
            #expect(fields["Creator"] == "fax")
            #expect(fields["Producer"] == "Callfax")
            // 2024-02-29T23:59:59Z, three and a half hours behind UTC.
            #expect(fields["CreationDate"] == "D:20240229202959-03'30'")
            #expect(fields["ModDate"] == fields["CreationDate"])
            #expect(try names(in: scratch).sorted() == ["a.pdf", "a.tiff", "b.pdf"])
        }
    }

    @Test("A hostile title stays text")
    func hostile() throws {
        try withPlainScratch { scratch in
            try ReceivedFax.write(to: scratch + "/a.tiff")
            var metadata = Self.metadata
            metadata.title = ") >> endobj\n1 0 obj << /Type /Catalog >> endobj\0\r\\"
            _ = try FaxPDF.write(from: scratch + "/a.tiff", to: scratch + "/a.pdf", metadata: metadata)
            try Tool.qpdf.run("--check", scratch + "/a.pdf")
            try prove(scratch + "/a.tiff", scratch + "/a.pdf", scratch)
        }
    }

    @Test("A page whose data is cut short is kept as far as it goes, and is reported")
    func cutShort() throws {
        try withPlainScratch { scratch in
            try TestPages.write([TestPages.page(1, rows: 600)], to: scratch + "/a.tiff", .fine)
            let tiny = try TinyTIFF(from: scratch + "/a.tiff").bytes
            try write(Array(tiny.dropLast(tiny.count / 2)), to: scratch + "/b.tiff")
            let result = try FaxPDF.write(from: scratch + "/b.tiff", to: scratch + "/b.pdf", metadata: Self.metadata)
            #expect(result == FaxPDF.Result(pages: 1, cutShort: [1], damaged: [], missing: [:]))
            try Tool.qpdf.run("--check", scratch + "/b.pdf")
            let seen = try images(scratch + "/b.pdf", page: 1, scratch)
            let whole = try TIFFFile.decode(scratch + "/a.tiff", page: 0).bits
            #expect(seen.bytes.prefix(216 * 200) == whole.bytes.prefix(216 * 200))
        }
    }

    @Test("A page that can't be opened costs only itself, and a broken chain only what follows")
    func damaged() throws {
        try withPlainScratch { scratch in
            let pages = (1...3).map { TestPages.page(UInt64($0)) }
            try TestPages.write(pages, to: scratch + "/a.tiff", .fine)
            let whole = try bytes(of: scratch + "/a.tiff")
            // Page 2 says that it has 8 bits a pixel.
            var wrong = whole
            let second = try directories(whole)[1]
            try change(&wrong, directory: second, tag: 258, to: 8)
            try write(wrong, to: scratch + "/b.tiff")
            let result = try FaxPDF.write(from: scratch + "/b.tiff", to: scratch + "/b.pdf", metadata: Self.metadata)
            #expect(result.pages == 2)
            #expect(Array(result.missing.keys) == [2])
            try Tool.qpdf.run("--check", scratch + "/b.pdf")
            #expect(try images(scratch + "/b.pdf", page: 2, scratch) == pages[2])

            // The third directory is cut off with the end of the file.
            try write(Array(whole.prefix(try directories(whole)[2] + 20)), to: scratch + "/c.tiff")
            let cut = try FaxPDF.write(from: scratch + "/c.tiff", to: scratch + "/c.pdf", metadata: Self.metadata)
            #expect(cut.pages == 2)
            #expect(Array(cut.missing.keys) == [3])
            try Tool.qpdf.run("--check", scratch + "/c.pdf")
        }
    }

    @Test("A resolution that no fax has is not believed", arguments: [(1, 1), (0, 0), (204, 4_000_000_000)])
    func nonsense(resolution: (UInt32, UInt32)) throws {
        try withPlainScratch { scratch in
            try TestPages.write([TestPages.page(1, rows: 600)], to: scratch + "/a.tiff", .fine)
            var tiny = try TinyTIFF(from: scratch + "/a.tiff")
            tiny.resolution = resolution
            try write(tiny.bytes, to: scratch + "/b.tiff")
            _ = try FaxPDF.write(from: scratch + "/b.tiff", to: scratch + "/b.pdf", metadata: Self.metadata)
            let text = String(decoding: try bytes(of: scratch + "/b.pdf"), as: UTF8.self)
            #expect(text.contains("/MediaBox [0 0 609.8823 220.4081]"))
        }
    }

    @Test("Without one page that can be had there is no PDF, but a line that says why")
    func nothing() throws {
        try withPlainScratch { scratch in
            try write(Array("not a TIFF".utf8), to: scratch + "/a.tiff")
            let error = #expect(throws: FaxError.self) {
                try FaxPDF.write(from: scratch + "/a.tiff", to: scratch + "/a.pdf", metadata: Self.metadata)
            }
            #expect(error?.message.contains("is not a readable TIFF") == true)
            try TestPages.write([TestPages.page(1)], to: scratch + "/b.tiff", .fine)
            try Tool.tiffcp.run("-t", "-w", "256", "-l", "256", "-c", "g4", scratch + "/b.tiff", scratch + "/c.tiff")
            let tiled = #expect(throws: FaxError.self) {
                try FaxPDF.write(from: scratch + "/c.tiff", to: scratch + "/a.pdf", metadata: Self.metadata)
            }
            #expect(tiled?.message.contains("tiled") == true)
            #expect(try names(in: scratch).sorted() == ["a.tiff", "b.tiff", "c.tiff"])
        }
    }

    @Test(
        "A page larger than any fax is refused before there is memory for it",
        arguments: [(20_000, 100_000), (20_001, 1)])
    func tooLarge(width: UInt32, rows: UInt32) throws {
        try withPlainScratch { scratch in
            try TestPages.write([TestPages.page(1, rows: 10)], to: scratch + "/a.tiff", .fine)
            var tiny = try TinyTIFF(from: scratch + "/a.tiff")
            (tiny.width, tiny.rows, tiny.rowsPerStrip) = (width, rows, rows)
            try write(tiny.bytes, to: scratch + "/b.tiff")
            let error = #expect(throws: FaxError.self) {
                try FaxPDF.write(from: scratch + "/b.tiff", to: scratch + "/b.pdf", metadata: Self.metadata)
            }
            #expect(error?.message.contains("\(width) x \(rows) pixels, which is no fax page") == true)
        }
    }

    private static func mirrored(_ byte: UInt8) -> UInt8 {
        var mirror: UInt8 = 0
        for bit in 0..<8 where byte & 1 << UInt8(bit) != 0 { mirror |= 0x80 >> UInt8(bit) }
        return mirror
    }

    /// Where the directories of a little-endian TIFF begin.
    private func directories(_ tiff: [UInt8]) throws -> [Int] {
        var places: [Int] = []
        var next = number(tiff, 4, 4)
        while next != 0 {
            places.append(next)
            next = number(tiff, next + 2 + 12 * number(tiff, next, 2), 4)
        }
        return places
    }

    private func change(_ tiff: inout [UInt8], directory: Int, tag: Int, to value: UInt8) throws {
        let entry = (0..<number(tiff, directory, 2)).map { directory + 2 + 12 * $0 }.first {
            number(tiff, $0, 2) == tag
        }
        tiff[try #require(entry) + 8] = value
    }

    private func number(_ bytes: [UInt8], _ place: Int, _ count: Int) -> Int {
        (0..<count).reduce(0) { $0 | Int(bytes[place + $1]) << (8 * $1) }
    }
}
