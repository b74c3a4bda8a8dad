/// RTP packets with nothing to be heard (RFC 3550 §5.1): fax machines count their waiting by what arrives.
enum SilentSound {
    static let milliseconds = 20

    /// The packet of that number: 20 ms of µ-law silence.
    static func packet(_ number: UInt16) -> [UInt8] {
        let time = UInt32(number) * 160
        let source: [UInt8] = [0x63, 0x66, 0x61, 0x78]
        return [0x80, 0] + bytes(UInt32(number), 2) + bytes(time, 4) + source + [UInt8](repeating: 0xFF, count: 160)
    }

    private static func bytes(_ value: UInt32, _ count: Int) -> [UInt8] {
        (0..<count).reversed().map { UInt8(truncatingIfNeeded: value >> UInt32($0 * 8)) }
    }
}
