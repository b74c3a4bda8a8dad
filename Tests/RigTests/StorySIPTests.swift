import FaxModel
import Testing

@testable import FaxRig

/// What is told of a call's SIP messages.
@Suite("SIP in words")
struct StorySIPTests {
    private typealias Message = (from: UInt8, text: String)

    private static let invite: Message = (1, MadeMessage.request("INVITE", 1, MadeMessage.sound(1, 10_000)))
    private static let answer: Message = (2, MadeMessage.response(200, "OK", "INVITE", 1, MadeMessage.sound(2, 12_000)))
    private static let asksT38: Message = (
        2, MadeMessage.request("INVITE", 20, tag: ";tag=a", MadeMessage.t38(2, 4002))
    )

    private static func call(_ messages: Message...) throws -> CallTrace {
        var trace = CallTrace(callID: "c1", number: "5550401")
        for (index, message) in messages.enumerated() {
            let source = Endpoint(address: UInt32(message.from), port: 5060)
            trace.messages.append(
                CallTrace.Message(
                    time: 100 + Double(index), source: source,
                    target: Endpoint(address: UInt32(3 - message.from), port: 5060),
                    message: try #require(SIPMessage(text: message.text)), text: message.text))
        }
        return trace
    }

    private static func facts(_ call: CallTrace, isOurs: Bool = true) -> StoryFacts {
        var facts = StoryFacts()
        _ = TraceReader(call: call, isOurs: isOurs).add(to: &facts)
        return facts
    }

    @Test("A call that changes to T.38 is told in order, from either side")
    func t38() throws {
        let call = try Self.call(
            Self.invite, (2, MadeMessage.response(180, "Ringing", "INVITE", 1)), Self.answer, Self.asksT38,
            (1, MadeMessage.response(200, "OK", "INVITE", 20, MadeMessage.t38(1, 4000))),
            (1, MadeMessage.request("BYE", 2, tag: ";tag=b")))
        let told = SIPTeller(call: call, isOurs: true).steps.map(\.text)
        #expect(
            told == [
                "we call 5550401 (INVITE to 0.0.0.2), as sound (G.711 A-law or G.711 µ-law)", "it rings",
                "the call is answered, as sound (G.711 A-law or G.711 µ-law)",
                "the far end asks to go on by T.38, the way of sending faxes as data instead of sound",
                "T.38 is agreed: at most 14,400 bit/s, each packet repeats those before it against losses",
                "we hang up (BYE)",
            ])
        let facts = Self.facts(call)
        #expect(facts.isAnswered && facts.t38 == .agreed && facts.weHungUp == true && facts.seconds == 3)
        let theirs = SIPTeller(call: call, isOurs: false).steps.map(\.text)
        #expect(theirs.first?.hasPrefix("the far end calls 5550401") == true)
        #expect(theirs.last == "the far end hangs up (BYE)")
        #expect(Self.facts(call, isOurs: false).weHungUp == false)
    }

    @Test("T.38 that is refused leaves a call of sound")
    func refused() throws {
        let call = try Self.call(
            Self.invite, Self.answer,
            (1, MadeMessage.request("INVITE", 2, tag: ";tag=b", MadeMessage.t38(1, 4000))),
            (2, MadeMessage.response(488, "Not Acceptable Here", "INVITE", 2)))
        #expect(
            SIPTeller(call: call, isOurs: true).steps.map(\.text).suffix(2) == [
                "we ask to go on by T.38, the way of sending faxes as data instead of sound",
                "the far end refuses T.38 (488 Not Acceptable Here): the call goes on as sound",
            ])
        #expect(Self.facts(call).t38 == .refused(488))
        let slow = try Self.call(
            Self.invite, Self.answer, Self.asksT38, (1, MadeMessage.response(183, "Session Progress", "INVITE", 20)),
            (2, MadeMessage.request("INVITE", 21, tag: ";tag=a", MadeMessage.t38(2, 0))))
        #expect(
            SIPTeller(call: slow, isOurs: true).steps.map(\.text).suffix(2) == [
                "we will answer that later (183)",
                "the far end asks to go on by T.38, but at port 0, which is none",
            ])
        let silent = try Self.call(Self.invite, Self.answer, Self.asksT38)
        #expect(Self.facts(silent).t38 == .unanswered)
    }

    @Test("An answer at port 0 is no agreement, and none that leaves sound either")
    func portZero() throws {
        let offer: Message = (1, MadeMessage.request("INVITE", 2, tag: ";tag=b", MadeMessage.t38(1, 4000)))
        let call = try Self.call(
            Self.invite, Self.answer, offer, (2, MadeMessage.response(200, "OK", "INVITE", 2, MadeMessage.t38(2, 0))))
        #expect(
            SIPTeller(call: call, isOurs: true).steps.last?.text
                == "the far end agrees to T.38, but at port 0, which is none")
        #expect(Self.facts(call).t38 == .withoutPort)
        let sound = try Self.call(
            Self.invite, Self.answer, offer,
            (2, MadeMessage.response(200, "OK", "INVITE", 2, MadeMessage.sound(2, 12_000))))
        #expect(SIPTeller(call: sound, isOurs: true).steps.last?.text == "the far end answers without T.38")
        #expect(Self.facts(sound).t38 == .refused(200))
    }

    @Test("A call that is not answered says why")
    func notAnswered() throws {
        let busy = try Self.call(Self.invite, (2, MadeMessage.response(486, "Busy Here", "INVITE", 1)))
        #expect(SIPTeller(call: busy, isOurs: true).steps.last?.text == "the call is refused: 486 Busy Here")
        #expect(Self.facts(busy).refusal == 486)
        let cancelled = try Self.call(
            Self.invite, (2, MadeMessage.response(180, "Ringing", "INVITE", 1)), (1, MadeMessage.request("CANCEL", 1)),
            (2, MadeMessage.response(487, "Request Terminated", "INVITE", 1)))
        #expect(SIPTeller(call: cancelled, isOurs: true).steps.last?.text == "we give up before anybody answered")
        #expect(Self.facts(cancelled).refusal == nil && Self.facts(cancelled).isGivenUp)
        let ignored = try Self.call(Self.invite, Self.invite, Self.invite)
        #expect(
            SIPTeller(call: ignored, isOurs: true).steps.map(\.text).dropFirst()
                == ["there is no answer to that (INVITE): it is sent again"])
        #expect(Self.facts(ignored).isIgnored)
    }

    @Test("A password is asked for, and given")
    func password() throws {
        let call = try Self.call(
            Self.invite, (2, MadeMessage.response(401, "Unauthorized", "INVITE", 1)),
            (1, MadeMessage.request("INVITE", 2, MadeMessage.sound(1, 10_000))),
            (2, MadeMessage.response(200, "OK", "INVITE", 2, MadeMessage.sound(2, 12_000))))
        let told = SIPTeller(call: call, isOurs: true).steps.map(\.text)
        #expect(told[1] == "the far end asks for a password (401)")
        #expect(told[2].hasPrefix("we call 5550401 again, with the password"))
        #expect(Self.facts(call).refusal == nil && Self.facts(call).isAnswered)
    }
}
