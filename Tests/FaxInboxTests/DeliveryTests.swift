import FaxInbox
import FaxModel
import FaxStore
import Foundation
import SpoolFiles
import Testing

@Suite("Mail that does not go at once")
struct DeliveryTests {
    let fixture: InboxFixture
    static let down = MailFailure(.temporary, "mx:25, mail for office@example.net: connection refused")

    init() throws { fixture = try InboxFixture() }

    @Test("A server that is down is tried again after 1, 2, 4 … minutes, at most an hour, and gets one message")
    func retries() async throws {
        try fixture.receive()
        await fixture.mailer.fail("*", Self.down)
        var now = InboxFixture.now
        var delays: [Double] = []
        for _ in 0..<9 {
            let pass = try await fixture.pass(now: now)
            #expect(pass.deferred == 1)
            let next = try #require(pass.nextMail)
            delays.append(next.seconds(since: now))
            // Before its time it is left alone.
            let early = try await fixture.pass(now: UnixTime(milliseconds: next.milliseconds - 1))
            #expect(early.deferred == 0)
            now = next
        }
        #expect(delays == [60, 120, 240, 480, 960, 1920, 3600, 3600, 3600])
        #expect(try fixture.store.mail(for: "1795381611.7").first?.lastError == Self.down.message)
        await fixture.mailer.fail("*", nil)
        #expect(try await fixture.pass(now: now).sent == 1)
        #expect(try await fixture.pass(now: now.adding(seconds: 99999)).sent == 0)
        #expect(await fixture.mailer.deliveries.count == 1)
        #expect(try fixture.store.mail(for: "1795381611.7").first?.tries == 10)
    }

