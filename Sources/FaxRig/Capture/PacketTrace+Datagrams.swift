/// A whole UDP packet over IPv4.
struct Datagram: Hashable, Sendable {
    var time: Double
    var source: Endpoint
    var target: Endpoint
    /// In the trace's bytes.
    var payload: Range<Int>
}

extension PacketTrace {
    /// Reads a packet; nil for what is no UDP over IPv4, or only a fragment.
    func datagram(_ packet: Packet) -> Datagram? {
        guard let ip = network(packet.frame), ip.count >= 20, bytes[ip.lowerBound] >> 4 == 4 else { return nil }
        let start = ip.lowerBound
        let length = Int(bytes[start] & 0x0F) * 4
        // RFC 791: more fragments, or not the first one.
        let isFragment = big16(start + 6) & 0x3FFF != 0
        guard bytes[start + 9] == 17, !isFragment, length >= 20, ip.count >= length + 8 else { return nil }
        let udp = start + length
        let said = Int(big16(udp + 4))
        guard said >= 8 else { return nil }
        return Datagram(
            time: packet.time, source: Endpoint(address: big32(start + 12), port: big16(udp)),
            target: Endpoint(address: big32(start + 16), port: big16(udp + 2)),
            payload: udp + 8..<min(udp + said, ip.upperBound))
    }

    /// Where IPv4 begins in a frame: Ethernet, with or without a VLAN, Linux's two cooked forms, or none at all.
    private func network(_ frame: Range<Int>) -> Range<Int>? {
        let (type, length): (Int, Int)
        switch link {
        case 1: (type, length) = (12, 14)
        case 113: (type, length) = (14, 16)
        case 276: (type, length) = (0, 20)
        case 12, 101: return frame
        default: return nil
        }
        guard frame.count > length + 4 else { return nil }
        let start = frame.lowerBound
        switch big16(start + type) {
        case 0x0800: return start + length..<frame.upperBound
        case 0x8100 where link == 1 && big16(start + 16) == 0x0800: return start + 18..<frame.upperBound
        default: return nil
        }
    }

    func big16(_ place: Int) -> UInt16 { UInt16(bytes[place]) << 8 | UInt16(bytes[place + 1]) }
    private func big32(_ place: Int) -> UInt32 { UInt32(big16(place)) << 16 | UInt32(big16(place + 2)) }
}
