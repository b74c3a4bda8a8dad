import Testing

@testable import FaxRig

/// What the relay between the sides does to packets, without a network.
@Suite("The relay")
struct RelayTests {
    /// Packets 0, 1, 2 … arrive every 20 ms; each is told with the time at which it left.
    private func pass(_ fault: RelayFault, _ count: Int, every milliseconds: Int = 20) -> [(packet: Int, at: Int)] {
        var held = HeldPackets<Int>(fault)
        var left: [(packet: Int, at: Int)] = []
        for packet in 0..<count {
            let now = packet * milliseconds
            while let due = held.nextDue, due < now { left += held.due(at: due).map { ($0, due) } }
            left += held.arrives(packet, at: now).map { ($0, now) }
        }
        while let due = held.nextDue { left += held.due(at: due).map { ($0, due) } }
        return left
    }

    @Test("every so many'th packet is overtaken by as many as were said, each time the same")
    func reorder() {
        let order = pass(.reorder(every: 4, behind: 2), 12).map(\.packet)
        #expect(order == [0, 1, 2, 4, 5, 3, 6, 8, 9, 7, 10, 11])
        #expect(pass(.reorder(every: 4, behind: 2), 12).map(\.packet) == order)
    }

    @Test("a packet that nothing follows leaves when its patience is over")
    func silence() {
        let left = pass(.reorder(every: 4, behind: 2), 4)
        #expect(left.map(\.packet) == [0, 1, 2, 3])
        #expect(left.last?.at == 60 + HeldPackets<Int>.patience)
    }

    @Test("jitter delays each packet by its turn's time, and keeps their order")
    func jitter() {
        let left = pass(.jitter([30, 0, 50]), 6)
        #expect(left.map(\.packet) == [0, 1, 2, 3, 4, 5])
        // 0 + 30, 20 + 0 after the one before, 40 + 50, 60 + 30 …
        #expect(left.map(\.at) == [30, 30, 90, 90, 90, 150])
    }

    @Test("two packets that are held at once leave in their order")
    func twoHeld() {
        let order = pass(.reorder(every: 2, behind: 3), 10, every: 10).map(\.packet)
        #expect(order == [0, 2, 4, 6, 1, 8, 3, 5, 7, 9])
    }

    /// An Ethernet frame from 192.0.2.1 to 192.0.2.2 with a UDP datagram in it.
    private func frame(
        from source: Int = 4000, to destination: Int = 4002, back: Bool = false, _ payload: [UInt8] = [1, 2, 3]
    ) -> [UInt8] {
        func word(_ value: Int) -> [UInt8] { [UInt8(value >> 8), UInt8(value & 255)] }
        let ends: [[UInt8]] = [[192, 0, 2, 1], [192, 0, 2, 2]]
        let length = 8 + payload.count
        var bytes = [UInt8](repeating: 2, count: 12) + [8, 0]
        bytes += [0x45, 0] + word(20 + length) + [0, 0, 0x40, 0, 64, 17, 0, 0]
        bytes += back ? ends[1] + ends[0] : ends[0] + ends[1]
        return bytes + word(source) + word(destination) + word(length) + [0, 0] + payload
    }

    @Test(
        "the checksum is the one that a receiver works out",
        arguments: [[1, 2, 3], [1, 2, 3, 4], [], [255, 255]] as [[UInt8]])
    func checksum(payload: [UInt8]) throws {
        var datagram = try #require(UDPFrame(frame(payload)))
        datagram.fillChecksum()
        // Whoever adds up pseudo-header and datagram, checksum and all, has all ones (RFC 768).
        let udp = Array(datagram.bytes.dropFirst(34)) + (payload.count.isMultiple(of: 2) ? [] : [0])
        var sum = 17 + 8 + payload.count + 0xC000 + 0x0201 + 0xC000 + 0x0202
        for index in stride(from: 0, to: udp.count, by: 2) { sum += Int(udp[index]) << 8 + Int(udp[index + 1]) }
        while sum > 0xFFFF { sum = sum & 0xFFFF + sum >> 16 }
        #expect(sum == 0xFFFF)
        // A second time it comes to the same.
        let once = datagram.bytes
        datagram.fillChecksum()
        #expect(datagram.bytes == once)
    }

