/// Bytes compressed as PNG and FlateDecode have them: zlib (RFC 1950) around deflate (RFC 1951).
///
/// Each 32 KiB are a block with codes of its own, which nothing in the others is needed for. Repetitions are looked for at
/// the place where the same four bytes were last: good for runs, which pages of fax mostly are, and for words.
struct Deflate {
    /// What is finished so far.
    private(set) var output: [UInt8] = [0x78, 0x01]
    private var input: [UInt8] = []
    private var bits: UInt64 = 0
    private var bitCount: UInt64 = 0
    private var adlerLow: UInt32 = 1
    private var adlerHigh: UInt32 = 0
    /// A byte, or a repetition: its length from the 16th bit, its distance below.
    private var tokens: [UInt32] = []
    /// Where four bytes with that hash were last.
    private var places = [Int32](repeating: -1, count: 1 << hashBits)

    private static let blockSize = 1 << 15
    private static let hashBits = 12
    private static let endOfBlock = 256

    /// All at once.
    static func zlib(_ bytes: [UInt8]) -> [UInt8] {
        var deflate = Deflate()
        bytes.withUnsafeBufferPointer { deflate.add($0) }
        deflate.finish()
        return deflate.output
    }

    /// What is finished so far, once.
    mutating func take() -> [UInt8] {
        defer { output.removeAll(keepingCapacity: true) }
        return output
    }

    mutating func add(_ bytes: UnsafeBufferPointer<UInt8>) {
        var rest = bytes[...]
        while !rest.isEmpty {
            let part = rest.prefix(Self.blockSize - input.count)
            input.append(contentsOf: part)
            rest = rest.dropFirst(part.count)
            if input.count == Self.blockSize { writeBlock(isLast: false) }
        }
    }

