package import FaxModel

/// A picture of exactly the pixels that will be sent, or that came.
package enum PagePreview {
    /// Writes a PNG of a TIFF's pages, one below the other, with square pixels of 204 an inch.
    ///
    /// `first` counts from 0; `maxPages` bounds the picture, which many viewers open whole. Returns the number of pages shown. Fails when the
    /// TIFF can't be read; a damaged page is shown as far as its data goes.
    package static func writePNG(
        _ tiff: String, to target: String, from first: Int = 0, maxPages: Int = 20
    ) throws(FaxError) -> Int {
        let pages = Array(try TIFFFile.inspect(tiff).dropFirst(first).prefix(max(1, maxPages)))
        let width = pages.map(\.width).max() ?? 0
        let height = pages.reduce(0) { $0 + squareRows($1) }
        guard width > 0, height > 0, width <= 20_000, height <= 2_000_000 else {
            throw FaxError(.data, "\(quoted(tiff)): \(width) x \(height) pixels are no fax to be shown")
        }
        let handle = try TIFFHandle(reading: tiff)
        let file = try TemporaryFile(for: target)
        var png = try PNGFile(file, width: width, height: height, pixelsPerInch: Resolution.pixelsPerInch)
        let bytesPerRow = (width + 7) / 8
        for _ in 0..<first { _ = try handle.nextPage() }
        for (index, page) in pages.enumerated() {
            if index > 0, try !handle.nextPage() { throw FaxError(.data, "\(quoted(tiff)) changed while it was read") }
            let bits = try handle.decodePage().bits
            let rows = squareRows(page)
            for y in 0..<rows {
                var row = bits.row(y * bits.rows / rows)
                if row.count < bytesPerRow { row += [UInt8](repeating: 0, count: bytesPerRow - row.count) }
                try png.add(row: row)
            }
        }
        try png.finish()
        try file.publish()
        return pages.count
    }

    /// Rows that make the page's pixels square.
    private static func squareRows(_ page: PageInfo) -> Int {
        let across = page.horizontalResolution ?? Double(Resolution.pixelsPerInch)
        let down = page.verticalResolution ?? Double(Resolution.fine.linesPerInch)
        let rows = (Double(page.rows) * across / down).rounded()
        return rows.isFinite && rows < 1e7 ? max(1, Int(rows)) : page.rows
    }
}
