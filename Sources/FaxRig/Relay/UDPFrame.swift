/// An Ethernet frame with a whole UDP datagram over IPv4 in it (RFC 894).
struct UDPFrame {
    private(set) var bytes: [UInt8]
    private let datagram: Datagram

    private static let ethernetLength = 14

    /// nil for every other kind of frame: ARP, ICMP, IPv6, fragments (a checksum over all of them is no affair of one frame,
    /// and is there already), and what is cut off.
    init?(_ bytes: [UInt8]) {
        let ip = Self.ethernetLength
        guard bytes.count > ip, bytes.big16(12) == 0x0800, let datagram = Datagram(bytes, ip: ip..<bytes.count),
            bytes.count >= datagram.start + datagram.length
        else { return nil }
        self.bytes = bytes
        self.datagram = datagram
    }

    var source: Endpoint { datagram.source }
    var target: Endpoint { datagram.target }
    var payload: ArraySlice<UInt8> { bytes[datagram.payload] }

    /// Puts in the checksum. The kernel leaves it to the network card, and a pair of virtual ones never needs it; a frame that
    /// is sent from a program has to have it.
    mutating func fillChecksum() {
        let (start, length) = (datagram.start, datagram.length)
        bytes[start + 6] = 0
        bytes[start + 7] = 0
        var sum = UInt32(Datagram.number) + UInt32(length)
        for address in [source.address, target.address] { sum += address >> 16 + address & 0xFFFF }
        for index in stride(from: start, to: start + length, by: 2) {
            sum += UInt32(bytes[index]) << 8 + (index + 1 < start + length ? UInt32(bytes[index + 1]) : 0)
        }
        while sum > 0xFFFF { sum = sum & 0xFFFF + sum >> 16 }
        // 0 says that there is none.
        let checksum = ~UInt16(sum) == 0 ? 0xFFFF : ~UInt16(sum)
        bytes[start + 6] = UInt8(checksum >> 8)
        bytes[start + 7] = UInt8(checksum & 0xFF)
    }
}
