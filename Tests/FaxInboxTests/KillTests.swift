import FaxInbox
import FaxMail
import FaxModel
import FaxStore
import Foundation
import SpoolFiles
import Synchronization
import Testing

@Suite("A pass that is killed")
struct KillTests {
    struct Killed: Error {}

    /// Lets `lives` steps pass and ends the pass behind the next one.
    final class Axe: Sendable {
        private let left: Mutex<Int>
        private let last = Mutex<InboxStep?>(nil)

        init(lives: Int) { left = Mutex(lives) }

        func strike(_ step: InboxStep) throws {
            try left.withLock { left in
                left -= 1
                if left < 0 {
                    last.withLock { $0 = step }
                    throw Killed()
                }
            }
        }

        var step: InboxStep? { last.withLock { $0 } }
    }

    /// A complete fax, a broken one of a crashed Asterisk, and an empty one.
    private func receive(_ fixture: InboxFixture) throws -> [Data] {
        let tiffs = [try fixture.leaveTIFF("1.1", pages: 2), try fixture.leaveTIFF("1.2", pages: 1)]
        try fixture.leave(try InboxFixture.marker("1.1", asterisk: SalvageTests.gone))
        try fixture.leave(try InboxFixture.report("1.1"))
        try fixture.leave(try InboxFixture.marker("1.2", asterisk: SalvageTests.gone))
        var empty = try InboxFixture.report("1.3")
        empty.faxStatus = "FAILED"
        empty.pages = 0
        try fixture.leave(empty)
        return tiffs
    }

    private func check(_ fixture: InboxFixture, _ tiffs: [Data], _ when: Comment) throws {
        let names = try fixture.archived()
        #expect(names.count == 4, when)
        let contents = try names.filter { $0.hasSuffix(".tiff") }.map {
            try Data(contentsOf: URL(fileURLWithPath: fixture.layout.archive + "/" + $0))
        }
        #expect(Set(contents) == Set(tiffs), when)
        #expect(try fixture.leftInSpool() == [], when)
        #expect(try fixture.store.receipts(limit: 10).count == 3, when)
        #expect(try fixture.store.receipts(limit: 10).allSatisfy { $0.state != .reported }, when)
        let mail = try ["1.1", "1.2", "1.3"].flatMap { try fixture.store.mail(for: $0) }
        #expect(mail.count == 4, when)
        #expect(mail.allSatisfy { $0.state == .sent }, when)
    }

    @Test("behind any of its steps is finished by the next one: one message for each recipient, no file lost")
    func anywhere() async throws {
        var steps: Set<InboxStep> = []
        var lives = 0
        while true {
            let fixture = try InboxFixture()
            let tiffs = try receive(fixture)
            let settings = try fixture.settings(recipients: ["a@example.net", "b@example.net"])
            let maildir = MaildirMailer(directory: fixture.root + "/mail")
            let axe = Axe(lives: lives)
            do {
                try await fixture.pass(settings: settings, mailer: maildir, checkpoint: axe.strike)
            } catch is Killed {}
            if let step = axe.step { steps.insert(step) }
            // A time zone that was changed meanwhile must not hide what is half done.
            let changed = try fixture.settings(recipients: ["a@example.net", "b@example.net"], zone: "Asia/Tokyo")
            try await fixture.pass(settings: changed, mailer: maildir)
            try check(fixture, tiffs, "killed behind step \(lives): \(String(describing: axe.step))")
            let messages = try FileManager.default.contentsOfDirectory(atPath: fixture.root + "/mail/new")
            #expect(messages.count == 4, "killed behind step \(lives): \(String(describing: axe.step))")
            if axe.step == nil { break }
            lives += 1
        }
        #expect(steps == Set(InboxStep.allCases))
        #expect(lives > 15)
    }

    @Test("again and again, one step further each time, comes to the same end")
    func everywhere() async throws {
        let fixture = try InboxFixture()
        let tiffs = try receive(fixture)
        let settings = try fixture.settings(recipients: ["a@example.net", "b@example.net"])
        let maildir = MaildirMailer(directory: fixture.root + "/mail")
        var passes = 0
        while true {
            passes += 1
            // One more step than the last pass: always far enough to make progress, never far enough to be done.
            let axe = Axe(lives: passes / 3)
            do {
                try await fixture.pass(settings: settings, mailer: maildir, checkpoint: axe.strike)
                break
            } catch is Killed {}
        }
        try check(fixture, tiffs, "after \(passes) passes")
        #expect(try FileManager.default.contentsOfDirectory(atPath: fixture.root + "/mail/new").count == 4)
        #expect(passes > 5)
    }

    @Test("between the server's yes and our note sends the same message again, under the same Message-ID")
    func sentTwice() async throws {
        let fixture = try InboxFixture()
        try fixture.leaveTIFF()
        try fixture.leave(try InboxFixture.report())
        await #expect(throws: Killed.self) {
            try await fixture.pass { step in if step == .accepted { throw Killed() } }
        }
        try await fixture.pass(now: InboxFixture.now.adding(seconds: 10))
        let deliveries = await fixture.mailer.deliveries
        #expect(deliveries.count == 2)
        #expect(Set(deliveries.map(\.message.messageID)).count == 1)
        #expect(Set(deliveries.map(\.message)).count == 1)
    }

    @Test("a message that was taken and can't be noted, as on a full disk, is not sent again by the same process")
    func takenButNotNoted() async throws {
        let fixture = try InboxFixture()
        try fixture.leaveTIFF()
        try fixture.leave(try InboxFixture.report())
        let isFull = Mutex(true)
        let inbox = Inbox(
            settings: try fixture.settings(), store: fixture.store, mailer: fixture.mailer,
            checkpoint: { step in
                if step == .accepted, isFull.withLock({ $0 }) { throw Killed() }
            })
        for _ in 1...3 {
            await #expect(throws: Killed.self) { _ = try await inbox.runOnce(now: InboxFixture.now) }
        }
        isFull.withLock { $0 = false }
        #expect(try await inbox.runOnce(now: InboxFixture.now)?.sent == 1)
        #expect(await fixture.mailer.deliveries.count == 1)
        #expect(try fixture.store.queuedMail() == 0)
    }

    @Test("half-way through a move finds the file in both places and keeps one")
    func halfMoved() async throws {
        let fixture = try InboxFixture()
        let tiff = try fixture.leaveTIFF()
        try fixture.leave(try InboxFixture.report())
        await #expect(throws: Killed.self) {
            try await fixture.pass { step in if step == .fileMoved { throw Killed() } }
        }
        try fixture.leaveFile(tiff)
        #expect(try await fixture.pass().archived == 1)
        #expect(try fixture.leftInSpool() == [])
        #expect(try fixture.archived() == [InboxFixture.name + ".pdf", InboxFixture.name + ".tiff"])
    }

    @Test("while it wrote the PDF leaves nothing hidden behind")
    func hiddenFiles() async throws {
        let fixture = try InboxFixture()
        try fixture.leaveTIFF()
        try fixture.leave(try InboxFixture.report())
        await #expect(throws: Killed.self) {
            try await fixture.pass { step in if step == .directoryMade { throw Killed() } }
        }
        let name = String(InboxFixture.name.dropFirst(8)) + ".pdf"
        let hidden = "\(fixture.layout.archive)/5550269/.\(name.prefix(100)).5000000.ab.tmp"
        try Data("half".utf8).write(to: URL(fileURLWithPath: hidden))
        try await fixture.pass()
        #expect(try fixture.archived() == [InboxFixture.name + ".pdf", InboxFixture.name + ".tiff"])
    }
}
