import FaxMail
import FaxModel
import Synchronization
import Testing

@Suite("Several mail servers")
struct RelayTests {
    /// Answers what it is told to, and counts how often it is asked.
    final class Relay: Mailer {
        let failure = Mutex<MailFailure?>(nil)
        let asked = Mutex(0)
        let rests = Mutex(0)

        init(_ failure: MailFailure? = nil) { self.failure.withLock { $0 = failure } }

        func deliver(_ message: MailMessage, to recipient: EmailAddress) async throws(MailFailure) {
            asked.withLock { $0 += 1 }
            if let failure = failure.withLock({ $0 }) { throw failure }
        }

        func rest() async { rests.withLock { $0 += 1 } }

        var count: Int { asked.withLock { $0 } }
    }

    private final class SecondHand: Sendable {
        let now = Mutex(0.0)
        var read: @Sendable () -> Double { { self.now.withLock { $0 } } }
    }

    @Test("One that is not to be had is passed over for a minute, the next one takes the message")
    func next() async throws {
        let (first, second) = (Relay(MailFailure(.unavailable, "first down")), Relay())
        let clock = SecondHand()
        let mailer = RelayMailer([first, second], clock: clock.read)
        for _ in 0..<3 { #expect(try await failure(mailer, Samples.message(), to: "a@x.net") == nil) }
        #expect(first.count == 1 && second.count == 3)
        first.failure.withLock { $0 = nil }
        clock.now.withLock { $0 = 61 }
        #expect(try await failure(mailer, Samples.message(), to: "a@x.net") == nil)
        #expect(first.count == 2 && second.count == 3)
    }

    @Test(
        "An answer about the message is an answer: no other is asked",
        arguments: [
            MailFailure.Kind.temporary, .permanent,
        ])
    func answered(kind: MailFailure.Kind) async throws {
        let (first, second) = (Relay(MailFailure(kind, "no")), Relay())
        let mailer = RelayMailer([first, second])
        #expect(try await failure(mailer, Samples.message(), to: "a@x.net")?.kind == kind)
        #expect(second.count == 0)
    }

    @Test("Where none is to be had each is asked every time, and all reasons are told")
    func none() async throws {
        let relays = [Relay(MailFailure(.unavailable, "first down")), Relay(MailFailure(.unavailable, "second down"))]
        let mailer = RelayMailer(relays)
        for _ in 0..<2 {
            let failed = try await failure(mailer, Samples.message(), to: "a@x.net")
            #expect(failed == MailFailure(.unavailable, "first down; second down"))
        }
        relays[0].failure.withLock { $0 = nil }
        #expect(try await failure(mailer, Samples.message(), to: "a@x.net") == nil)
        #expect(relays.map(\.count) == [3, 2])
        await mailer.rest()
        #expect(relays.map { $0.rests.withLock { $0 } } == [1, 1])
    }
}
