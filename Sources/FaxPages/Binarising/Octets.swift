/// Eight greys at once in the registers of any machine, the first of them in the lowest byte.
///
/// Swift compares vectors of unsigned bytes one by one.
enum Octets {
    private static let ones: UInt64 = 0x0101_0101_0101_0101
    private static let tops: UInt64 = 0x8080_8080_8080_8080
    private static let even: UInt64 = 0x00FF_00FF_00FF_00FF
    /// A 1 in each lane of sixteen bits.
    private static let lanes: UInt64 = 0x0001_0001_0001_0001

    /// Whether all greys are white.
    static func areWhite(_ greys: UnsafeRawBufferPointer) -> Bool {
        var common = UInt64.max
        let words = greys.count / 8
        for word in 0..<words { common &= greys.loadUnaligned(fromByteOffset: word * 8, as: UInt64.self) }
        return common == .max && greys[(words * 8)...].allSatisfy { $0 == 255 }
    }

    /// The highest bit of each byte that is 0.
    @inline(__always)
    static func zero(_ word: UInt64) -> UInt64 { ~((word & ~tops &+ ~tops) | word) & tops }

    /// The highest bit of each byte of `word` that is under `limit`.
    @inline(__always)
    static func below(_ limit: UInt8, _ word: UInt64) -> UInt64 {
        less(word, UInt64(limit) &* ones)
    }

    /// The highest bit of each byte of `word` that is less than the byte of `limits` at its place.
    @inline(__always)
    static func less(_ word: UInt64, _ limits: UInt64) -> UInt64 {
        // Each byte's lower seven bits are compared by a difference that borrows from its own top bit alone.
        let isNotBelow = (word | tops) &- (limits & ~tops)
        return ((~word & limits) | (~(word ^ limits) & ~isNotBelow)) & tops
    }

    /// All bytes added up.
    @inline(__always)
    static func sum(_ word: UInt64) -> Int { sumOfLanes((word & even) &+ (word >> 8 & even)) }

    /// All lanes of sixteen bits added up; less than 65536.
    @inline(__always)
    static func sumOfLanes(_ word: UInt64) -> Int { Int((word &* lanes) >> 48) }

    /// One bit for each of the eight pixels from the second on that are as their left neighbours.
    @inline(__always)
    static func repeats(_ greys: UnsafePointer<UInt8>) -> UInt64 { zero(load(greys) ^ load(greys + 1)) }

    /// One bit for each of the eight pixels from the second on that are more than 1 off the middle between their
    /// neighbours: of the first, third, fifth and seventh of them, and of the others.
    @inline(__always)
    static func bends(_ greys: UnsafePointer<UInt8>) -> (odd: UInt64, even: UInt64) {
        let (word, later) = (load(greys), load(greys + 2))
        let (first, second) = (word & even, word >> 8 & even)
        let (third, fourth) = (later & even, later >> 8 & even)
        return (bend(first, second, third), bend(second, third, fourth))
    }

    /// In lanes of sixteen bits, which hold twice a grey without a carry.
    @inline(__always)
    private static func bend(_ before: UInt64, _ here: UInt64, _ after: UInt64) -> UInt64 {
        let sum = here &+ here &+ 0x8200 &* lanes &- before &- after
        // 0x8200 is straight on. A lane's top bit stays where no more is taken away than leaves 0x8000.
        let isAtLeast = sum &- 0x1FF &* lanes
        let isMore = sum &- 0x202 &* lanes
        return ~(isAtLeast & ~isMore) & (0x8000 &* lanes)
    }

    @inline(__always)
    static func load(_ greys: UnsafePointer<UInt8>) -> UInt64 {
        UnsafeRawPointer(greys).loadUnaligned(as: UInt64.self)
    }
}