    @Test("After five days it is given up and the operator is told, with the fax")
    func givenUp() async throws {
        try fixture.receive()
        await fixture.mailer.fail("office@example.net", Self.down)
        try await fixture.pass()
        let last = InboxFixture.now.adding(seconds: 5 * 86400 - 1)
        #expect(try await fixture.pass(now: last).deferred == 1)
        #expect(try await fixture.pass(now: last.adding(seconds: 3600)).failed == 1)
        #expect(try await fixture.pass(now: last.adding(seconds: 3600)).sent == 1)
        let delivery = try #require(await fixture.mailer.deliveries.first)
        #expect(delivery.recipient == "operator@example.net")
        #expect(
            delivery.message.subject
                == "Not delivered to office@example.net: Fax from 5550100 (+49 30 555), 2 pages")
        #expect(delivery.message.text.contains(Self.down.message))
        #expect(delivery.attachments.count == 1)
        #expect(try fixture.store.mail(for: "1795381611.7").map(\.state) == [.failed, .sent])
    }

    @Test("A recipient refused for good leaves the other alone, and the operator is told")
    func refused() async throws {
        try fixture.receive()
        await fixture.mailer.fail("gone@example.net", MailFailure(.permanent, "550 5.1.1 no such user\r\nX: y"))
        let settings = try fixture.settings(recipients: ["gone@example.net", "office@example.net"])
        let pass = try await fixture.pass(settings: settings)
        #expect(pass.failed == 1)
        #expect(pass.sent == 1)
        #expect(pass.nextMail == InboxFixture.now)
        try await fixture.pass(settings: settings)
        #expect(await fixture.mailer.recipients == ["office@example.net", "operator@example.net"])
        #expect(try fixture.store.mail(for: "1795381611.7").first?.lastError == "550 5.1.1 no such user X: y")
    }

    @Test("A server that refuses everybody for good can be mended: the operator's word waits, and makes no other")
    func operatorRefused() async throws {
        try fixture.receive()
        await fixture.mailer.fail("*", MailFailure(.permanent, "550 relaying denied"))
        let settings = try fixture.settings(recipients: ["gone@example.net"])
        #expect(try await fixture.pass(settings: settings).failed == 1)
        let pass = try await fixture.pass(settings: settings)
        #expect(pass.failed == 0)
        #expect(pass.deferred == 1)
        #expect(try fixture.store.mail(for: "1795381611.7").map(\.kind) == [.fax, .undelivered])
        await fixture.mailer.fail("*", nil)
        #expect(try await fixture.pass(now: try #require(pass.nextMail), settings: settings).sent == 1)
        #expect(await fixture.mailer.recipients == ["operator@example.net"])
        #expect(await fixture.mailer.deliveries.first?.attachments.count == 1)
    }

    @Test("What is for the operator is never given up: after five days it is tried once a day, without another word")
    func operatorUnreachable() async throws {
        try fixture.receive()
        await fixture.mailer.fail("*", MailFailure(.permanent, "550 no"))
        let settings = try fixture.settings(recipients: ["operator@example.net"])
        #expect(try await fixture.pass(settings: settings).deferred == 1)
        let last = InboxFixture.now.adding(seconds: 5 * 86400)
        let pass = try await fixture.pass(now: last, settings: settings)
        #expect(pass.deferred == 1 && pass.nextMail == last.adding(seconds: 86_400))
        #expect(try await fixture.pass(now: last, settings: settings).deferred == 0)
        await fixture.mailer.fail("*", MailFailure(.unavailable, "down"))
        #expect(try await fixture.pass(now: last.adding(seconds: 86_400), settings: settings).failed == 0)
        #expect(try fixture.store.mail(for: "1795381611.7").map(\.kind) == [.fax])
        await fixture.mailer.fail("*", nil)
        #expect(try await fixture.pass(now: last.adding(seconds: 86_500), settings: settings).sent == 1)
    }

    @Test("A server that had all of a message and did not answer is asked again hours later, and that is counted")
    func unanswered() async throws {
        try fixture.receive()
        await fixture.mailer.fail("*", MailFailure(.unanswered, "mx:25: no answer"))
        var now = InboxFixture.now
        var delays: [Double] = []
        for _ in 0..<5 {
            let next = try #require(try await fixture.pass(now: now).nextMail)
            delays.append(next.seconds(since: now) / 3600)
            now = next
        }
        #expect(delays == [4, 8, 16, 24, 24])
        #expect(try fixture.store.mailTroubles().unanswered == 1)
        await fixture.mailer.fail("*", nil)
        #expect(try await fixture.pass(now: now).sent == 1)
        #expect(try fixture.store.mailTroubles() == InboxMailTroubles())
    }

    @Test("The operator's word of a folder that did not get a fax names it, and has the fax")
    func errandGivenUp() async throws {
        try fixture.receive()
        try await fixture.pass()
        try fixture.store.redeliver(
            "1795381611.7", mail: [], errands: [.init(.folder, target: "/srv/orders")],
            look: InboxLook(at: InboxFixture.now, person: "ann", action: .redeliver, uniqueid: "1795381611.7"))
        let errand = try #require(
            try fixture.store.dueErrands([.folder], now: InboxFixture.now, limit: 1).first)
        try fixture.store.markGivenUp(
            errand, error: "no room", notice: .init(.notice, to: try EmailAddress(parsing: "operator@example.net")),
            now: InboxFixture.now)
        try await fixture.pass()
        let delivery = try #require(await fixture.mailer.deliveries.last)
        #expect(delivery.recipient == "operator@example.net" && delivery.attachments.count == 1)
        #expect(delivery.message.subject == "Fax problem: it could not be copied into /srv/orders: no room")
    }

    @Test("A fax that is too large for the notice comes smaller with it")
    func tooLarge() async throws {
        try fixture.receive()
        await fixture.mailer.fail("office@example.net", MailFailure(.permanent, "552 too large"))
        #expect(try await fixture.pass().failed == 1)
        let pdf = try #require(try fixture.archived().first { $0.hasSuffix(".pdf") })
        #expect(truncate(fixture.layout.archive + "/" + pdf, 6_000_000) == 0)
        #expect(try await fixture.pass().sent == 1)
        let delivery = try #require(await fixture.mailer.deliveries.first)
        #expect(delivery.attachments.map(\.count).allSatisfy { $0 < 100_000 } && delivery.attachments.count == 1)
        #expect(delivery.message.text.contains("smaller than the one in the archive"))
        #expect(delivery.message.text.contains("Archived as: "))
    }

    @Test("A pass hands out so many messages and no more, so that a slow server can't keep new faxes waiting")
    func slowServer() async throws {
        for number in 1...25 { try fixture.receive("100.\(number)") }
        let first = try await fixture.pass()
        #expect(first.archived == 20)
        #expect(first.sent == 20)
        #expect(first.hasMore)
        let second = try await fixture.pass()
        #expect(second.archived == 5 && second.sent == 5)
    }

    /// A server that takes a minute for each message.
    private struct SlowMailer: Mailer {
        let inner: RecordingMailer
        let clock: SteadyBox

        func deliver(_ message: MailMessage, to recipient: EmailAddress) async throws(MailFailure) {
            clock.advance(61_000)
            try await inner.deliver(message, to: recipient)
        }
    }

    @Test("A server that takes a minute for a message gets one in a pass, and new faxes come into the archive between")
    func minutes() async throws {
        let clock = SteadyBox()
        let inbox = Inbox(
            settings: try fixture.settings(), store: fixture.store,
            mailer: SlowMailer(inner: fixture.mailer, clock: clock), steady: clock.read)
        for number in 1...2 { try fixture.receive("100.\(number)") }
        let first = try #require(try await inbox.runOnce(now: InboxFixture.now))
        #expect(first.archived == 2 && first.sent == 1)
        try fixture.receive("100.3")
        let second = try #require(try await inbox.runOnce(now: InboxFixture.now.adding(seconds: 61)))
        #expect(second.archived == 1 && second.sent == 1)
    }

    @Test("A server that fails three messages in a row is down: the rest keep their place")
    func serverDown() async throws {
        for number in 1...5 { try fixture.receive("100.\(number)") }
        await fixture.mailer.fail("*", Self.down)
        let pass = try await fixture.pass()
        #expect(pass.deferred == 3)
        #expect(await fixture.mailer.tries == 3)
        #expect(pass.nextMail == InboxFixture.now)
        await fixture.mailer.fail("*", nil)
        #expect(try await fixture.pass().sent == 2)
    }

    @Test("An archived file that somebody took away becomes a word to the operator")
    func fileGone() async throws {
        try fixture.receive()
        await fixture.mailer.fail("*", Self.down)
        try await fixture.pass()
        await fixture.mailer.fail("*", nil)
        for file in try fixture.archived() {
            try FileManager.default.removeItem(atPath: fixture.layout.archive + "/" + file)
        }
        let later = InboxFixture.now.adding(seconds: 60)
        #expect(try await fixture.pass(now: later).failed == 1)
        #expect(try await fixture.pass(now: later).sent == 1)
        #expect(await fixture.mailer.recipients == ["operator@example.net"])
    }
}