    @Test("a checksum of 0 is sent as 65535, because 0 says that there is none")
    func zeroChecksum() throws {
        // What is left to all ones of the header's sum.
        var datagram = try #require(UDPFrame(frame([0, 0])))
        datagram.fillChecksum()
        let checksum = Array(datagram.bytes[40...41])
        var other = try #require(UDPFrame(frame(checksum)))
        other.fillChecksum()
        #expect(Array(other.bytes[40...41]) == [255, 255])
    }

    @Test("what is no whole UDP datagram over IPv4 is left alone")
    func otherFrames() {
        #expect(UDPFrame(frame())?.source.port == 4000)
        #expect(UDPFrame(frame())?.target.port == 4002)
        #expect(UDPFrame(frame()).map { Array($0.payload) } == [1, 2, 3])
        for (index, value) in [(13, 6), (14, 0x65), (23, 1), (20, 0x20), (21, 1), (38, 1)] as [(Int, UInt8)] {
            var other = frame()
            other[index] = value
            #expect(UDPFrame(other) == nil, "byte \(index)")
            var frames = Self.frames(.reorder(every: 1, behind: 1))
            #expect(frames.arrives(other, from: .a, at: 0) == [.init(frame: other, to: .b)])
        }
        for length in 0..<frame().count { #expect(UDPFrame(Array(frame().prefix(length))) == nil) }
    }

    private static func frames(_ fault: RelayFault) -> RelayedFrames {
        let addresses = RigAddresses(network: .namespaces)
        return RelayedFrames([RelayedLine(name: "line", a: "192.0.2.1", b: "192.0.2.2", fault: fault)]) {
            addresses.isMedia(port: $0)
        }
    }

    @Test("only a line's own media is held back: SIP, RTCP and other lines pass", arguments: [5060, 10_001, 3999])
    func media(port: Int) throws {
        var frames = Self.frames(.reorder(every: 1, behind: 1))
        #expect(frames.arrives(frame(to: port), from: .a, at: 0).map(\.to) == [.b])
        #expect(frames.arrives(frame(to: 10_000), from: .a, at: 0).isEmpty)
        #expect(frames.arrives(frame(to: 4000, back: true), from: .b, at: 0).isEmpty)
        var other = frame()
        other[29] = 77
        #expect(frames.arrives(other, from: .a, at: 0).map(\.to) == [.b])
        let due = try #require(frames.nextDue)
        #expect(Set(frames.due(at: due).map(\.to)) == [.a, .b])
        #expect(frames.nextDue == nil)
    }

    @Test("after the sender's second command nothing of that call comes back, and of the next one all")
    func cut() {
        let preamble: [UInt8] = [0, 1, 1, 6, 0, 0]
        let data: [UInt8] = [0, 2, 4, 0xC0, 1, 2, 3, 0, 0]
        var frames = Self.frames(.cutBack(atCommand: 2))
        func back(_ port: Int) -> Int { frames.arrives(frame(from: 4002, to: port, back: true), from: .b, at: 0).count }
        // Each preamble is said three times.
        for payload in [preamble, preamble, preamble, data] { _ = frames.arrives(frame(payload), from: .a, at: 0) }
        #expect(back(4000) == 1)
        #expect(frames.arrives(frame(preamble), from: .a, at: 0).count == 1)
        #expect(frames.takeNews() == ["cut line"])
        #expect(back(4000) == 0)
        #expect(frames.arrives(frame(data), from: .a, at: 0).count == 1)
        for payload in [preamble, data, preamble, data] {
            #expect(frames.arrives(frame(from: 4100, payload), from: .a, at: 0).count == 1)
        }
        #expect(back(4100) == 1)
        #expect(frames.takeNews().isEmpty)
    }
}
