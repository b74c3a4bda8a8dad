package import FaxModel

/// The page that a probe sends: text of several sizes, fine lines and a grey wedge, drawn without fonts, renderers and
/// child processes, so that it comes out the same everywhere.
package struct TestPage: Hashable, Sendable {
    /// Lines at the top, each cut after 78 letters.
    package var lines: [String]

    package init(lines: [String]) { self.lines = lines }

    /// The page at a resolution; A4, 297 mm.
    package func bits(at resolution: Resolution) -> PageBits {
        var sheet = DrawnPage(rows: 2288)
        drawText(&sheet)
        drawLines(&sheet)
        drawWedge(&sheet)
        switch resolution {
        case .standard: return sheet.bits.reduced(from: .fine, to: .standard)
        case .fine: return sheet.bits
        case .superfine: return sheet.bits.raised(from: .fine, to: .superfine)
        }
    }

    /// Writes it as a fax of one page.
    package func write(to path: String, at resolution: Resolution) throws(FaxError) -> [PageInfo] {
        var writer = try FaxTIFFWriter(path: path, totalPages: 1)
        try writer.add(bits(at: resolution), resolution)
        return try writer.finish()
    }

    private static let left = 84
    private static let right = Resolution.pixelsPerLine - 84
    private static let sample = "The quick brown fox jumps over the lazy dog 0123456789"

    private func drawText(_ sheet: inout DrawnPage) {
        var y = 100
        for (index, line) in lines.enumerated() {
            sheet.write(index == 0 ? String(line.prefix(38)) : line, x: Self.left, y: y, scale: index == 0 ? 4 : 2)
            y += index == 0 ? 110 : 52
        }
        y = 520
        for scale in 1...5 {
            let letters = (Self.right - Self.left) / (HeaderFont.width * scale)
            sheet.write(String(Self.sample.prefix(letters)), x: Self.left, y: y, scale: scale)
            y += HeaderFont.height * scale + 24
        }
    }

    /// Upright and lying lines of one to four pixels with gaps as wide, and a fan of slanted ones.
    private func drawLines(_ sheet: inout DrawnPage) {
        let top = 1060
        for width in 1...4 {
            let x = Self.left + (width - 1) * 390
            for line in 0..<16 where line % 2 == 0 {
                sheet.fill(x: x + line * width, y: top, width: width, rows: 220)
                sheet.fill(x: x + 100, y: top + line * width, width: 240, rows: width)
            }
        }
        for step in 0...12 {
            for row in 0..<220 {
                let x = Self.left + row * step * 3 / 12 + step * 70
                sheet.fill(x: x, y: top + 280 + row, width: 3, rows: 1)
            }
        }
    }

    /// Eleven greys from white to black, in dots of a clustered screen, which survive a fax better than scattered ones.
    private func drawWedge(_ sheet: inout DrawnPage) {
        let (top, rows) = (1660, 72)
        let width = (Self.right - Self.left) / 11
        for step in 0...10 {
            let x = Self.left + step * width
            for y in 0..<rows {
                for column in 0..<width where Self.screen[y / 2 % 4][column / 2 % 4] < step * 16 / 10 {
                    sheet.fill(x: x + column, y: top + y, width: 1, rows: 1)
                }
            }
            sheet.write("\(step * 10)", x: x, y: top + rows + 12, scale: 1)
        }
        // A frame: what is cut off at the edges shows.
        for (x, y, wide, high) in [(40, 60, 1648, 4), (40, 2220, 1648, 4), (40, 60, 4, 2160), (1684, 60, 4, 2164)] {
            sheet.fill(x: x, y: y, width: wide, rows: high)
        }
    }

    /// In which order the cells of a dot turn black.
    private static let screen = [[12, 5, 6, 13], [4, 0, 1, 7], [11, 3, 2, 8], [15, 10, 9, 14]]
}

/// A page of 196 lines an inch that is drawn on.
private struct DrawnPage {
    private(set) var bits: PageBits

    init(rows: Int) { bits = PageBits(width: Resolution.pixelsPerLine, rows: rows) }

    mutating func fill(x: Int, y: Int, width: Int, rows: Int) {
        let columns = (x..<x + width).clamped(to: 0..<bits.width)
        for row in (y..<y + rows).clamped(to: 0..<bits.rows) {
            for column in columns {
                bits.bytes[row * bits.bytesPerRow + column / 8] |= 0x80 >> UInt8(column % 8)
            }
        }
    }

    mutating func write(_ text: String, x: Int, y: Int, scale: Int) {
        for (index, letter) in text.prefix(78).enumerated() {
            let left = x + index * HeaderFont.width * scale
            for (row, pixels) in HeaderFont.glyph(letter).enumerated() where pixels != 0 {
                for column in 0..<HeaderFont.width where pixels & (1 << UInt16(HeaderFont.width - 1 - column)) != 0 {
                    fill(x: left + column * scale, y: y + row * scale, width: scale, rows: scale)
                }
            }
        }
    }
}
