import FaxMail
import FaxModel
import FaxPages
import FaxSettings
import FaxStore
import Foundation
import GRDB
import Logging
import SpoolFiles
import Synchronization
import Testing

@testable import FaxCommands

/// Keeps what it is given, once a real Maildir has taken it; or refuses it.
final class NoticeMailer: Mailer {
    private let maildir: MaildirMailer
    let sent = Mutex<[MailMessage]>([])
    let attachments = Mutex<[String: Data]>([:])
    let failure = Mutex<MailFailure?>(nil)

    init(maildir: String) { self.maildir = MaildirMailer(directory: maildir) }

    func deliver(_ message: MailMessage, to recipient: EmailAddress) async throws(MailFailure) {
        if let failure = failure.withLock({ $0 }) { throw failure }
        try await maildir.deliver(message, to: recipient)
        sent.withLock { $0.append(message) }
        for attachment in message.attachments {
            let data = try? Data(contentsOf: URL(fileURLWithPath: attachment.path))
            attachments.withLock { $0[attachment.name] = data }
        }
    }

    var messages: [MailMessage] { sent.withLock { $0 } }
}

/// The owners of jobs, and the operator, are told.
@Suite("Who is told") struct NoticeTests {
    private func withSite(
        _ more: String = "", _ body: (QueueSite, Installation, NoticeMailer, NoticePass) async throws -> Void
    ) async throws {
        let site = try QueueSite(sending: more)
        defer { site.remove() }
        let settings = try Settings.read(path: site.root + "/callfax.yaml", hostName: "h")
        let installation = try Installation(settings)
        let mailer = NoticeMailer(maildir: site.root + "/mail")
        let pass = NoticePass(
            site: installation, mailer: mailer, logger: Logger(label: "t", factory: { _ in SwiftLogNoOpLogHandler() }))
        try await body(site, installation, mailer, pass)
    }

    private static let address =
        "\nmail: {from: fax@example.org, maildir: /nowhere}\nreceiving: {operator: op@example.org}"

    private func submit(
        _ site: QueueSite, _ numbers: [String], _ wish: Notify.Wish, attach: Bool = false
    ) throws -> [Int64] {
        let document = site.layout.documents + "/\(UUID().uuidString.lowercased()).tiff"
        var writer = try FaxTIFFWriter(path: document, totalPages: 2)
        var page = PageBits(width: 1728, rows: 400)
        for index in 0..<2000 { page.bytes[index] = 0xFF }
        try writer.add(page, .fine)
        try writer.add(page, .fine)
        _ = try writer.finish()
        let now = Clock.now()
        let notify = Notify(
            address: try EmailAddress(parsing: "ann@example.org"), wish: wish, attachesDocument: attach)
        return try site.store.submit(
            Submission(
                document: Submission.Pages(path: document, count: 2, longestCall: 200),
                recipients: try numbers.map {
                    Submission.Recipient(
                        FaxRequest(
                            owner: "ann", number: try FaxNumber(parsing: $0), name: try RecipientName(parsing: "Łódź"),
                            stationID: try StationID(parsing: "Test"), resolution: .fine, ecm: true, t38: true,
                            rate: .r14400, template: "fax-outbound", notify: notify))
                }, submitted: now, due: now.adding(seconds: 3600), deadline: now.adding(seconds: 7200)))
    }

    @Test(
        "each wish is told of what it is about, once",
        arguments: [
            (Notify.Wish.done, [2, 0]), (.failed, [1, 0]), (.requeue, [2, 1]), (.never, [0, 0]),
        ])
    func wishes(wish: Notify.Wish, counts: [Int]) async throws {
        try await withSite(Self.address) { site, _, mailer, pass in
            let ids = try submit(site, ["1", "2", "3", "4"], wish)
            try site.end(ids[0], .delivered, nil, pages: 2)
            try site.end(ids[1], .partial, .pageDropped, pages: 1)
            try site.end(ids[2], .retry(at: UnixTime(seconds: 4_000_000_000)), .dialBusy, pages: 0)
            _ = try site.store.cancel(ids[3], now: Clock.now())
            try await pass.run()
            try await pass.run()
            let again = mailer.messages.filter { $0.subject.contains("tried again") }
            #expect([mailer.messages.count - again.count, again.count] == counts)
        }
    }