    /// Writes what is left, and the check sum.
    mutating func finish() {
        writeBlock(isLast: true)
        put(0, (8 - UInt32(bitCount % 8)) % 8)
        flushBytes()
        let check = adlerHigh << 16 | adlerLow
        output += [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: check >> $0) }
    }

    private mutating func writeBlock(isLast: Bool) {
        findRepetitions()
        var literals = [UInt32](repeating: 0, count: 286)
        var distances = [UInt32](repeating: 0, count: 30)
        literals[Self.endOfBlock] = 1
        for token in tokens {
            if token < 256 {
                literals[Int(token)] += 1
            } else {
                literals[Self.length(token >> 16).symbol] += 1
                distances[Self.distance(token & 0xFFFF).symbol] += 1
            }
        }
        let literal = PrefixCode(counts: literals, limit: 15)
        let distance = PrefixCode(counts: distances, limit: 15)
        put(isLast ? 0b101 : 0b100, 3)
        putCodes(literal.lengths, distance.lengths)
        for token in tokens {
            if token < 256 {
                put(literal.codes[Int(token)], UInt32(literal.lengths[Int(token)]))
                continue
            }
            let length = Self.length(token >> 16)
            put(literal.codes[length.symbol], UInt32(literal.lengths[length.symbol]))
            put(length.extra, length.bits)
            let place = Self.distance(token & 0xFFFF)
            put(distance.codes[place.symbol], UInt32(distance.lengths[place.symbol]))
            put(place.extra, place.bits)
        }
        put(literal.codes[Self.endOfBlock], UInt32(literal.lengths[Self.endOfBlock]))
    }

    /// Turns the input into tokens, and takes it into the check sum.
    private mutating func findRepetitions() {
        tokens.removeAll(keepingCapacity: true)
        for index in places.indices { places[index] = -1 }
        input.withUnsafeBytes { bytes in
            places.withUnsafeMutableBufferPointer { places in
                var (low, high) = (adlerLow, adlerHigh)
                for start in stride(from: 0, to: bytes.count, by: 5552) {
                    // As many as fit into 32 bits before the remainder is taken (RFC 1950 §9).
                    for index in start..<min(start + 5552, bytes.count) {
                        low &+= UInt32(bytes[index])
                        high &+= low
                    }
                    (low, high) = (low % 65521, high % 65521)
                }
                (adlerLow, adlerHigh) = (low, high)
                var index = 0
                while index + 4 <= bytes.count {
                    let word = bytes.loadUnaligned(fromByteOffset: index, as: UInt32.self)
                    let hash = Int((word &* 0x9E37_79B1) >> UInt32(32 - Self.hashBits))
                    let place = Int(places[hash])
                    places[hash] = Int32(index)
                    guard place >= 0, bytes.loadUnaligned(fromByteOffset: place, as: UInt32.self) == word else {
                        tokens.append(UInt32(bytes[index]))
                        index += 1
                        continue
                    }
                    var length = 4
                    let longest = min(258, bytes.count - index)
                    while length < longest, bytes[place + length] == bytes[index + length] { length += 1 }
                    tokens.append(UInt32(length) << 16 | UInt32(index - place))
                    index += length
                }
                for index in index..<bytes.count { tokens.append(UInt32(bytes[index])) }
            }
        }
        input.removeAll(keepingCapacity: true)
    }

    /// The lengths of both codes, coded themselves (RFC 1951 §3.2.7).
    private mutating func putCodes(_ literals: [UInt8], _ distances: [UInt8]) {
        let lengths = literals + distances
        // Symbol, and what it says in how many further bits.
        var parts: [(symbol: Int, extra: UInt32, bits: UInt32)] = []
        var index = 0
        while index < lengths.count {
            var run = 1
            while index + run < lengths.count, lengths[index + run] == lengths[index], run < 138 { run += 1 }
            if lengths[index] == 0, run >= 3 {
                parts.append(run < 11 ? (17, UInt32(run - 3), 3) : (18, UInt32(run - 11), 7))
            } else {
                // A symbol for the length itself, another for 3 to 6 more of it.
                run = min(run, 7)
                parts.append((Int(lengths[index]), 0, 0))
                if run > 3 { parts.append((16, UInt32(run - 4), 2)) } else { run = 1 }
            }
            index += run
        }
        var counts = [UInt32](repeating: 0, count: 19)
        for part in parts { counts[part.symbol] += 1 }
        let code = PrefixCode(counts: counts, limit: 7)
        let order = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15]
        put(UInt32(literals.count - 257), 5)
        put(UInt32(distances.count - 1), 5)
        put(UInt32(order.count - 4), 4)
        for symbol in order { put(UInt32(code.lengths[symbol]), 3) }
        for part in parts {
            put(code.codes[part.symbol], UInt32(code.lengths[part.symbol]))
            put(part.extra, part.bits)
        }
    }

    /// The symbol of a length of 3 to 258, and what follows it.
    @inline(__always)
    private static func length(_ value: UInt32) -> (symbol: Int, extra: UInt32, bits: UInt32) {
        let length = value - 3
        if value == 258 { return (285, 0, 0) }
        if length < 8 { return (257 + Int(length), 0, 0) }
        let top = UInt32(31 - length.leadingZeroBitCount)
        return (253 + Int(4 * top + (length >> (top - 2) & 3)), length & (1 << (top - 2) - 1), top - 2)
    }

    /// The symbol of a distance of 1 to 32768, and what follows it.
    @inline(__always)
    private static func distance(_ value: UInt32) -> (symbol: Int, extra: UInt32, bits: UInt32) {
        let distance = value - 1
        if distance < 4 { return (Int(distance), 0, 0) }
        let top = UInt32(31 - distance.leadingZeroBitCount)
        return (Int(2 * top + (distance >> (top - 1) & 1)), distance & (1 << (top - 1) - 1), top - 1)
    }

    /// Lowest bit first.
    @inline(__always)
    private mutating func put(_ value: UInt32, _ count: UInt32) {
        bits |= UInt64(value) << bitCount
        bitCount += UInt64(count)
        if bitCount >= 32 { flushBytes() }
    }

    @inline(__always)
    private mutating func flushBytes() {
        while bitCount >= 8 {
            output.append(UInt8(truncatingIfNeeded: bits))
            bits >>= 8
            bitCount -= 8
        }
    }
}
