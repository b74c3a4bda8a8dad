/// An Ethernet frame with a whole UDP datagram over IPv4 in it (RFC 894, RFC 791, RFC 768).
struct UDPFrame {
    private(set) var bytes: [UInt8]
    let source: UInt32
    let destination: UInt32
    let sourcePort: Int
    let destinationPort: Int
    /// Where the UDP header begins, and how long header and payload are together.
    private let start: Int
    private let length: Int

    private static let ethernetLength = 14
    private static let headerLength = 8
    private static let udp: UInt8 = 17

    /// nil for every other kind of frame: ARP, ICMP, IPv6, fragments, and what is cut off.
    init?(_ bytes: [UInt8]) {
        let ip = Self.ethernetLength
        guard bytes.count >= ip + 20, bytes[12] == 0x08, bytes[13] == 0x00, bytes[ip] >> 4 == 4 else { return nil }
        guard bytes[ip + 9] == Self.udp else { return nil }
        // More fragments, or a later one: a checksum over all of them is no affair of one frame, and is there already.
        guard Self.word(bytes, ip + 6) & 0x3FFF == 0 else { return nil }
        start = ip + Int(bytes[ip] & 15) * 4
        guard bytes.count >= start + Self.headerLength else { return nil }
        length = Int(Self.word(bytes, start + 4))
        guard length >= Self.headerLength, bytes.count >= start + length else { return nil }
        source = Self.address(bytes, ip + 12)
        destination = Self.address(bytes, ip + 16)
        sourcePort = Int(Self.word(bytes, start))
        destinationPort = Int(Self.word(bytes, start + 2))
        self.bytes = bytes
    }

    var payload: ArraySlice<UInt8> { bytes[start + Self.headerLength..<start + length] }

    /// Puts in the checksum. The kernel leaves it to the network card, and a pair of virtual ones never needs it; a frame that
    /// is sent from a program has to have it.
    mutating func fillChecksum() {
        bytes[start + 6] = 0
        bytes[start + 7] = 0
        var sum = UInt32(Self.udp) + UInt32(length)
        for address in [source, destination] { sum += address >> 16 + address & 0xFFFF }
        for index in stride(from: start, to: start + length, by: 2) {
            sum += UInt32(bytes[index]) << 8 + (index + 1 < start + length ? UInt32(bytes[index + 1]) : 0)
        }
        while sum > 0xFFFF { sum = sum & 0xFFFF + sum >> 16 }
        // 0 says that there is none.
        let checksum = ~UInt16(sum) == 0 ? 0xFFFF : ~UInt16(sum)
        bytes[start + 6] = UInt8(checksum >> 8)
        bytes[start + 7] = UInt8(checksum & 0xFF)
    }

    private static func word(_ bytes: [UInt8], _ index: Int) -> UInt16 {
        UInt16(bytes[index]) << 8 | UInt16(bytes[index + 1])
    }

    private static func address(_ bytes: [UInt8], _ index: Int) -> UInt32 {
        UInt32(word(bytes, index)) << 16 | UInt32(word(bytes, index + 2))
    }
}
