/// A UDP datagram over IPv4: between whom it goes, and where it lies in the bytes that it was read from (RFC 791, RFC 768).
struct Datagram: Hashable, Sendable {
    let source: Endpoint
    let target: Endpoint
    /// Where the UDP header begins.
    let start: Int
    /// Of UDP header and payload, as the header has it: of what was cut off less is there.
    let length: Int
    /// As much as is there.
    let payload: Range<Int>

    static let headerLength = 8
    /// UDP's number among IP's protocols.
    static let number: UInt8 = 17

    /// Reads what `ip` of `bytes` holds; nil for all that is no UDP over IPv4, or only a fragment.
    init?(_ bytes: [UInt8], ip: Range<Int>) {
        let begin = ip.lowerBound
        guard ip.count >= 20, bytes[begin] >> 4 == 4, bytes[begin + 9] == Self.number else { return nil }
        // More fragments, or a later one.
        guard bytes.big16(begin + 6) & 0x3FFF == 0 else { return nil }
        let options = Int(bytes[begin] & 0x0F) * 4
        guard options >= 20, ip.count >= options + Self.headerLength else { return nil }
        start = begin + options
        length = Int(bytes.big16(start + 4))
        guard length >= Self.headerLength else { return nil }
        source = Endpoint(address: bytes.big32(begin + 12), port: bytes.big16(start))
        target = Endpoint(address: bytes.big32(begin + 16), port: bytes.big16(start + 2))
        payload = start + Self.headerLength..<min(start + length, ip.upperBound)
    }
}

/// Numbers in the network's order, the highest byte first.
extension [UInt8] {
    func big16(_ place: Int) -> UInt16 { UInt16(self[place]) << 8 | UInt16(self[place + 1]) }
    func big32(_ place: Int) -> UInt32 { UInt32(big16(place)) << 16 | UInt32(big16(place + 2)) }
}
