import FaxModel
import FaxPages
import FaxStore
import Foundation
import SpoolFiles
import Testing

@testable import FaxInbox

@Suite("The receiver in full")
struct ReceiverTests {
    let fixture: InboxFixture

    init() throws { fixture = try InboxFixture() }

    private func settings(
        repackAfter: Int64? = nil, linkBase: String? = nil, maxMessage: Int64 = 20_000_000,
        _ change: (inout InboxRules) throws -> Void
    ) throws -> InboxSettings {
        var rules = try fixture.rules(recipients: ["office@example.net"])
        try change(&rules)
        return try InboxSettings(
            layout: fixture.layout, host: "fax.example.net", timeZoneIdentifier: "Europe/Berlin",
            from: EmailAddress(parsing: "fax@example.net"), rules: rules, maxCall: 3600, linkBase: linkBase,
            maxMessage: maxMessage, repackAfter: repackAfter)
    }

    @Test("A call that was turned away is a line in the record: counted, and nobody is told")
    func blocked() async throws {
        var report = try InboxFixture.report("2.1")
        report.blockedBy = "nuisance"
        try fixture.leave(report)
        let pass = try await fixture.pass()
        #expect(pass.blocked == 1)
        #expect(await fixture.mailer.tries == 0)
        let receipt = try #require(try fixture.store.receipt("2.1"))
        #expect(receipt.state == .blocked && receipt.junk == "nuisance")
        #expect(try fixture.leftInSpool() == [])
        let stats = try fixture.store.stats(
            since: UnixTime(milliseconds: 0), until: UnixTime(milliseconds: .max))
        #expect(stats.blocked == 1 && stats.calls == 0 && stats.byRule == ["nuisance": 1])
        // The report once more, as after a kill before it was removed.
        try fixture.leave(report)
        #expect(try await fixture.pass() == InboxPass())
        #expect(try fixture.leftInSpool() == [])
    }

    @Test("A fax from a station that nobody wants is archived as junk, and nobody is told")
    func junk() async throws {
        try fixture.receive { $0.remoteStationID = "The Cheap Loans Ltd" }
        let settings = try settings { rules in
            rules.blocks = [BlockRule(name: "loans", station: try StationMatch(parsing: "*cheap loans*"))]
        }
        let pass = try await fixture.pass(settings: settings)
        #expect(pass.junk == 1 && pass.sent == 0)
        let receipt = try #require(try fixture.store.receipt("1795381611.7"))
        #expect(receipt.junk == "loans" && receipt.state == .archived)
        #expect(receipt.keepUntil == InboxFixture.now.adding(seconds: 30 * 86_400))
        #expect(try fixture.archived().count == 2)
    }

    @Test("A call without a page is mailed only where somebody asked for it")
    func emptyCalls() async throws {
        var report = try InboxFixture.report()
        report.faxStatus = "FAILED"
        report.faxStatusText = "Timed out waiting for initial communication"
        report.pages = 0
        try fixture.leave(report)
        try await fixture.pass(settings: try settings { $0.standard.tellsEmpty = true })
        let message = try #require(await fixture.mailer.deliveries.first).message
        #expect(message.subject == "Call without a fax from 5550100 (+49 30 555)")
        #expect(message.text.contains("A call for 5550269 brought no page: the sender stopped answering"))
        #expect(message.attachments.isEmpty && message.picture == nil)
    }

    @Test("In quiet hours the message waits for their end, by the clock on the wall")
    func quiet() async throws {
        try fixture.receive()
        let settings = try settings {
            $0.standard.quiet = [SendingRule.Period(days: Set(Weekday.allCases), from: 22 * 60, to: 6 * 60)]
            $0.standard.printer = "laser"
        }
        // 22:07:51 in Berlin.
        let pass = try await fixture.pass(settings: settings)
        #expect(pass.archived == 1 && pass.sent == 0)
        let morning = InboxFixture.now.adding(seconds: 7 * 3600 + 52 * 60 + 9)
        #expect(pass.nextMail == morning)
        #expect(try fixture.store.errands(for: "1795381611.7").map(\.nextAt) == [morning])
        #expect(try await fixture.pass(now: morning, settings: settings).sent == 1)
    }

