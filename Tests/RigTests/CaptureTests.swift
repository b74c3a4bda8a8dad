import FaxModel
import Testing

@testable import FaxRig

/// A trace made by hand, packet by packet.
private struct MadeTrace {
    enum Link: UInt32 {
        case ethernet = 1
        case cooked = 113
        case cooked2 = 276
        case raw = 101
    }

    var bytes: [UInt8]
    private let link: Link

    init(_ link: Link = .ethernet) {
        self.link = link
        bytes = [0xD4, 0xC3, 0xB2, 0xA1, 2, 0, 4, 0] + [UInt8](repeating: 0, count: 8) + Self.little(65_535)
        bytes += Self.little(link.rawValue)
    }

    static func little(_ value: UInt32) -> [UInt8] { [0, 8, 16, 24].map { UInt8(truncatingIfNeeded: value >> $0) } }
    static func big(_ value: Int) -> [UInt8] {
        [UInt8(truncatingIfNeeded: value >> 8), UInt8(truncatingIfNeeded: value)]
    }

    mutating func add(
        _ time: Double, from: (UInt8, Int), to: (UInt8, Int), _ payload: [UInt8], fragment: UInt8 = 0
    ) {
        var ip: [UInt8] = [0x45, 0] + Self.big(28 + payload.count) + [0, 0, fragment, 0, 64, 17, 0, 0]
        ip += [192, 0, 2, from.0, 192, 0, 2, to.0] + Self.big(from.1) + Self.big(to.1)
        ip += Self.big(8 + payload.count) + [0, 0] + payload
        let frame: [UInt8] =
            switch link {
            case .ethernet: [UInt8](repeating: 2, count: 12) + [8, 0] + ip
            case .cooked: [UInt8](repeating: 0, count: 14) + [8, 0] + ip
            case .cooked2: [8, 0] + [UInt8](repeating: 0, count: 18) + ip
            case .raw: ip
            }
        let seconds = UInt32(time)
        bytes += Self.little(seconds) + Self.little(UInt32(((time - Double(seconds)) * 1e6).rounded()))
        bytes += Self.little(UInt32(frame.count)) + Self.little(UInt32(frame.count)) + frame
    }

    mutating func say(_ time: Double, from: UInt8, to: UInt8, _ text: String) {
        add(time, from: (from, 5060), to: (to, 5060), Array(text.replacing("\n", with: "\r\n").utf8))
    }

    mutating func rtp(_ time: Double, from: (UInt8, Int), to: (UInt8, Int), _ number: Int) {
        add(time, from: from, to: to, [0x80, 8] + Self.big(number) + [UInt8](repeating: 0xD5, count: 168))
    }

    mutating func udptl(_ time: Double, from: (UInt8, Int), to: (UInt8, Int), _ number: Int) {
        add(time, from: from, to: to, Self.big(number) + [1, 0, 0, 0])
    }
}

/// The messages of a call from 192.0.2.1 to 192.0.2.2 and its media, as Asterisk's look.
enum MadeMessage {
    static func request(
        _ method: String, _ order: Int, call: String = "c1", number: String = "5550401", tag: String = "",
        _ body: String = ""
    ) -> String {
        """
        \(method) sip:\(number)@192.0.2.2:5060 SIP/2.0
        Via: SIP/2.0/UDP 192.0.2.1:5060;rport;branch=z9hG4bK
        From: "Callfax" <sip:5550100@192.0.2.1>;tag=a
        To: <sip:\(number)@192.0.2.2>\(tag)
        Call-ID: \(call)
        CSeq: \(order) \(method)

        """ + content(body)
    }

    static func response(
        _ status: Int, _ reason: String, _ method: String, _ order: Int, call: String = "c1", _ body: String = ""
    ) -> String {
        """
        SIP/2.0 \(status) \(reason)
        v: SIP/2.0/UDP 192.0.2.1:5060;rport;branch=z9hG4bK
        f: "Callfax" <sip:5550100@192.0.2.1>;tag=a
        t: <sip:5550401@192.0.2.2>;tag=b
        i: \(call)
        CSeq: \(order) \(method)

        """ + content(body)
    }