    @Test("the message says what became of it in plain words, with the first page as a picture")
    func words() async throws {
        try await withSite(Self.address) { site, _, mailer, pass in
            let ids = try submit(site, ["+49301"], .done, attach: true)
            try site.end(ids[0], .partial, .pageDropped, pages: 1)
            try await pass.run()
            let message = try #require(mailer.messages.first)
            #expect(message.to.map(\.text) == ["ann@example.org"])
            #expect(message.subject == "Fax to +49301 (Łódź) only partly delivered: 1 of 2 pages")
            #expect(message.text.contains("from page 2 on nothing arrived for certain"))
            #expect(message.text.contains("the call broke while pages were being sent"))
            #expect(message.text.contains("1 calls, 62 seconds on the line"))
            #expect(message.attachments.map(\.name) == ["page-1.png", "fax-\(ids[0]).pdf"])
            let files = mailer.attachments.withLock { $0 }
            #expect(files["page-1.png"]?.starts(with: [0x89, 0x50, 0x4E, 0x47]) == true)
            #expect(files["fax-\(ids[0]).pdf"]?.starts(with: Array("%PDF".utf8)) == true)
        }
    }

    @Test(
        "a broadcast whose last fax is taken back is told all the same, one that went well not to who wants failures only"
    )
    func quietBroadcasts() async throws {
        try await withSite(Self.address) { site, _, mailer, pass in
            let ids = try submit(site, (1...7).map { "555000\($0)" }, .failed)
            for id in ids.dropLast() { try site.end(id, .failed, .dialRejected, pages: 0) }
            _ = try site.store.cancel(ids[6], now: Clock.now())
            try await pass.run()
            #expect(mailer.messages.count == 1)
            #expect(mailer.messages[0].text.contains("6 failed\n"))
            #expect(mailer.messages[0].text.contains("Not delivered:\n- job \(ids[0]) to 5550001"))
            let good = try submit(site, (1...7).map { "555100\($0)" }, .failed)
            for id in good { try site.end(id, .delivered, nil, pages: 2) }
            try await pass.run()
            #expect(mailer.messages.count == 1)
        }
    }

    @Test("a broadcast is told in one message when its last fax is over")
    func broadcast() async throws {
        try await withSite(Self.address) { site, _, mailer, pass in
            let ids = try submit(site, (1...7).map { "555000\($0)" }, .requeue)
            for id in ids.dropLast() {
                try site.end(
                    id, id == ids[0] ? .failed : .delivered, id == ids[0] ? .dialRejected : nil,
                    pages: id == ids[0] ? 0 : 2)
            }
            try await pass.run()
            #expect(mailer.messages.isEmpty)
            try site.end(ids[6], .delivered, nil, pages: 2)
            try await pass.run()
            #expect(mailer.messages.map(\.subject) == ["Fax to 7 recipients: 6 delivered"])
            #expect(mailer.messages.first?.text.contains("job \(ids[0]) to 5550001 (Łódź): failed") == true)
        }
    }

    @Test("a mail server that is down costs time only; one that refuses for good ends it")
    func trouble() async throws {
        try await withSite(Self.address) { site, _, mailer, pass in
            let ids = try submit(site, ["1", "2"], .done)
            try site.end(ids[0], .delivered, nil, pages: 2)
            mailer.failure.withLock { $0 = MailFailure(.temporary, "down") }
            let now = Clock.now()
            try await pass.runOnce(now: now)
            mailer.failure.withLock { $0 = nil }
            try await pass.runOnce(now: now.adding(seconds: 30))
            #expect(mailer.messages.isEmpty)
            try await pass.runOnce(now: now.adding(seconds: 61))
            #expect(mailer.messages.count == 1)
            try site.end(ids[1], .delivered, nil, pages: 2)
            mailer.failure.withLock { $0 = MailFailure(.permanent, "no such user") }
            let later = max(Clock.now(), now.adding(seconds: 100))
            try await pass.runOnce(now: later)
            mailer.failure.withLock { $0 = nil }
            try await pass.runOnce(now: later.adding(seconds: 100_000))
            #expect(mailer.messages.count == 1)
        }
    }

    @Test("each trouble is named for as long as it lasts")
    func troubles() {
        let now = UnixTime(seconds: 1_700_000_000)
        let well = OperatorAlarms.Facts(
            now: now,
            queue: QueueTroubles(oldestDue: now.adding(seconds: -899), callsUnderWay: 0, unknown: [], local: [:]),
            lines: 4, room: FileSystemRoom(free: 10_000_000_000, size: 100_000_000_000))
        #expect(OperatorAlarms.troubles(well).isEmpty)
        var facts = well
        facts.queue.oldestDue = now.adding(seconds: -901)
        #expect(Array(OperatorAlarms.troubles(facts).keys) == ["queue"])
        facts.queue.callsUnderWay = 4
        #expect(OperatorAlarms.troubles(facts).isEmpty, "all lines are taken")
        facts = well
        facts.room = FileSystemRoom(free: 199_000_000, size: 200_000_000)
        #expect(Array(OperatorAlarms.troubles(facts).keys) == ["disk"])
        facts = well
        facts.queue.unknown = [7]
        facts.queue.local = [.localDown: 3]
        #expect(Set(OperatorAlarms.troubles(facts).keys) == ["unknown 7", "local.asterisk-down"])
    }

