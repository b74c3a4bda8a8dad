import FaxModel
import Foundation
import Testing

@testable import FaxPages

@Suite("Pages become the bits of T.4 and T.6")
struct PageCoderTests {
    private static let codings: [FaxTIFFWriter.Coding] = [.g3OneDimensional, .g3TwoDimensional, .g4]

    /// Rows that have every length of run, changes near those of the row above and far from them, and none at all.
    static func page(width: Int = 1728) -> PageBits {
        var page = PageBits(width: width, rows: 800)
        var numbers = SystemNumbers()
        for y in 0..<page.rows {
            var x = 0
            var isBlack = y % 3 == 0
            while x < width {
                let run =
                    switch y % 6 {
                    case 0: width
                    case 1: y
                    case 2: 1 + numbers.below(5)
                    case 3: 1 + numbers.below(200)
                    case 4: 60 + numbers.below(70)
                    default: 1 + numbers.below(1728)
                    }
                if isBlack { for place in x..<min(width, x + run) { page.set(place, y) } }
                x += max(1, run)
                isBlack.toggle()
            }
            // Every other row is like the one above it but for a shift of up to four pixels.
            if y % 7 == 6 { page.copyRow(y - 1, to: y, shiftedBy: numbers.below(9) - 4) }
        }
        return page
    }

    @Test("libtiff decodes every coding to the pixels that were coded", arguments: codings)
    func decoded(coding: FaxTIFFWriter.Coding) async throws {
        try await withScratch { scratch in
            let page = Self.page()
            var writer = try FaxTIFFWriter(path: scratch + "/a.tiff", totalPages: 1)
            try writer.add(page, .fine, coding)
            _ = try writer.finish()
            #expect(try TIFFFile.decode(scratch + "/a.tiff", page: 0).bits == page)
        }
    }

    @Test("Our decoder gives the coded pixels back, of pages of any width", arguments: [1728, 1729, 2432, 9, 1])
    func lines(width: Int) {
        for page in [Self.page(width: width), TestPages.noise(width: width, rows: 300)] {
            let strip = PageCoder(.g3OneDimensional, .fine).code(page)
            #expect(LineDecoder.page(strip, width: width, rows: page.rows) == page)
        }
    }

    @Test("A strip with a bit changed, cut short or lengthened isn't taken for the page")
    func damagedLines() {
        let page = TestPages.page(5)
        let strip = PageCoder(.g3OneDimensional, .fine).code(page)
        func isTaken(_ strip: [UInt8], rows: Int = page.rows, width: Int = 1728) -> Bool {
            LineDecoder.page(strip, width: width, rows: rows) == page
        }
        #expect(isTaken(strip))
        for bit in Array(stride(from: 0, to: strip.count * 8, by: 97)) + Array((strip.count - 2) * 8..<strip.count * 8)
        {
            var damaged = strip
            damaged[bit / 8] ^= 1 << UInt8(bit % 8)
            #expect(!isTaken(damaged), "bit \(bit)")
        }
        for count in stride(from: 0, to: strip.count, by: 101) { #expect(!isTaken(Array(strip[..<count]))) }
        #expect(!isTaken(strip + [0]) && !isTaken(strip, width: 1727))
        #expect(LineDecoder.page(strip, width: 1728, rows: page.rows + 1) == nil)
        #expect(LineDecoder.page(strip, width: 1728, rows: page.rows - 1) == nil)
    }

    @Test("The bytes are those of libtiff's own coder", arguments: codings)
    func sameBytes(coding: FaxTIFFWriter.Coding) async throws {
        try await withScratch { scratch in
            let page = Self.page()
            var writer = try FaxTIFFWriter(path: scratch + "/a.tiff", totalPages: 1)
            try writer.add(page, .fine, coding)
            _ = try writer.finish()
            let options =
                switch coding {
                case .g3OneDimensional: "g3:1d:fill"
                case .g3TwoDimensional: "g3:2d:fill"
                case .g4: "g4"
                }
            try Tool.tiffcp.run(
                "-c", options, "-r", "800", "-f", "lsb2msb", scratch + "/a.tiff", scratch + "/b.tiff")
            let theirs = try TIFFHandle(reading: scratch + "/b.tiff").codedStrip(0).bytes
            let ours = PageCoder(coding, .fine).code(page)
            // tiffcp writes the end of a T.4 page (RTC), which a TIFF/F page doesn't need.
            #expect(theirs.starts(with: ours))
            #expect(coding == .g4 ? theirs.count == ours.count : theirs.count - ours.count <= 12)
        }
    }

    @Test("A page with fill is as long on the line as one without it says, or longer")
    func lineBits() {
        let page = Self.page()
        for coding in Self.codings {
            let coder = PageCoder(coding, .fine)
            let (line, file) = (coder.lineBits(page), coder.code(page).count * 8)
            #expect(line <= file && file <= line + page.rows * 8 + 8)
        }
        #expect(PageCoder(.g4, .fine).lineBits(PageBits(width: 1728, rows: 100)) == 100 + 24)
        #expect(PageCoder(.g3OneDimensional, .fine).lineBits(PageBits(width: 1728, rows: 100)) == 100 * (12 + 9 + 8))
    }

    /// The same numbers on every run.
    private struct SystemNumbers {
        private var state: UInt64 = 7

        mutating func below(_ limit: Int) -> Int {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int(state >> 33) % limit
        }
    }
}

extension PageBits {
    fileprivate mutating func set(_ x: Int, _ y: Int) { bytes[y * bytesPerRow + x / 8] |= 0x80 >> UInt8(x % 8) }

    fileprivate mutating func copyRow(_ source: Int, to target: Int, shiftedBy shift: Int) {
        for byte in 0..<bytesPerRow { bytes[target * bytesPerRow + byte] = 0 }
        for x in 0..<width where x - shift >= 0 && x - shift < width && isBlack(x: x - shift, y: source) {
            set(x, target)
        }
    }
}