    private static func content(_ body: String) -> String {
        body.isEmpty ? "\n" : "Content-Type: application/sdp\nContent-Length: \(body.utf8.count)\n\n" + body
    }

    static func sound(_ host: UInt8, _ port: Int) -> String {
        "v=0\no=- 1 1 IN IP4 192.0.2.\(host)\ns=Asterisk\nc=IN IP4 192.0.2.\(host)\nt=0 0\n"
            + "m=audio \(port) RTP/AVP 8 0\na=rtpmap:8 PCMA/8000\n"
    }

    static func t38(_ host: UInt8, _ port: Int) -> String {
        "v=0\no=- 1 2 IN IP4 192.0.2.\(host)\ns=Asterisk\nc=IN IP4 192.0.2.\(host)\nt=0 0\n"
            + "m=image \(port) udptl t38\na=T38FaxVersion:0\na=T38MaxBitRate:14400\na=T38FaxUdpEC:t38UDPRedundancy\n"
    }
}

@Suite("Packet captures")
struct CaptureTests {
    /// A call that is answered, changes to T.38 and ends; another one at the same time is refused.
    private static var made: MadeTrace {
        var trace = MadeTrace()
        trace.say(100, from: 1, to: 2, MadeMessage.request("INVITE", 1, MadeMessage.sound(1, 10_000)))
        trace.say(100.001, from: 2, to: 1, MadeMessage.response(100, "Trying", "INVITE", 1))
        trace.say(100.002, from: 1, to: 2, MadeMessage.request("INVITE", 7, call: "c2", number: "5551001"))
        trace.say(100.003, from: 2, to: 1, MadeMessage.response(486, "Busy Here", "INVITE", 7, call: "c2"))
        trace.say(100.5, from: 2, to: 1, MadeMessage.response(200, "OK", "INVITE", 1, MadeMessage.sound(2, 12_000)))
        trace.say(100.6, from: 1, to: 2, MadeMessage.request("ACK", 1, tag: ";tag=b"))
        for number in [1, 2, 3, 6, 5] {
            trace.rtp(101 + Double(number) / 50, from: (2, 12_000), to: (1, 10_000), number)
        }
        trace.rtp(101.2, from: (1, 10_000), to: (2, 12_000), 1)
        // RTP's report, and somebody else's packet.
        trace.add(101.3, from: (2, 12_001), to: (1, 10_001), [0x80, 200] + [UInt8](repeating: 0, count: 30))
        trace.rtp(101.4, from: (9, 12_000), to: (8, 10_000), 1)
        trace.say(103, from: 2, to: 1, MadeMessage.request("INVITE", 20, tag: ";tag=a", MadeMessage.t38(2, 4002)))
        trace.say(103.1, from: 1, to: 2, MadeMessage.response(200, "OK", "INVITE", 20, MadeMessage.t38(1, 4000)))
        trace.udptl(104, from: (1, 4000), to: (2, 4002), 0)
        trace.udptl(104.1, from: (1, 4000), to: (2, 4002), 1)
        trace.say(110, from: 1, to: 2, MadeMessage.request("BYE", 2, tag: ";tag=b"))
        return trace
    }

    @Test("A call is found with its messages, its media and its end")
    func call() throws {
        let calls = try PacketTrace(Self.made.bytes).calls
        #expect(calls.map(\.number) == ["5550401", "5551001"])
        let call = calls[0]
        #expect(call.began == 100 && call.ended == 110)
        #expect(call.messages.map(\.message.sequence) == [1, 1, 1, 1, 20, 20, 2])
        #expect(call.messages[0].message.session?.media.first?.formats == ["PCMA", "PCMU"])
        #expect(call.messages[4].message.session?.isT38 == true)
        #expect(call.messages[4].message.session?.media[0].attributes["T38FaxUdpEC"] == "t38UDPRedundancy")
        #expect(call.packets("audio", fromCaller: false) == 5)
        #expect(call.packets("audio", fromCaller: true) == 1)
        #expect(call.packets("image", fromCaller: true) == 2)
        #expect(call.packets("image", fromCaller: false) == 0)
        // 4 is missing; 5 came late.
        #expect(call.flows.first { $0.kind == "audio" && !$0.fromCaller }?.missing == 1)
    }