    @Test("A route decides about language, files, printer, folder and command, and for how long it is kept")
    func route() async throws {
        try fixture.receive()
        let settings = try settings(repackAfter: 300) { rules in
            var handling = InboundHandling()
            handling.recipients = [try EmailAddress(parsing: "verkauf@example.net")]
            handling.style.language = .de
            handling.style.files = .both
            handling.printer = "laser"
            handling.folder = "/srv/fax"
            handling.command = ["/bin/true", "a b"]
            handling.keepDays = 10
            rules.routes = [InboundRoute(name: "sales", dialled: .exact("5550269"), handling: handling)]
        }
        try await fixture.pass(settings: settings)
        let delivery = try #require(await fixture.mailer.deliveries.first)
        #expect(delivery.recipient == "verkauf@example.net")
        #expect(delivery.message.subject == "Fax von 5550100 (+49 30 555), 2 Seiten")
        #expect(delivery.message.attachments.map(\.contentType) == ["application/pdf", "image/tiff"])
        #expect(delivery.message.fields.contains(.init("X-Fax-Route", "sales")))
        let receipt = try #require(try fixture.store.receipt("1795381611.7"))
        #expect(receipt.route == "sales" && receipt.keepUntil == InboxFixture.now.adding(seconds: 864_000))
        let errands = try fixture.store.errands(for: "1795381611.7")
        #expect(errands.map(\.kind) == [.print, .folder, .command, .repack])
        #expect(errands.map(\.target) == ["laser", "/srv/fax", #"["\/bin\/true","a b"]"#, ""])
    }

    @Test("The first page is a picture in the message, and what is too large comes smaller, as a link, or not at all")
    func sizes() async throws {
        try fixture.receive()
        try await fixture.pass(settings: try settings { _ in })
        let first = try #require(await fixture.mailer.deliveries.last).message
        #expect(first.picture?.starts(with: [0x89, 0x50, 0x4E, 0x47]) == true)
        // Made from pixels that were there already; a later pass makes the same from the file.
        let tiff = try #require(try fixture.store.receipt("1795381611.7")?.tiff)
        #expect(try first.picture == PagePicture.png(ofFirstPage: tiff))

        // As large as anybody says: the archive's PDF is more than the limit, one in T.6 is not.
        let pdf = try #require(try fixture.store.receipt("1795381611.7")?.pdf)
        #expect(truncate(pdf, 3_000_000) == 0)
        func again(_ settings: InboxSettings) async throws -> MailMessage {
            let receipt = try #require(try fixture.store.receipt("1795381611.7"))
            let (mail, errands) = settings.rules.again(receipt, to: nil)
            try fixture.store.redeliver(
                "1795381611.7", mail: mail, errands: errands,
                look: InboxLook(at: InboxFixture.now, person: "ann", action: .redeliver, uniqueid: "1795381611.7"))
            try await fixture.pass(settings: settings)
            return try #require(await fixture.mailer.deliveries.last).message
        }
        let smaller = try await again(try settings(maxMessage: 100_000) { _ in })
        #expect(smaller.attachments.count == 1 && smaller.text.contains("smaller than the one in the archive"))
        #expect(smaller.messageID == "fax-1.1795381611.7@fax.example.net")
        let link = try await again(try settings(linkBase: "https://fax.example.net/a", maxMessage: 1000) { _ in })
        #expect(link.attachments.isEmpty && link.text.contains("too large to be attached"))
        #expect(link.text.contains("Fetch it at: https://fax.example.net/a/\(InboxFixture.name).pdf\n"))
        let nothing = try await again(try settings(maxMessage: 1000) { _ in })
        #expect(nothing.attachments.isEmpty && !nothing.text.contains("Fetch it at"))
        #expect(try DurableFile.list(fixture.layout.messages) == [])
    }

