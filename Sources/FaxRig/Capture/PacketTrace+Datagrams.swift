extension PacketTrace {
    /// Reads a packet; nil for what is no UDP over IPv4, or only a fragment.
    func datagram(_ packet: Packet) -> Datagram? {
        network(packet.frame).flatMap { Datagram(bytes, ip: $0) }
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
        switch bytes.big16(start + type) {
        case 0x0800: return start + length..<frame.upperBound
        case 0x8100 where link == 1 && bytes.big16(start + 16) == 0x0800: return start + 18..<frame.upperBound
        default: return nil
        }
    }
}
