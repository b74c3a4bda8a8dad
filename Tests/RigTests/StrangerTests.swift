import Testing

@testable import FaxRig

/// What the peers that are no Asterisk do, without a network.
@Suite("Strangers")
struct StrangerTests {
    private static let here = Endpoint(address: 0xC000_0202, port: 5060)
    private static let there = Endpoint(address: 0xC000_0201, port: 5060)
    private static let ports = SIPPeerCall.Ports(sound: 10_002, image: 4001)
    private static let offer = MadeMessage.request("INVITE", 2, tag: ";tag=b", MadeMessage.t38(1, 4000))

    private static func give(_ text: String, to call: inout SIPPeerCall, at now: Int) throws -> [SIPPeerCall.Output] {
        call.receives(try #require(SIPMessage(text: text)), SIPHeaders(text: text), at: now)
    }

    /// A call to a stranger that it has answered, and whose answer was acknowledged at 0.
    private static func answered(_ stranger: Stranger) throws -> SIPPeerCall {
        let invite = MadeMessage.request("INVITE", 1, MadeMessage.sound(1, 10_000))
        var call = SIPPeerCall(stranger, answering: SIPHeaders(text: invite), at: here, ports: ports)
        let answer = try #require(messages(try give(invite, to: &call, at: 0)).first)
        #expect(answer.status == 200 && answer.isInDialogue && answer.callID == "c1")
        #expect(answer.session?.media.first?.endpoint == Endpoint(address: here.address, port: ports.sound))
        _ = try give(MadeMessage.request("ACK", 1, tag: ";tag=b"), to: &call, at: 0)
        return call
    }

    private static func messages(_ outputs: [SIPPeerCall.Output]) -> [SIPMessage] {
        outputs.compactMap { if case .message(let text) = $0 { SIPMessage(text: text) } else { nil } }
    }

    private static func words(_ outputs: [SIPPeerCall.Output]) -> [String] {
        outputs.compactMap { if case .word(let text) = $0 { text } else { nil } }
    }

    @Test("A response has all of its request that says where it belongs, and comes back the way it came")
    func response() throws {
        let request = MadeMessage.request("OPTIONS", 7).replacing("Via:", with: "Via: SIP/2.0/UDP proxy\nv:")
        let headers = SIPHeaders(text: SIPDialogue.response(200, to: SIPHeaders(text: request)))
        #expect(headers.all("via") == ["SIP/2.0/UDP proxy", "SIP/2.0/UDP 192.0.2.1:5060;rport;branch=z9hG4bK"])
        #expect(headers["cseq"] == "7 OPTIONS" && headers["call-id"] == "c1")
        #expect(headers["from"] == "\"Callfax\" <sip:5550100@192.0.2.1>;tag=a")
        #expect(headers["to"]?.contains(";tag=") == true)
    }

    @Test("Sound comes every 20 ms from the moment that the call is up, each packet with the next number")
    func sound() throws {
        var call = try Self.answered(.refusesLate)
        let packets = call.due(at: 40)
        #expect(
            packets == (0...2).map { .sound(SilentSound.packet($0), Endpoint(address: 0xC000_0201, port: 10_000)) })
        #expect(SilentSound.packet(0x0102).prefix(8) == [0x80, 0, 1, 2, 0, 0, 0xA1, 0x40])
        #expect(call.nextDue == 60)
    }

