import Glibc

/// Bits in the order in which they go over the line, packed into bytes from the highest bit down.
///
/// Writing never asks whether there is room: whoever writes a row makes room for it before.
struct BitWriter: ~Copyable {
    private var memory: UnsafeMutablePointer<UInt8>
    private var capacity: Int
    private var done = 0
    private var pending: UInt64 = 0
    private var count: UInt32 = 0

    init() {
        capacity = 1 << 16
        memory = Self.moved(nil, capacity)
    }

    deinit { free(memory) }

    /// Bits written so far.
    var bitCount: Int { done * 8 + Int(count) }

    /// A pixel takes less than a byte in every coding; the rest is for what stands before and behind a row.
    @inline(__always)
    mutating func makeRoom(forRowOf width: Int) {
        let needed = done + width + 32
        guard needed > capacity else { return }
        capacity = max(needed, capacity * 2)
        memory = Self.moved(memory, capacity)
    }

    /// Up to 32 bits, the first of them the highest of `length`.
    @inline(__always)
    mutating func write(_ bits: UInt32, _ length: UInt32) {
        pending = pending << UInt64(length) | UInt64(bits)
        count &+= length
        guard count >= 32 else { return }
        count &-= 32
        let word = UInt32(truncatingIfNeeded: pending >> UInt64(count)).bigEndian
        UnsafeMutableRawPointer(memory).storeBytes(of: word, toByteOffset: done, as: UInt32.self)
        done &+= 4
    }

    @inline(__always)
    mutating func write(_ code: RunCodes.Code) { write(code.bits, code.length) }

    /// Fills up with zeros until so many bits are left free in the last byte.
    mutating func align(leaving free: UInt32) {
        let used = (8 - free) % 8
        if count & 7 != used { write(0, (used &- count) & 7) }
    }

    /// T.6's end of a page (EOFB).
    mutating func endFacsimileBlock() {
        write(1, 12)
        write(1, 12)
    }

    /// All that was written, the last byte filled up with zeros.
    consuming func finish() -> [UInt8] {
        align(leaving: 0)
        while count > 0 {
            count -= 8
            memory[done] = UInt8(truncatingIfNeeded: pending >> UInt64(count))
            done += 1
        }
        return Array(UnsafeBufferPointer(start: memory, count: done))
    }

    private static func moved(_ memory: UnsafeMutablePointer<UInt8>?, _ capacity: Int) -> UnsafeMutablePointer<UInt8> {
        guard let moved = realloc(memory, capacity) else { fatalError("no memory for \(capacity) bytes of a page") }
        return moved.assumingMemoryBound(to: UInt8.self)
    }
}
