/// One fax page in grey, 1728 pixels wide: 0 is black, 255 white.
package struct GreyPage: Sendable {
    package let width: Int
    package let rows: Int
    package var pixels: [UInt8]
    /// Rows that were laid white, as most of a page of text are; of the others nobody has looked.
    private(set) var knownWhite: [Bool]

    /// A white page.
    package init(width: Int, rows: Int) {
        self.width = width
        self.rows = rows
        pixels = [UInt8](repeating: 255, count: width * rows)
        knownWhite = [Bool](repeating: false, count: rows)
    }

    /// Lays row `y` of a drawn page where it belongs; what falls off the page is cut.
    mutating func place(row y: Int, of drawn: UnsafeRawBufferPointer, by fit: PageFit) {
        if !fit.isTurned, y < rows {
            let isWhite = Octets.areWhite(drawn)
            // It may lie over another page's row.
            if isWhite, knownWhite[y] { return }
            knownWhite[y] = isWhite
        }
        pixels.withUnsafeMutableBytes { page in
            if !fit.isTurned {
                let count = min(drawn.count, width - fit.left)
                guard y < rows, count > 0, let from = drawn.baseAddress else { return }
                page.baseAddress?.advanced(by: y * width + fit.left).copyMemory(from: from, byteCount: count)
            } else {
                let x = fit.left + y
                guard x < width else { return }
                // The drawn page's right edge becomes the top edge.
                var target = x
                var source = drawn.count - 1
                for _ in 0..<min(drawn.count, rows) {
                    page[target] = drawn[source]
                    target += width
                    source -= 1
                }
            }
        }
    }

    /// Where a page that goes on can be cut: below the lowest row of the last sixth that has nothing on it, in the middle
    /// of such rows; at its end where there is none.
    var bestCut: Int {
        var end = rows
        while end > rows * 5 / 6, !isEmpty(row: end - 1) { end -= 1 }
        guard end > rows * 5 / 6 else { return rows }
        var start = end
        while start > rows * 5 / 6, isEmpty(row: start - 1) { start -= 1 }
        return (start + end + 1) / 2
    }

    /// Takes the rows from `row` on away, and returns them as the beginning of another page.
    mutating func cut(at row: Int) -> GreyPage {
        var rest = GreyPage(width: width, rows: rows)
        let count = (rows - row) * width
        rest.pixels.replaceSubrange(0..<count, with: pixels[(row * width)...])
        pixels.replaceSubrange((row * width)..., with: repeatElement(255, count: count))
        knownWhite = [Bool](repeating: false, count: rows)
        return rest
    }

    private func isEmpty(row: Int) -> Bool { pixels[row * width..<(row + 1) * width].allSatisfy { $0 >= 240 } }
}
