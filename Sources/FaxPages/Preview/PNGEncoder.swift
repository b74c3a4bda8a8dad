/// A PNG of one or two bits a pixel, made row by row (ISO/IEC 15948).
///
/// Runs of equal bytes, of which a page mostly consists, are coded as matches of distance 1 with deflate's fixed codes
/// (RFC 1951 §3.2.6): a tenth of the size for a page of code.
struct PNGEncoder {
    /// Whole chunks that nobody took yet.
    private var ready: [UInt8] = []
    private let bytesPerRow: Int
    /// Compressed bytes that are not yet in a chunk.
    private var pending: [UInt8] = [0x78, 0x01]
    /// Bits that don't fill a byte yet; the first three begin one final block with fixed codes.
    private var bits: UInt32 = 0b011
    private var bitCount = 3
    private var adlerLow: UInt32 = 1
    private var adlerHigh: UInt32 = 0

    /// `bits` of each pixel, 1 or 2: 0 is white, the highest value black.
    init(width: Int, height: Int, pixelsPerInch: Int, bits: Int = 1) {
        ready = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]
        let size = Self.big(UInt32(width)) + Self.big(UInt32(height))
        ready += Self.chunk("IHDR", size + [UInt8(bits), 0, 0, 0, 0])
        let perMetre = Self.big(UInt32((Double(pixelsPerInch) / 0.0254).rounded()))
        ready += Self.chunk("pHYs", perMetre + perMetre + [1])
        bytesPerRow = (width * bits + 7) / 8
    }

    /// What is finished so far, once.
    mutating func take() -> [UInt8] {
        defer { ready = [] }
        return ready
    }

    /// Adds a row.
    mutating func add(row: ArraySlice<UInt8>) {
        precondition(row.count == bytesPerRow, "a row must have the picture's width")
        // Filter type 0; PNG's grey 0 is black.
        let bytes = [0] + row.map { ~$0 }
        for byte in bytes {
            adlerLow = (adlerLow + UInt32(byte)) % 65521
            adlerHigh = (adlerHigh + adlerLow) % 65521
        }
        var index = 0
        while index < bytes.count {
            literal(bytes[index])
            var run = 0
            while index + 1 + run < bytes.count, bytes[index + 1 + run] == bytes[index] { run += 1 }
            index += 1 + run
            while run >= 3 {
                // 258 is the longest match; a rest of 1 or 2 is written out.
                let length = min(run, 258)
                match(length)
                run -= length
            }
            for _ in 0..<run { literal(bytes[index - 1]) }
        }
        if pending.count >= 1 << 15 { flush() }
    }

    /// Ends the picture; the rest of it can be taken then.
    mutating func finish() {
        put(0, 7)
        if bitCount > 0 { put(0, 8 - bitCount) }
        pending += Self.big(adlerHigh << 16 | adlerLow)
        flush()
        ready += Self.chunk("IEND", [])
    }

    private mutating func literal(_ byte: UInt8) {
        if byte < 144 { putCode(0x30 + UInt32(byte), 8) } else { putCode(0x190 + UInt32(byte) - 144, 9) }
    }

    /// A match of 3 to 258 bytes at distance 1.
    private mutating func match(_ length: Int) {
        let base = Self.lengthBases.lastIndex { $0 <= length } ?? 0
        let code = UInt32(257 + base)
        if code < 280 { putCode(code - 256, 7) } else { putCode(0xC0 + code - 280, 8) }
        put(UInt32(length - Self.lengthBases[base]), Self.lengthBits[base])
        put(0, 5)
    }

    /// Lowest bit first, as deflate packs everything but its codes.
    private mutating func put(_ value: UInt32, _ count: Int) {
        bits |= value << UInt32(bitCount)
        bitCount += count
        while bitCount >= 8 {
            pending.append(UInt8(truncatingIfNeeded: bits))
            bits >>= 8
            bitCount -= 8
        }
    }

    /// Highest bit first, as deflate packs its codes.
    private mutating func putCode(_ code: UInt32, _ count: Int) {
        var reversed: UInt32 = 0
        for bit in 0..<count where code & 1 << UInt32(bit) != 0 { reversed |= 1 << UInt32(count - 1 - bit) }
        put(reversed, count)
    }

    private mutating func flush() {
        ready += Self.chunk("IDAT", pending)
        pending.removeAll(keepingCapacity: true)
    }

    private static func chunk(_ type: String, _ data: [UInt8]) -> [UInt8] {
        let body = Array(type.utf8) + data
        var check: UInt32 = .max
        for byte in body { check = table[Int(UInt8(truncatingIfNeeded: check) ^ byte)] ^ check >> 8 }
        return big(UInt32(data.count)) + body + big(~check)
    }

    private static func big(_ value: UInt32) -> [UInt8] {
        [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: value >> $0) }
    }

    private static let table: [UInt32] = (0..<256).map { index in
        (0..<8).reduce(UInt32(index)) { value, _ in value & 1 != 0 ? 0xEDB8_8320 ^ value >> 1 : value >> 1 }
    }
    private static let lengthBases = [
        3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 15, 17, 19, 23, 27, 31, 35, 43, 51, 59, 67, 83, 99, 115, 131, 163, 195, 227,
        258,
    ]
    private static let lengthBits = [
        0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0,
    ]
}