    @Test("No server to be had: nothing loses a try, one message asks again, and then all go at once")
    func unavailable() async throws {
        for number in 1...30 { try fixture.receive("100.\(number)") }
        let inbox = Inbox(settings: try fixture.settings(), store: fixture.store, mailer: fixture.mailer)
        await fixture.mailer.fail("*", MailFailure(.unavailable, "mx:25: connection refused"))
        var now = InboxFixture.now
        // The first two archive.
        for _ in 0..<20 {
            _ = try #require(try await inbox.runOnce(now: now))
            now = now.adding(seconds: 61)
        }
        #expect(await fixture.mailer.tries == 20)
        let waiting = try fixture.store.dueMail(now: now, limit: 100)
        #expect(waiting.count == 30 && waiting.allSatisfy { $0.tries == 0 })
        #expect(waiting.allSatisfy { $0.lastError == "mx:25: connection refused" })
        await fixture.mailer.fail("*", nil)
        #expect(try await inbox.runOnce(now: now)?.sent == 20)
        #expect(try await inbox.runOnce(now: now)?.sent == 10)
        #expect(Set(await fixture.mailer.deliveries.map(\.message.messageID)).count == 30)
    }

    @Test("Between two questions to a server that is not to be had lie 5, 10 and then 20 seconds")
    func pauses() async throws {
        try fixture.receive()
        let inbox = Inbox(settings: try fixture.settings(), store: fixture.store, mailer: fixture.mailer)
        await fixture.mailer.fail("*", MailFailure(.unavailable, "down"))
        var now = InboxFixture.now
        var pauses: [Double] = []
        for _ in 0..<7 {
            let next = try #require(try await inbox.runOnce(now: now)?.nextMail)
            pauses.append(next.seconds(since: now))
            let tries = await fixture.mailer.tries
            _ = try await inbox.runOnce(now: UnixTime(milliseconds: next.milliseconds - 1))
            #expect(await fixture.mailer.tries == tries)
            now = next
        }
        #expect(pauses == [5, 10, 20, 20, 20, 20, 20])
    }

    @Test("After five days without any server the message is given up, and the operator's word waits")
    func unavailableForDays() async throws {
        try fixture.receive()
        await fixture.mailer.fail("*", MailFailure(.unavailable, "down"))
        try await fixture.pass()
        let later = InboxFixture.now.adding(seconds: 5 * 86_400)
        #expect(try await fixture.pass(now: later).failed == 1)
        #expect(try fixture.store.mail(for: "1795381611.7").map(\.state) == [.failed, .queued])
        await fixture.mailer.fail("*", nil)
        #expect(try await fixture.pass(now: later).sent == 1)
        #expect(await fixture.mailer.recipients == ["operator@example.net"])
    }

    @Test("A clock that is set moves waiting mail along, and gives up no call that is under way")
    func clock() async throws {
        let boot = SteadyBox()
        let inbox = Inbox(
            settings: try fixture.settings(), store: fixture.store, mailer: fixture.mailer, steady: boot.read)
        try fixture.receive()
        await fixture.mailer.fail("*", MailFailure(.temporary, "greylisted"))
        _ = try await inbox.runOnce(now: InboxFixture.now)
        let next = try #require(try fixture.store.mail(for: "1795381611.7").first).nextAt
        // A call begins, and ten seconds later the clock is set forward by a day.
        var marker = try InboxFixture.marker("5.5", asterisk: .current())
        marker.at = InboxFixture.now
        try fixture.leave(marker)
        boot.advance(10_000)
        let pass = try #require(try await inbox.runOnce(now: InboxFixture.now.adding(seconds: 86_410)))
        #expect(pass.salvaged == 0)
        #expect(pass.problems.contains { $0.contains("the clock jumped by 86400 s") })
        let mail = try #require(try fixture.store.mail(for: "1795381611.7").first)
        #expect(mail.nextAt == next.adding(seconds: 86_400))
        #expect(mail.createdAt == InboxFixture.now.adding(seconds: 86_400))
        // Its longest time by the new clock.
        boot.advance(3_700_000)
        #expect(try await inbox.runOnce(now: InboxFixture.now.adding(seconds: 90_110))?.salvaged == 1)
    }

