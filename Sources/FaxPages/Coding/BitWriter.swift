/// Bits in the order in which they go over the line, packed into bytes from the highest bit down.
struct BitWriter {
    private(set) var bytes: [UInt8] = []
    private var pending: UInt64 = 0
    private var count: UInt32 = 0

    init(capacity: Int) { bytes.reserveCapacity(capacity) }

    /// Bits written so far.
    var bitCount: Int { bytes.count * 8 + Int(count) }

    /// Up to 32 bits, the first of them the highest of `length`.
    @inline(__always)
    mutating func write(_ bits: UInt32, _ length: UInt32) {
        pending = pending << UInt64(length) | UInt64(bits)
        count += length
        while count >= 8 {
            count -= 8
            bytes.append(UInt8(truncatingIfNeeded: pending >> UInt64(count)))
        }
    }

    @inline(__always)
    mutating func write(_ code: RunCodes.Code) { write(code.bits, code.length) }

    /// Fills up with zeros until so many bits are left free in the last byte.
    mutating func align(leaving free: UInt32) {
        let used = (8 - free) % 8
        if count != used { write(0, (used + 8 - count) % 8) }
    }

    /// All bytes, the last one filled up with zeros.
    mutating func finish() -> [UInt8] {
        align(leaving: 0)
        return bytes
    }
}
