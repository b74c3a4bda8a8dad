import FaxModel

/// Pages of T.4 one-dimensional back to pixels, to prove what was written; what others write is libtiff's, which takes twice
/// the time.
///
/// As strict as `PageCoder` is: an EOL before each line, lines exactly as wide as the page, and nothing behind the last.
struct LineDecoder {
    /// For each thirteen bits that may come next, the first of them lowest: the run times 16 and the bits of its code; 0
    /// where no code begins like that.
    private struct Table: Sendable {
        let entries: [UInt16]

        init(_ codes: [(run: Int, code: RunCodes.Code)]) {
            var entries = [UInt16](repeating: 0, count: 1 << Self.bits)
            for (run, code) in codes {
                var first = 0
                for bit in 0..<code.length where code.bits >> bit & 1 != 0 { first |= 1 << Int(code.length - 1 - bit) }
                for place in stride(from: first, to: entries.count, by: 1 << Int(code.length)) {
                    entries[place] = UInt16(run << 4) | UInt16(code.length)
                }
            }
            self.entries = entries
        }

        static let bits = 13
    }

    private static let white = Table(RunCodes.whiteRuns)
    private static let black = Table(RunCodes.blackRuns)

    /// The pixels of a strip whose bytes have their first bit lowest; nil for anything but what `PageCoder` writes.
    static func page(_ strip: [UInt8], width: Int, rows: Int) -> PageBits? {
        var page = PageBits(width: width, rows: rows)
        let bytesPerRow = page.bytesPerRow
        // So that eight bytes can be read anywhere in it.
        let isWhole = (strip + [UInt8](repeating: 0, count: 16)).withUnsafeBytes { bytes in
            page.bytes.withUnsafeMutableBufferPointer { pixels in
                guard let base = pixels.baseAddress else { return rows == 0 }
                var reader = Reader(bytes: bytes, end: strip.count)
                return white.entries.withUnsafeBufferPointer { white in
                    black.entries.withUnsafeBufferPointer { black in
                        for y in 0..<rows {
                            guard reader.endOfLine(),
                                line(&reader, white, black, width, into: base + y * bytesPerRow)
                            else { return false }
                        }
                        return reader.isAtEnd()
                    }
                }
            }
        }
        return isWhole ? page : nil
    }

    /// The next bits of a strip, the first of them lowest.
    private struct Reader {
        let bytes: UnsafeRawBufferPointer
        /// Bytes of the strip; zeros come behind it.
        let end: Int
        private var next = 0
        private var waiting: UInt64 = 0
        private var count = 0

        init(bytes: UnsafeRawBufferPointer, end: Int) {
            self.bytes = bytes
            self.end = end
        }

        /// Whether nothing is left but the fill of the last byte.
        mutating func isAtEnd() -> Bool {
            let fill = look()
            let left = end * 8 - (next * 8 - count)
            return 0..<8 ~= left && fill & (1 << UInt64(left) - 1) == 0
        }
        var isBeyond: Bool { next - count / 8 > end }

        /// At least 56 bits.
        @inline(__always)
        mutating func look() -> UInt64 {
            if next + 8 <= bytes.count {
                waiting |=
                    UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: next, as: UInt64.self)) << UInt64(count)
                next += (63 - count) >> 3
                count |= 56
            }
            return waiting
        }

        @inline(__always)
        mutating func skip(_ bits: Int) {
            waiting >>= UInt64(bits)
            count -= bits
        }

        /// Eleven zeros and a one, with less than a byte of fill before them (T.4 §4.1.2).
        mutating func endOfLine() -> Bool {
            let zeros = look().trailingZeroBitCount
            guard 11..<19 ~= zeros else { return false }
            skip(zeros + 1)
            return true
        }
    }

    /// Runs of white and black in turn until the row is full.
    @inline(__always)
    private static func line(
        _ reader: inout Reader, _ white: UnsafeBufferPointer<UInt16>, _ black: UnsafeBufferPointer<UInt16>,
        _ width: Int, into row: UnsafeMutablePointer<UInt8>
    ) -> Bool {
        var x = 0
        var isBlack = false
        while x < width {
            var run = 0
            var part = 0
            repeat {
                let entry = Int((isBlack ? black : white)[Int(reader.look() & (1 << UInt64(Table.bits) - 1))])
                guard entry != 0 else { return false }
                reader.skip(entry & 15)
                part = entry >> 4
                run += part
            } while part >= 64
            guard x + run <= width, !reader.isBeyond else { return false }
            if isBlack, run > 0 { blacken(row, x, x + run - 1) }
            x += run
            isBlack.toggle()
        }
        return true
    }

    /// Pixels from `first` to `last`.
    @inline(__always)
    private static func blacken(_ row: UnsafeMutablePointer<UInt8>, _ first: Int, _ last: Int) {
        let (left, right) = (UInt8(0xFF) >> UInt8(first & 7), UInt8(0xFF) << UInt8(7 - last & 7))
        let (start, end) = (first >> 3, last >> 3)
        guard start < end else {
            row[start] |= left & right
            return
        }
        row[start] |= left
        for place in start + 1..<end { row[place] = 0xFF }
        row[end] |= right
    }
}
