/// UDPTL packets (T.38 §9.1) that claim more than they have, or have nothing, always the same ones.
///
/// Each begins with its sequence number, and most leave some numbers out: only then does a receiver look at what a packet
/// brings of the ones before it (Asterisk's udptl.c, where AST-2016-003 was).
enum RubbishPackets {
    static let count = 400
    static let milliseconds = 20

    /// A primary packet of one byte: the indicator "no signal".
    private static let primary: [UInt8] = [1, 0]

    static func packet(_ number: Int) -> [UInt8] {
        let sequence = number * 5 + 3
        let head = [UInt8(truncatingIfNeeded: sequence >> 8), UInt8(truncatingIfNeeded: sequence)]
        let kind = number % (bodies.count + 4)
        switch kind {
        case bodies.count: return []
        case bodies.count + 1: return [head[0]]
        case bodies.count + 2: return head + noise(number, 60)
        case bodies.count + 3: return head + noise(number, 1400)
        default: return head + bodies[kind]
        }
    }

    /// What follows the sequence number: the primary packet, and what repairs others.
    private static let bodies: [[UInt8]] = [
        // Nothing at all, half a length, a length without a packet, a packet without a repair.
        [], [0x81], [0x7F], [0xBF, 0xFF], [0xC4], primary,
        // Redundancy: how many there are is missing, half of it, more than there are.
        primary + [0], primary + [0, 0x80], primary + [0, 0x7F], primary + [0, 0xFF, 0xFF],
        primary + [0, 0xFF, 0xFF] + [UInt8](repeating: 0, count: 200),
        // Entries of no length, as many as are missing and more; an empty primary packet before them.
        primary + [0, 4, 0, 0, 0, 0], primary + [0, 0x20] + [UInt8](repeating: 0, count: 32), [0, 0, 4, 0, 0, 0, 0],
        // An entry that is longer than what is left.
        primary + [0, 1, 0x7F, 1, 2], primary + [0, 4, 1, 0, 0xBF, 0xFF, 1], primary + [0, 1, 0xC4, 0, 1],
        // Error correction: no span, spans and numbers of entries that nothing is behind.
        primary + [0x80], primary + [0x80, 1], primary + [0x80, 0, 3, 3, 1, 0], primary + [0x80, 1, 0, 0],
        primary + [0x80, 1, 0xFF, 0xFF], primary + [0x80, 1, 0xFF, 3, 1, 0, 1, 0, 1, 0],
        primary + [0x80, 1, 3, 0xFF, 1, 0], primary + [0x80, 1, 3, 3, 0x7F, 1], primary + [0x80, 1, 3, 3, 0, 0, 0],
        primary + [0x80, 2, 0xFF, 0xFF, 0xFF, 1, 0], primary + [0x80, 1, 3, 3, 0xFF, 0xFF, 1],
        // Neither of the two.
        primary + [0x7F, 1, 1, 0], primary + [0xFF, 0xFF, 0xFF, 0xFF],
    ]

    /// Bytes without any order, the same ones for the same number.
    private static func noise(_ seed: Int, _ length: Int) -> [UInt8] {
        var state = UInt32(truncatingIfNeeded: seed) &* 2_654_435_761 | 1
        return (0..<length).map { _ in
            state = state &* 1_664_525 &+ 1_013_904_223
            return UInt8(truncatingIfNeeded: state >> 24)
        }
    }
}
