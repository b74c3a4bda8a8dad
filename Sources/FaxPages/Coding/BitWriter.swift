/// Bits in the order in which they go over the line, packed into bytes from the highest bit down.
///
/// Writes into memory that it is given and never asks whether there is room: whoever calls knows how much may come.
struct BitWriter {
    private let memory: UnsafeMutablePointer<UInt8>
    private var done = 0
    private var pending: UInt64 = 0
    private var count: UInt32 = 0

    init(_ memory: UnsafeMutablePointer<UInt8>) { self.memory = memory }

    /// Bits written so far.
    var bitCount: Int { done * 8 + Int(count) }
    /// Whole bytes written so far.
    var byteCount: Int { done }

    /// Up to 32 bits, the first of them the highest of `length`.
    @inline(__always)
    mutating func write(_ bits: UInt32, _ length: UInt32) {
        pending = pending << UInt64(length) | UInt64(bits)
        count &+= length
        while count >= 8 {
            count &-= 8
            memory[done] = UInt8(truncatingIfNeeded: pending >> UInt64(count))
            done &+= 1
        }
    }

    @inline(__always)
    mutating func write(_ code: RunCodes.Code) { write(code.bits, code.length) }

    /// Fills up with zeros until so many bits are left free in the last byte.
    mutating func align(leaving free: UInt32) {
        let used = (8 - free) % 8
        if count != used { write(0, (used + 8 - count) % 8) }
    }
}