    @Test("the operator is told of an unknown fax once, also after a restart")
    func alarm() async throws {
        try await withSite(Self.address) { site, installation, mailer, _ in
            let ids = try submit(site, ["1"], .never)
            try site.end(ids[0], .unknown, .outcomeUnknown, pages: 0)
            for _ in 0..<2 {
                try await AlarmPass(
                    site: installation, mailer: mailer,
                    logger: Logger(label: "t", factory: { _ in SwiftLogNoOpLogHandler() })
                ).run()
            }
            #expect(mailer.messages.map(\.to) == [[try EmailAddress(parsing: "op@example.org")]])
            #expect(mailer.messages.first?.text.contains("Job \(ids[0]) is unknown") == true)
        }
    }

    @Test("each event is one line of JSON for a program, in order; one that fails, hangs or is missing stops nothing")
    func hook() async throws {
        try await withSite(Self.address) { site, installation, _, _ in
            let program = site.root + "/hook"
            let seen = site.root + "/seen"
            try "#!/bin/sh\ncat >> \"$1\"\nexit 3\n".write(toFile: program, atomically: true, encoding: .utf8)
            chmod(program, 0o755)
            let logger = Logger(label: "t", factory: { _ in SwiftLogNoOpLogHandler() })
            let hook = EventHook(site: installation, command: [program, seen], logger: logger)
            _ = try submit(site, ["9"], .never)
            try hook.runOnce()
            let ids = try submit(site, ["1"], .never)
            try site.end(ids[0], .delivered, nil, pages: 2)
            try hook.runOnce()
            try hook.runOnce()
            let lines = try String(contentsOfFile: seen, encoding: .utf8).split(separator: "\n")
            #expect(lines.count == 4)
            #expect(lines.allSatisfy { $0.contains("\"id\":\(ids[0])") })
            #expect(lines.last?.contains("\"state\":\"delivered\"") == true)
            for command in [["/nowhere/none"], ["/bin/sleep", "600"], ["/bin/sh", "-c", "yes"]] {
                _ = try site.store.hold(try submit(site, ["2"], .never)[0], true, now: Clock.now())
                try EventHook(site: installation, command: command, logger: logger, limit: 1).runOnce()
            }
            let last = try site.store.lastEvent()
            #expect(try site.store.fact("hook") == "\(last)")
        }
    }

    @Test(
        "what was sent, or handed to a program, and can't be noted, as on a full disk, is not repeated by the same process"
    )
    func fullDisk() async throws {
        try await withSite(Self.address) { site, installation, mailer, pass in
            let seen = site.root + "/seen"
            let program = "while read -r line; do echo x >> \"$0\"; done"
            let hook = EventHook(
                site: installation, command: ["/bin/sh", "-c", program, seen],
                logger: Logger(label: "t", factory: { _ in SwiftLogNoOpLogHandler() }))
            try hook.runOnce()
            let ids = try submit(site, ["1"], .done)
            try site.end(ids[0], .delivered, nil, pages: 2)
            let store = try DatabaseQueue(path: site.layout.store)
            let full = "BEGIN SELECT RAISE(ABORT, 'database or disk is full'); END"
            try await store.write { db in
                try db.execute(sql: "CREATE TRIGGER full_notice BEFORE UPDATE ON notice \(full)")
                try db.execute(sql: "CREATE TRIGGER full_fact BEFORE INSERT ON fact \(full)")
                try db.execute(sql: "CREATE TRIGGER full_facts BEFORE UPDATE ON fact \(full)")
            }
            for _ in 1...3 {
                await #expect(throws: (any Error).self) { try await pass.run() }
                #expect(throws: (any Error).self) { try hook.runOnce() }
            }
            try await store.write { db in
                for name in ["notice", "fact", "facts"] { try db.execute(sql: "DROP TRIGGER full_\(name)") }
            }
            try await pass.run()
            try hook.runOnce()
            #expect(mailer.messages.count == 1)
            let events = try site.store.events(after: 0).events.count
            #expect(try String(contentsOfFile: seen, encoding: .utf8).split(separator: "\n").count == events)
            #expect(try site.store.fact("hook") == "\(site.store.lastEvent())")
        }
    }
}