    @Test(
        "An offer of T.38 gets a 183 at once, again when it comes again, and a 488 when it is time",
        arguments: [(Stranger.refusesLate, 3000), (.refusesTooLate, 8000)])
    func refusal(stranger: Stranger, after wait: Int) throws {
        var call = try Self.answered(stranger)
        for _ in 1...2 {
            let outputs = try Self.give(Self.offer, to: &call, at: 10_500)
            #expect(Self.messages(outputs).map(\.status) == [183] && Self.words(outputs).isEmpty)
        }
        #expect(Self.messages(call.due(at: 10_500 + wait - 1)).isEmpty)
        let outputs = call.due(at: 10_500 + wait)
        let last = try #require(Self.messages(outputs).first)
        #expect(last.status == 488 && last.sequence == 2 && last.session == nil)
        #expect(Self.words(outputs) == stranger.deeds)
        // What goes on as sound goes to where sound went before.
        let after = call.due(at: 60_000)
        #expect(after.count > 1000 && Self.messages(after).isEmpty)
        #expect(
            after.allSatisfy {
                if case .sound(_, Endpoint(address: 0xC000_0201, port: 10_000)) = $0 { true } else { false }
            })
    }

    @Test("Whoever hangs up meanwhile gets his answers, and the call is over")
    func hungUp() throws {
        var call = try Self.answered(.refusesLate)
        _ = try Self.give(Self.offer, to: &call, at: 10_500)
        let outputs = try Self.give(MadeMessage.request("BYE", 3, tag: ";tag=b"), to: &call, at: 11_000)
        #expect(Self.messages(outputs).map(\.status) == [200, 487])
        #expect(Self.messages(outputs).map(\.sequence) == [3, 2])
        #expect(call.isOver && call.nextDue == nil)
    }

    @Test("T.38 that is agreed to at port 0 is an image at no place, and the sound goes on")
    func agreedToNothing() throws {
        var call = try Self.answered(.agreesToNothing)
        let outputs = try Self.give(Self.offer, to: &call, at: 500)
        let media = try #require(Self.messages(outputs).first?.session?.media.first)
        #expect(media.kind == "image" && media.port == 0 && Self.words(outputs) == Stranger.agreesToNothing.deeds)
        let sounds = call.due(at: 520).filter { if case .sound = $0 { true } else { false } }
        #expect(!sounds.isEmpty)
    }

    @Test("T.38 is offered at port 0 a second after the answer, and a refusal of that is acknowledged")
    func offeredNothing() throws {
        var call = try Self.answered(.offersNothing)
        #expect(Self.messages(call.due(at: 999)).isEmpty)
        let outputs = call.due(at: 1000)
        let invite = try #require(Self.messages(outputs).first)
        #expect(invite.method == "INVITE" && invite.isInDialogue && invite.dialled == "5550100")
        #expect(invite.session?.media.map(\.port) == [0] && Self.words(outputs) == Stranger.offersNothing.deeds)
        let refused = try Self.give(
            MadeMessage.response(488, "Not Acceptable Here", "INVITE", 1), to: &call, at: 1010)
        #expect(Self.messages(refused).map(\.method) == ["ACK"] && !call.isOver)
    }

    @Test("Rubbish begins once T.38 is agreed on, comes to where it was agreed, and ends")
    func rubbish() throws {
        var call = try Self.answered(.sendsRubbish)
        _ = call.due(at: 1000)
        _ = try Self.give(
            MadeMessage.response(200, "OK", "INVITE", 1, MadeMessage.t38(1, 4444)), to: &call, at: 1010)
        let outputs = call.due(at: 60_000)
        let images: [[UInt8]] = outputs.compactMap { output in
            guard case .image(let bytes, Endpoint(address: 0xC000_0201, port: 4444)) = output else { return nil }
            return bytes
        }
        #expect(images == (0..<RubbishPackets.count).map(RubbishPackets.packet))
        #expect(Self.words(outputs) == Stranger.sendsRubbish.deeds && call.nextDue == nil)
    }

    @Test("Of the rubbish some is empty, some is cut short, some claims entries of no length, and none is too large")
    func packets() {
        let packets = (0..<RubbishPackets.count).map(RubbishPackets.packet)
        #expect(Set(packets.map(\.count)).isSuperset(of: [0, 1, 2, 3]))
        #expect(packets.allSatisfy { $0.count <= 1472 })
        let bodies = packets.map { $0.dropFirst(2) }
        // One byte of indicator, redundancy, four packets of no length.
        #expect(bodies.contains([1, 0, 0, 4, 0, 0, 0, 0]))
        // One byte of indicator, redundancy, 16,383 packets, of which there is none.
        #expect(bodies.contains([1, 0, 0, 0xFF, 0xFF]))
        let numbers = packets.filter { $0.count > 1 }.map { Int($0[0]) << 8 | Int($0[1]) }
        #expect(zip(numbers, numbers.dropFirst()).allSatisfy { $1 - $0 >= 5 })
    }

    @Test("A caller with nothing but T.38 takes a refusal for an end, and hangs up what is answered")
    func callsWithT38() throws {
        for (status, isOver) in [(488, true), (200, false)] {
            var (call, outputs) = SIPPeerCall.calling(
                "5550401", at: Self.there, as: .callsWithT38, from: Self.here, ports: Self.ports, callID: "c1")
            let invite = try #require(Self.messages(outputs).first)
            #expect(invite.dialled == "5550401" && invite.session?.media.map(\.kind) == ["image"])
            outputs += try Self.give(MadeMessage.response(status, "", "INVITE", 1), to: &call, at: 5)
            #expect(Self.messages(outputs).map(\.method) == ["INVITE", "ACK"])
            #expect(call.isOver == isOver)
            #expect(Set(Stranger.callsWithT38.deeds).isSubset(of: Self.words(outputs)) == isOver)
            #expect(isOver || Self.messages(call.due(at: 2005)).map(\.method) == ["BYE"])
        }
    }

    @Test("On a stranger's line no Asterisk listens at his end")
    func line() throws {
        let trunk = ScenarioLine.stranger.trunk
        #expect(trunk.ends(on: .b).isEmpty && trunk.ends(on: .a).count == 1)
        #expect(Trunk.stranger.ends(on: .a).isEmpty && Trunk.stranger.ends(on: .b).count == 1)
    }

    @Test("What a stranger said can only be of one scenario")
    func scenarios() {
        let called = ScenarioMatrix.all.compactMap(\.stranger)
        #expect(Set(called).count == called.count && called.count == 5)
        let calling = ScenarioMatrix.all.compactMap { scenario -> Stranger? in
            if case .strangerCalls(let stranger) = scenario.event { stranger } else { nil }
        }
        #expect(Set(called + calling) == Set(Stranger.allCases))
        #expect(ScenarioMatrix.all.allSatisfy { ($0.line == .stranger) == ($0.stranger != nil) })
    }
}
