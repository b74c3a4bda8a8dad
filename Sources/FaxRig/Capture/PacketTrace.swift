package import FaxModel

/// A network trace as tcpdump writes it: the classic pcap format (draft-ietf-opsawg-pcap), held whole in memory.
package struct PacketTrace: Sendable {
    /// One packet; both ranges lie in the trace's bytes.
    package struct Packet: Hashable, Sendable {
        /// Seconds since 1970.
        package var time: Double
        /// With pcap's own header of the packet.
        var record: Range<Int>
        /// From the link layer's header on, as far as it was kept.
        var frame: Range<Int>
    }

    let bytes: [UInt8]
    /// What a frame begins with (the LINKTYPE_ registry).
    let link: UInt32
    package private(set) var packets: [Packet] = []

    static let headerLength = 24
    private static let recordLength = 16

    /// Reads it up to its end, or up to where it was cut off. Throws where it is no such file.
    package init(_ bytes: [UInt8]) throws(FaxError) {
        guard bytes.count >= Self.headerLength else { throw FaxError(.data, "it is too short to be a packet capture") }
        let isLittle: Bool
        let fraction: Double
        switch (bytes[0], bytes[1], bytes[2], bytes[3]) {
        case (0xD4, 0xC3, 0xB2, 0xA1): (isLittle, fraction) = (true, 1e-6)
        case (0xA1, 0xB2, 0xC3, 0xD4): (isLittle, fraction) = (false, 1e-6)
        case (0x4D, 0x3C, 0xB2, 0xA1): (isLittle, fraction) = (true, 1e-9)
        case (0xA1, 0xB2, 0x3C, 0x4D): (isLittle, fraction) = (false, 1e-9)
        case (0x0A, 0x0D, 0x0D, 0x0A):
            throw FaxError(.data, "it is a pcapng file; make a classic one of it with: tcpdump -r FILE -w NEW")
        default: throw FaxError(.data, "it is no packet capture of tcpdump's")
        }
        func number(_ place: Int) -> UInt32 {
            let four = bytes[place..<place + 4]
            return isLittle
                ? four.reversed().reduce(0) { $0 << 8 | UInt32($1) } : four.reduce(0) { $0 << 8 | UInt32($1) }
        }
        self.bytes = bytes
        link = number(20) & 0xFFFF
        var place = Self.headerLength
        while place + Self.recordLength <= bytes.count {
            let kept = Int(number(place + 8))
            let end = place + Self.recordLength + kept
            guard end <= bytes.count else { break }
            let time = Double(number(place)) + Double(number(place + 4)) * fraction
            packets.append(Packet(time: time, record: place..<end, frame: place + Self.recordLength..<end))
            place = end
        }
    }

    /// Reads a file.
    package init(path: String) throws(FaxError) {
        do throws(FaxError) { try self.init(FileTree.bytes(path)) } catch {
            throw FaxError(error.code, error.message.contains(path) ? error.message : "\(path): \(error.message)")
        }
    }

    /// A file with these packets alone.
    func file(_ chosen: [Packet]) -> [UInt8] {
        var out = Array(bytes[..<Self.headerLength])
        for packet in chosen { out += bytes[packet.record] }
        return out
    }
}
