package import FaxModel

/// The line at the top of one page: a text that begins at the left margin, another that ends at the right one.
package struct PageHeader: Hashable, Sendable {
    /// Cut short with "…" where both don't fit: together they have 156 letters.
    package var left: String
    package var right: String

    package init(left: String, right: String) {
        self.left = left
        self.right = right
    }

    /// Rows from the top edge that the line takes, 2.8 mm: what the page has there is covered.
    package static func rows(at resolution: Resolution) -> Int {
        switch resolution {
        case .standard: 11
        case .fine: 22
        case .superfine: 44
        }
    }

    /// The line as it is drawn, all across the page.
    package func band(at resolution: Resolution) -> PageBits {
        let letters = line
        let width = Resolution.pixelsPerLine
        // A white row above and one below: 22 rows at 196 lines an inch.
        var fine = PageBits(width: width, rows: HeaderFont.height + 2)
        for (column, letter) in letters.enumerated() {
            let x = Self.margin + column * HeaderFont.width
            for (row, pixels) in HeaderFont.glyph(letter).enumerated() where pixels != 0 {
                let shifted = UInt32(pixels) << UInt32(24 - HeaderFont.width - x % 8)
                let start = (row + 1) * fine.bytesPerRow + x / 8
                for byte in 0..<3 { fine.bytes[start + byte] |= UInt8(truncatingIfNeeded: shifted >> (16 - 8 * byte)) }
            }
        }
        switch resolution {
        case .standard: return fine.reduced(from: .fine, to: .standard)
        case .fine: return fine
        case .superfine: return fine.raised(from: .fine, to: .superfine)
        }
    }

    private var line: [Character] {
        let right = Array(self.right.prefix(Self.letters))
        var left = Array(self.left)
        let room = max(0, Self.letters - right.count - 2)
        if left.count > room { left = Array(left.prefix(max(0, room - 1)) + ["…"]) }
        return left + [Character](repeating: " ", count: Self.letters - left.count - right.count) + right
    }

    /// 9 mm: of 215 mm, 196.6 are sure to be printed on A4 (T.4's guaranteed reproducible area).
    private static let margin = 72
    private static let letters = (Resolution.pixelsPerLine - 2 * margin) / HeaderFont.width
}