    @Test("Files go when their time is over, unless somebody holds them; the record stays")
    func keeping() async throws {
        for id in ["1.1", "1.2", "1.3"] { try fixture.receive(id) }
        try await fixture.pass(settings: try settings { $0.standard.keepDays = 10 })
        let look = InboxLook(at: InboxFixture.now, person: "ann", action: .mark, uniqueid: "1.2", detail: "held")
        try fixture.store.markHeld(true, look)
        let removal = ArchiveRemoval(store: fixture.store, layout: fixture.layout)
        #expect(try removal.removeExpired(now: InboxFixture.now.adding(seconds: 863_999)) == 0)
        #expect(try removal.removeExpired(now: InboxFixture.now.adding(seconds: 864_000)) == 2)
        #expect(try fixture.archived().allSatisfy { $0.contains("_1.2.") })
        #expect(try fixture.archived().count == 2)
        #expect(try fixture.store.receipt("1.1")?.state == .removed)
        #expect(try fixture.store.looks(at: "1.1").map(\.action) == [.expire])
        let held = try #require(try fixture.store.receipt("1.2"))
        #expect(throws: FaxError.self) { try removal.remove(held, look: look) }
        // Killed between record and files: the next start ends it.
        try fixture.store.remove(
            try #require(
                try fixture.store.receipt("1.2").map { receipt in
                    try fixture.store.markHeld(false, look)
                    return receipt
                }), look: look)
        #expect(try fixture.archived().count == 2)
        try removal.finish()
        #expect(try fixture.archived() == [])
        #expect(try fixture.store.prune(endedBefore: InboxFixture.now) == 3)
        #expect(try fixture.store.receipts(limit: 10).isEmpty)
    }

    @Test("Faxes that can't be archived hold up nobody behind them, however many they are")
    func stuck() async throws {
        // Where their directory should be lies a file.
        try Data().write(to: URL(fileURLWithPath: fixture.layout.archive + "/666"))
        for number in 1...101 { try fixture.receive("6.\(number)") { $0.dialled = "666" } }
        try fixture.receive("7.1")
        let pass = try await fixture.pass()
        #expect(pass.archived == 1 && pass.sent == 1)
        #expect(pass.problems.count == 101)
        let now = InboxFixture.now
        #expect(try fixture.store.stuckReceipts(recordedBefore: now) == 0)
        #expect(try fixture.store.stuckReceipts(recordedBefore: now.adding(seconds: 1)) == 101)
        try FileManager.default.removeItem(atPath: fixture.layout.archive + "/666")
        var archived = 0
        for _ in 0..<6 { archived += try await fixture.pass().archived }
        #expect(archived == 101)
    }

    @Test("Who is to fetch the fax finds nothing of it in the mailbox, and neither does the operator")
    func strictest() async throws {
        try fixture.receive()
        let settings = try settings(linkBase: "https://fax.example.net/a") { rules in
            var handling = InboundHandling()
            handling.recipients = [try EmailAddress(parsing: "gone@example.net")]
            handling.style.carries = .link
            rules.routes = [InboundRoute(name: "board", dialled: .exact("5550269"), handling: handling)]
        }
        await fixture.mailer.fail("gone@example.net", MailFailure(.permanent, "550 no such user"))
        try await fixture.pass(settings: settings)
        try await fixture.pass(settings: settings)
        let deliveries = await fixture.mailer.deliveries
        #expect(deliveries.map(\.recipient) == ["operator@example.net"])
        for delivery in deliveries {
            #expect(delivery.message.attachments.isEmpty && delivery.message.picture == nil)
            #expect(delivery.message.text.contains("Fetch it at: https://fax.example.net/a/"))
        }
    }

    @Test("A call that named what is no address gets its fax to the operator, too")
    func badAddress() async throws {
        try fixture.receive { $0.recipients = "a@example.net ...cut-here" }
        try await fixture.pass()
        #expect(Set(await fixture.mailer.recipients) == ["a@example.net", "operator@example.net"])
        let text = try #require(await fixture.mailer.deliveries.first).message.text
        #expect(text.contains("FAXRCPT named \"...cut-here\", which is no mail address."), "\(text)")
    }

    @Test("The group of the archive comes to it through a root that it can't list")
    func owner() throws {
        let owner = try #require(try ArchiveOwner(nil, "12345"))
        #expect(owner.problem(in: fixture.layout)?.contains("can't pass") == true)
        owner.admit(to: fixture.layout)
        #expect(owner.problem(in: fixture.layout) == nil)
        var status = stat()
        #expect(stat(fixture.layout.root, &status) == 0 && status.st_mode & 0o777 == 0o710 && status.st_gid == 12345)
        #expect(stat(fixture.layout.archive, &status) == 0 && status.st_gid == 12345)
        #expect(stat(fixture.layout.store, &status) == 0 && status.st_mode & 0o007 == 0)
        #expect(try DurableFile.list(fixture.layout.messages) == [])
    }

    @Test("Reports that lie beside a fax go with it")
    func reports() async throws {
        try fixture.receive("7.7")
        try await fixture.pass()
        let receipt = try #require(try fixture.store.receipt("7.7"))
        let files = ArchiveFiles(root: fixture.layout.archive)
        for text in ["one", "two", "one"] {
            let path = fixture.root + "/report"
            try Data(text.utf8).write(to: URL(fileURLWithPath: path))
            try files.keepReport(path, of: receipt.archiveName)
        }
        #expect(try fixture.archived().count == 4)
        try ArchiveRemoval(store: fixture.store, layout: fixture.layout).remove(
            receipt, look: InboxLook(at: InboxFixture.now, person: "ann", action: .delete, uniqueid: "7.7"))
        #expect(try fixture.archived() == [])
    }

    @Test("A templates directory that isn't there is told, not passed over")
    func noTemplates() {
        #expect(throws: FaxError.self) { try LetterBook(directory: "/nonexistent/letters") }
    }

    @Test("A folder of TIFFs is taken over once, with what the names tell")
    func importing() async throws {
        try fixture.receive("7.7")
        try await fixture.pass()
        let folder = fixture.root + "/old"
        let source = try #require(try fixture.store.receipt("7.7")?.tiff)
        // The last has the id of a fax that came in here, from another server's Asterisk.
        for name in [
            "5550101/5550101_0401234_sales_20200102-030405_1577930645.12.tiff", "5550102/scan1.TIF",
            "5550103/5550103_0401234_sales_20200102-030405_7.7.tiff",
        ] {
            let path = folder + "/" + name
            try FileManager.default.createDirectory(
                atPath: (path as NSString).deletingLastPathComponent, withIntermediateDirectories: true)
            try FileManager.default.copyItem(atPath: source, toPath: path)
        }
        try Data("no TIFF".utf8).write(to: URL(fileURLWithPath: folder + "/bad.tif"))
        let archive = ArchiveImport(settings: try fixture.settings(), store: fixture.store)
        func run() throws -> [ArchiveImport.Outcome] {
            try ArchiveImport.tiffs(below: folder).map {
                try archive.take($0, person: "ann", now: InboxFixture.now)
            }
        }
        let outcomes = try run()
        try #require(outcomes.count == 4)
        guard case .taken(let first) = outcomes[0], case .taken(let second) = outcomes[1],
            case .taken(let third) = outcomes[2], case .refused = outcomes[3]
        else {
            Issue.record("\(outcomes)")
            return
        }
        #expect(first.uniqueid == "1577930645.12" && first.dialled == "5550101" && first.callerNumber == "0401234")
        #expect(first.archiveName == "5550101/5550101_0401234_sales_20200102-030405_1577930645.12")
        #expect(second.dialled == "5550102" && second.uniqueid.hasPrefix("import-"))
        #expect(try fixture.store.receipt(first.uniqueid)?.state == .archived)
        #expect(try fixture.store.mail(for: first.uniqueid).isEmpty)
        #expect(try fixture.store.looks(at: first.uniqueid).map(\.person) == ["ann"])
        #expect(third.dialled == "5550103" && third.uniqueid.hasPrefix("import-"))
        #expect(try run().prefix(3) == [.known, .known, .known])
    }
}