    @Test("A call's own file has its SIP and media and nothing else, and can be read again")
    func extract() throws {
        let trace = try PacketTrace(Self.made.bytes)
        let own = try PacketTrace(trace.file(of: trace.calls[0]))
        #expect(own.packets.count == 7 + 5 + 1 + 1 + 2)
        #expect(own.calls.map(\.callID) == ["c1"])
        let other = try PacketTrace(trace.file(of: trace.calls[1]))
        #expect(other.packets.count == 2)
    }

    @Test("Frames of each kind are read", arguments: [1, 113, 276, 101] as [UInt32])
    fileprivate func links(_ kind: UInt32) throws {
        var trace = MadeTrace(try #require(MadeTrace.Link(rawValue: kind)))
        trace.say(5, from: 1, to: 2, MadeMessage.request("INVITE", 1))
        #expect(try PacketTrace(trace.bytes).calls.map(\.number) == ["5550401"])
    }

    @Test("A capture that was cut off is read as far as it goes, and what is none is refused in words")
    func damaged() throws {
        let bytes = Self.made.bytes
        #expect(try PacketTrace(bytes.dropLast(7).map { $0 }).packets.count == PacketTrace(bytes).packets.count - 1)
        for length in stride(from: 24, to: bytes.count, by: 97) { _ = try PacketTrace(Array(bytes[..<length])).calls }
        #expect(throws: FaxError.self) { try PacketTrace([1, 2, 3]) }
        #expect(throws: FaxError.self) { try PacketTrace([UInt8](repeating: 0x20, count: 100)) }
        let modern = [0x0A, 0x0D, 0x0D, 0x0A] + [UInt8](repeating: 0, count: 40)
        let problem = #expect(throws: FaxError.self) { try PacketTrace(modern) }
        #expect(problem?.message.contains("pcapng") == true)
    }

    @Test("Fragments and lengths that lie are passed over")
    func hostile() throws {
        var trace = MadeTrace()
        let text = Array(MadeMessage.request("INVITE", 1).replacing("\n", with: "\r\n").utf8)
        trace.add(1, from: (1, 5060), to: (2, 5060), text, fragment: 0x20)
        trace.add(2, from: (1, 5060), to: (2, 5060), [])
        #expect(try PacketTrace(trace.bytes).calls.isEmpty)
        // Whatever a byte becomes, reading it ends.
        var bytes = Self.made.bytes
        for place in stride(from: 24, to: bytes.count, by: 13) {
            let before = bytes[place]
            bytes[place] = 0xFF
            _ = try PacketTrace(bytes).calls
            bytes[place] = before
        }
    }

    @Test("A message's names, numbers and reasons are read, in long and short form")
    func messages() throws {
        let bye = try #require(
            SIPMessage(
                text: MadeMessage.request("BYE", 3, tag: ";tag=b").replacing(
                    "CSeq", with: "Reason: Q.850;cause=31;text=\"x\"\nCSeq")))
        #expect(bye.method == "BYE" && bye.cause == 31 && bye.isInDialogue && bye.from == "5550100")
        let refusal = try #require(SIPMessage(text: MadeMessage.response(488, "Not Acceptable Here", "INVITE", 9)))
        #expect(refusal.status == 488 && refusal.reason == "Not Acceptable Here" && refusal.callID == "c1")
        #expect(refusal.sequenceMethod == "INVITE" && refusal.sequence == 9)
        #expect(SIPMessage(text: "NOTIFY me of nothing at all, please, and thank you very much") == nil)
    }
}
