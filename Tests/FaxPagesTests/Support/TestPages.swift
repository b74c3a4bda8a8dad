import FaxModel

@testable import FaxPages

/// Pages with something of everything in them: blank rows, long runs, single pixels, all black.
enum TestPages {
    static func page(_ seed: UInt64, width: Int = 1728, rows: Int = 200) -> PageBits {
        var page = PageBits(width: width, rows: rows)
        var state = seed &* 2_654_435_761 &+ 88_172_645_463_325_252
        func next() -> UInt64 {
            state ^= state << 13
            state ^= state >> 7
            state ^= state << 17
            return state
        }
        var y = 3
        while y < rows {
            let kind = next() % 5
            for row in y..<min(rows, y + Int(next() % 7) + 1) where kind > 0 {
                var x = kind == 1 ? 0 : Int(next() % 60)
                while x < width {
                    let length = kind == 1 ? width : kind == 2 ? 1 : Int(next() % 90) + 1
                    for column in x..<min(width, x + length) {
                        page.bytes[row * page.bytesPerRow + column / 8] |= 0x80 >> UInt8(column % 8)
                    }
                    x += length + Int(next() % 300) + 1
                }
            }
            y += 9
        }
        return page
    }

    /// A page on which every pixel is by chance what it is, but each third row is much like the one above it.
    static func noise(width: Int, rows: Int) -> PageBits {
        var page = PageBits(width: width, rows: rows)
        let bytesPerRow = page.bytesPerRow
        for index in page.bytes.indices {
            let y = index / bytesPerRow
            page.bytes[index] =
                y % 3 == 2 ? page.bytes[index - bytesPerRow] ^ (index % 5 == 0 ? 0x40 : 0) : .random(in: 0...255)
            let unused = bytesPerRow * 8 - width
            if index % bytesPerRow == bytesPerRow - 1 { page.bytes[index] &= 0xFF << UInt8(unused) }
        }
        return page
    }

    /// Writes pages as one TIFF.
    static func write(
        _ pages: [PageBits], to path: String, _ resolution: Resolution,
        _ coding: FaxTIFFWriter.Coding = .g3OneDimensional
    ) throws {
        var writer = try FaxTIFFWriter(path: path, totalPages: pages.count)
        for page in pages { try writer.add(page, resolution, coding) }
        _ = try writer.finish()
    }

    /// The coded bytes of a page of one strip, pages counted from 0.
    static func codedStrip(_ path: String, page: Int) throws -> [UInt8] {
        let handle = try TIFFHandle(reading: path)
        for _ in 0..<page { _ = try handle.nextPage() }
        return handle.codedStrip(0).bytes
    }

    /// A P4 bitmap (1 is black there too) as pdfimages and pngtopnm write it.
    static func bitmap(_ bytes: [UInt8]) -> PageBits? {
        var words: [Int] = []
        var position = 2
        guard bytes.starts(with: Array("P4".utf8)) else { return nil }
        while words.count < 2 {
            while position < bytes.count, bytes[position] <= 0x20 { position += 1 }
            if position < bytes.count, bytes[position] == UInt8(ascii: "#") {
                while position < bytes.count, bytes[position] != 0x0A { position += 1 }
                continue
            }
            var number = 0
            while position < bytes.count, bytes[position] > 0x20 {
                number = number * 10 + Int(bytes[position] - 48)
                position += 1
            }
            words.append(number)
        }
        let pixels = Array(bytes[(position + 1)...])
        guard pixels.count == (words[0] + 7) / 8 * words[1] else { return nil }
        return PageBits(width: words[0], rows: words[1], bytes: pixels)
    }
}
