/// The pixels of one page: a 1 is black, the leftmost pixel is the highest bit, each row begins at a byte.
package struct PageBits: Hashable, Sendable {
    /// Pixels in a row.
    package let width: Int
    package let rows: Int
    /// `rows` times `bytesPerRow` bytes; bits past the width are 0.
    package var bytes: [UInt8]

    package var bytesPerRow: Int { (width + 7) / 8 }

    /// A white page.
    package init(width: Int, rows: Int) {
        self.width = width
        self.rows = rows
        bytes = [UInt8](repeating: 0, count: rows * ((width + 7) / 8))
    }

    package init(width: Int, rows: Int, bytes: [UInt8]) {
        precondition(bytes.count == rows * ((width + 7) / 8), "a page's bytes must fill its rows")
        self.width = width
        self.rows = rows
        self.bytes = bytes
    }

    /// Whether a pixel is black.
    package func isBlack(x: Int, y: Int) -> Bool { bytes[y * bytesPerRow + x / 8] & (0x80 >> UInt8(x % 8)) != 0 }

    /// The bytes of one row.
    package func row(_ y: Int) -> ArraySlice<UInt8> { bytes[y * bytesPerRow..<(y + 1) * bytesPerRow] }

    /// 64 bits that differ when the page differs, for telling that a decoded page is the one that was encoded.
    package var digest: UInt64 {
        let factor: UInt64 = 0x9E37_79B9_7F4A_7C15
        var hash = UInt64(width) &* factor ^ UInt64(rows)
        bytes.withUnsafeBytes { raw in
            // Four at a time, none of which has to wait for another one's product.
            var (a, b, c, d) = (hash, hash &+ factor, hash &+ 2 &* factor, hash &+ 3 &* factor)
            let blocks = raw.count / 32
            for block in 0..<blocks {
                func mix(_ lane: inout UInt64, _ place: Int) {
                    lane = (lane ^ raw.loadUnaligned(fromByteOffset: block * 32 + place * 8, as: UInt64.self)) &* factor
                    lane ^= lane >> 29
                }
                mix(&a, 0)
                mix(&b, 1)
                mix(&c, 2)
                mix(&d, 3)
            }
            for lane in [a, b, c, d] { hash = (hash ^ lane) &* factor ^ (hash >> 29) }
            for index in blocks * 32..<raw.count { hash = (hash ^ UInt64(raw[index])) &* 0x0000_0100_0000_01B3 }
        }
        return hash
    }
}
