package import FaxModel
import Glibc

/// Grey to black and white, the same for the same page on every run.
///
/// Where neighbouring pixels differ much there is an edge, and a threshold keeps text and lines crisp. Where they
/// don't, a grey is a tone, and a clustered ordered dither keeps it: its dots survive scanning and print, and the runs
/// between them cost T.4 a fraction of what error diffusion's scattered pixels do.
package struct Binarizer: Sendable {
    /// At an edge, a grey under this is black; above the middle, so that hairlines drawn half grey stay.
    private static let threshold: UInt8 = 160
    /// Neighbours that differ by at least this make an edge.
    private static let contrast: UInt8 = 80

    private let cellRows: Int
    /// For each pixel of the cell, the grey below which it is black.
    private let screen: [UInt8]

    /// A screen of 8 pixels across and as high as that is at the resolution, so that its dots are about round.
    package init(_ resolution: Resolution) {
        cellRows =
            switch resolution {
            case .standard: 4
            case .fine: 8
            case .superfine: 16
            }
        screen = Self.screen(rows: cellRows)
    }

    /// Two dots in a cell, diagonally, which makes a screen of 45 degrees; they grow from their centres.
    private static func screen(rows: Int) -> [UInt8] {
        let count = Self.cellWidth * rows
        // Rounded to thousandths before sorting, so that the last bits of a cosine can't reorder equal places.
        let depth = (0..<count).map { index in
            let x = (Double(index % Self.cellWidth) + 0.5) / Double(Self.cellWidth)
            let y = (Double(index / Self.cellWidth) + 0.5) / Double(rows)
            return Int((1000 * (cos(2 * .pi * (x + y)) + cos(2 * .pi * (x - y)))).rounded())
        }
        var screen = [UInt8](repeating: 0, count: count)
        for (rank, index) in (0..<count).sorted(by: { (-depth[$0], $0) < (-depth[$1], $1) }).enumerated() {
            // The middle of the rank's share, so that nearly white stays white.
            screen[index] = UInt8(255 - 255 * (2 * rank + 1) / (2 * count))
        }
        return screen
    }

    /// The page in black and white.
    package func bits(of page: GreyPage) -> PageBits {
        let width = page.width
        var bits = PageBits(width: width, rows: page.rows)
        let bytesPerRow = bits.bytesPerRow
        page.pixels.withUnsafeBytes { grey in
            screen.withUnsafeBufferPointer { screen in
                bits.bytes.withUnsafeMutableBytes { out in
                    for y in 0..<page.rows {
                        var x = 0
                        while x < width {
                            let count = min(8, width - x)
                            out[y * bytesPerRow + x / 8] = octet(grey, screen, x, y, count, width, page.rows)
                            x += 8
                        }
                    }
                }
            }
        }
        return bits
    }

    /// Up to 8 pixels of a row. Most of a page is pure white, some is pure black: neither needs its neighbours.
    private func octet(
        _ grey: UnsafeRawBufferPointer, _ screen: UnsafeBufferPointer<UInt8>,
        _ x: Int, _ y: Int, _ count: Int, _ width: Int, _ rows: Int
    ) -> UInt8 {
        let start = y * width + x
        if count == 8 {
            let word = grey.loadUnaligned(fromByteOffset: start, as: UInt64.self)
            if word == .max { return 0 }
            if word == 0 { return 0xFF }
        }
        var octet: UInt8 = 0
        for offset in 0..<count {
            let value = grey[start + offset]
            if value == 255 { continue }
            let column = x + offset
            let limit =
                value == 0 || isEdge(grey, column, y, width, rows)
                ? Self.threshold : screen[y % cellRows * Self.cellWidth + column % Self.cellWidth]
            if value < limit { octet |= 0x80 >> UInt8(offset) }
        }
        return octet
    }

    /// Whether the pixel and its eight neighbours differ enough.
    private func isEdge(_ grey: UnsafeRawBufferPointer, _ x: Int, _ y: Int, _ width: Int, _ rows: Int) -> Bool {
        var darkest: UInt8 = 255
        var lightest: UInt8 = 0
        for row in max(0, y - 1)...min(rows - 1, y + 1) {
            for column in max(0, x - 1)...min(width - 1, x + 1) {
                let value = grey[row * width + column]
                darkest = min(darkest, value)
                lightest = max(lightest, value)
            }
        }
        return lightest - darkest >= Self.contrast
    }

    private static let cellWidth = 8
}
