package import FaxModel

/// A small picture of a page for people who look at a message: half as many pixels as were sent, in four greys.
package enum PagePicture {
    /// A PNG with square pixels of 102 an inch. A page longer than 50 cm is shown as far as that.
    ///
    /// Fails when the TIFF can't be read; a damaged page is shown as far as its data goes.
    package static func png(ofFirstPage path: String) throws(FaxError) -> [UInt8] {
        let handle = try TIFFHandle(reading: path)
        return png(of: try handle.decodePage().bits, handle.info)
    }

    /// The same of a page that was decoded already.
    package static func png(of page: PageBits, _ info: PageInfo) -> [UInt8] {
        let lines = info.verticalResolution.flatMap { (20...5000).contains($0) ? $0 : nil } ?? 196
        let rowsOfEach = lines / (Double(Resolution.pixelsPerInch) / 2)
        let height = min(max(1, Int((Double(page.rows) / rowsOfEach).rounded(.up))), 2000)
        let length = page.bytesPerRow
        var png = PNGEncoder(width: length * 4, height: height, pixelsPerInch: 102, bits: 2)
        var row = [UInt8](repeating: 0, count: length)
        page.bytes.withUnsafeBufferPointer { bytes in
            for y in 0..<height {
                let first = min(Int(Double(y) * rowsOfEach), page.rows - 1)
                // At most 30 rows in one, so that a count stays under a byte.
                let last = min(max(first + 1, Int(Double(y + 1) * rowsOfEach)), page.rows, first + 30)
                let rows = UnsafeBufferPointer(rebasing: bytes[first * length..<last * length])
                if last - first <= 2 { grey(rows, into: &row) } else { grey(rows, last - first, into: &row) }
                png.add(row: row[...])
            }
        }
        png.finish()
        return png.take()
    }

    /// Of one row or two, as nearly every fax has them.
    private static func grey(_ rows: UnsafeBufferPointer<UInt8>, into row: inout [UInt8]) {
        let second = rows.count - row.count
        ofTwoRows.withUnsafeBufferPointer { greys in
            for column in row.indices { row[column] = greys[Int(rows[column]) << 8 | Int(rows[second + column])] }
        }
    }

    private static func grey(_ rows: UnsafeBufferPointer<UInt8>, _ count: Int, into row: inout [UInt8]) {
        let length = row.count
        for column in 0..<length {
            var sum: UInt32 = 0
            for source in 0..<count { sum += black[Int(rows[source * length + column])] }
            row[column] = sum == 0 ? 0 : greys(sum, of: UInt32(count * 2))
        }
    }

    /// Four pixels of two bits, for how many of each two columns are black in some rows.
    private static func greys(_ counts: UInt32, of full: UInt32) -> UInt8 {
        var byte: UInt8 = 0
        for pixel in 0..<4 {
            let count = counts >> UInt32(24 - pixel * 8) & 0xFF
            byte = byte << 2 | UInt8((count * 3 + full / 2) / full)
        }
        return byte
    }

    /// For each byte of eight pixels how many of each two are black, in four bytes.
    private static let black: [UInt32] = (0..<256).map { (byte: Int) -> UInt32 in
        (0..<4).reduce(UInt32(0)) { (sum: UInt32, pair: Int) -> UInt32 in
            let two = byte >> (6 - pair * 2) & 3
            return sum << 8 | UInt32(two.nonzeroBitCount)
        }
    }

    /// For each two bytes that lie below each other. One row is as grey as twice the same.
    private static let ofTwoRows: [UInt8] = (0..<65536).map { (bytes: Int) -> UInt8 in
        greys(black[bytes >> 8] + black[bytes & 0xFF], of: 4)
    }
}
