package import FaxModel

/// A small picture of a page for people who look at a message: half as many pixels as were sent, in four greys.
package enum PagePicture {
    /// A PNG with square pixels of 102 an inch. A page longer than 50 cm is shown as far as that.
    ///
    /// Fails when the TIFF can't be read; a damaged page is shown as far as its data goes.
    package static func png(ofFirstPage path: String) throws(FaxError) -> [UInt8] {
        let handle = try TIFFHandle(reading: path)
        let info = handle.info
        let page = try handle.decodePage().bits
        let lines = info.verticalResolution.flatMap { (20...5000).contains($0) ? $0 : nil } ?? 196
        let rowsOfEach = lines / (Double(Resolution.pixelsPerInch) / 2)
        let height = min(max(1, Int((Double(page.rows) / rowsOfEach).rounded(.up))), 2000)
        var png = PNGEncoder(width: page.bytesPerRow * 4, height: height, pixelsPerInch: 102, bits: 2)
        let length = page.bytesPerRow
        var row = [UInt8](repeating: 0, count: length)
        page.bytes.withUnsafeBufferPointer { bytes in
            var counts = [UInt32](repeating: 0, count: length)
            for y in 0..<height {
                let first = min(Int(Double(y) * rowsOfEach), page.rows - 1)
                // At most 30 rows in one, so that a count stays under a byte.
                let last = min(max(first + 1, Int(Double(y + 1) * rowsOfEach)), page.rows, first + 30)
                for column in 0..<length {
                    var count: UInt32 = 0
                    for source in first..<last { count += black[Int(bytes[source * length + column])] }
                    counts[column] = count
                }
                let full = UInt32((last - first) * 2)
                for column in 0..<length where counts[column] == 0 { row[column] = 0 }
                for column in 0..<length where counts[column] != 0 {
                    var byte: UInt8 = 0
                    for pixel in 0..<4 {
                        let count = counts[column] >> UInt32(24 - pixel * 8) & 0xFF
                        byte = byte << 2 | UInt8((count * 3 + full / 2) / full)
                    }
                    row[column] = byte
                }
                png.add(row: row[...])
            }
        }
        png.finish()
        return png.take()
    }
}

/// For each byte of eight pixels how many of each two are black, in four bytes.
private let black: [UInt32] = (0..<256).map { byte in
    (0..<4).reduce(UInt32(0)) { sum, pair in
        let bits = byte >> (6 - pair * 2) & 3
        return sum << 8 | UInt32(bits.nonzeroBitCount)
    }
}
