import FaxModel
import FaxStore
import Foundation
import GRDB
import Testing

@Suite("The archive's records")
struct InboxArchiveTests {
    let directory: InboxStoreTests.Directory
    let database: StoreDatabase
    let store: InboxStore
    let now = UnixTime(seconds: 1_795_381_611)

    init() throws {
        directory = try InboxStoreTests.Directory()
        database = try StoreDatabase(path: directory.path + "/store.sqlite")
        store = InboxStore(database)
    }

    @discardableResult
    private func archive(_ id: String, _ change: (inout InboxReceipt) -> Void = { _ in }) throws -> InboxReceipt {
        var receipt = InboxReceipt(
            uniqueid: id, call: try #require(ChannelID(id)), origin: .report, recordedAt: now, endedAt: now,
            dialled: "5550269", callerNumber: "+49301", archiveName: "5550269/" + id)
        change(&receipt)
        _ = try store.record(receipt)
        receipt.tiff = "/a/\(id).tiff"
        receipt.isComplete = true
        try store.settle(
            receipt, .archived, mail: [.init(.fax, to: try EmailAddress(parsing: "a@example.net"))],
            errands: [.init(.repack)], now: now)
        return try #require(try store.receipt(id))
    }

    private func look(_ id: String, _ action: InboxLook.Action = .show, by person: String = "ann") -> InboxLook {
        InboxLook(at: now, person: person, action: action, uniqueid: id)
    }

    private func found(_ change: (inout InboxFilter) -> Void) throws -> [String] {
        var filter = InboxFilter()
        change(&filter)
        return try store.receipts(filter).map(\.uniqueid)
    }

    @Test("Faxes are found by number, time, route, state, what was read, and whether somebody has seen them")
    func filters() throws {
        try archive("1.1") { $0.route = "sales" }
        let second = try archive("1.2") {
            $0.callerNumber = "5550269"
            $0.dialled = "7"
            $0.endedAt = now.adding(seconds: 60)
        }
        try store.setText("Rechnung über 12,50 €\nMüller \"Söhne\"", of: second)
        try store.see(look("1.1"))
        #expect(try found { _ in } == ["1.2", "1.1"])
        #expect(try found { $0.number = ["5550269"] } == ["1.2", "1.1"])
        #expect(try found { $0.dialled = ["5550269"] } == ["1.1"])
        #expect(try found { $0.caller = ["49", "5550269"] } == ["1.2"])
        #expect(try found { $0.route = "sales" } == ["1.1"])
        #expect(try found { $0.since = now.adding(seconds: 1) } == ["1.2"])
        #expect(try found { $0.until = now.adding(seconds: 1) } == ["1.1"])
        #expect(try found { $0.isSeen = false } == ["1.2"])
        #expect(try found { $0.isSeen = true } == ["1.1"])
        #expect(try found { $0.state = .empty } == [])
        #expect(try found { $0.words = "muller rechnung" } == ["1.2"])
        for hostile in ["\"", "a OR b", "NEAR(", "body:x", "*", "'; DROP TABLE receipt"] {
            #expect(try found { $0.words = hostile }.isEmpty)
        }
    }

    @Test("Who looked is written down, and the first who did has seen it")
    func looks() throws {
        try archive("1.1")
        try store.see(look("1.1"))
        try store.see(look("1.1", .export, by: "bob"))
        let receipt = try #require(try store.receipt("1.1"))
        #expect(receipt.seenBy == "ann" && receipt.seenAt == now)
        #expect(try store.looks(at: "1.1").map(\.person) == ["bob", "ann"])
        try store.markSeen(false, look("1.1", .mark))
        #expect(try store.receipt("1.1")?.seenAt == nil)
        #expect(try store.looks().count == 3)
    }

    @Test("What is held goes neither by hand nor by its time, and what waits for a server stays till it is out")
    func holding() throws {
        let receipt = try archive("1.1") { _ in }
        try store.markHeld(true, look("1.1", .mark))
        #expect(throws: FaxError.self) { try store.remove(receipt, look: look("1.1", .delete)) }
        try store.markHeld(false, look("1.1", .mark))
        try store.remove(receipt, look: look("1.1", .delete))
        let removed = try #require(try store.receipt("1.1"))
        #expect(removed.state == .removed && removed.tiff == nil)
        #expect(try store.mail(for: "1.1").map(\.state) == [.failed])
        #expect(try store.errands(for: "1.1").map(\.state) == [.failed])
        #expect(throws: FaxError.self) { try store.markHeld(true, look("1.1", .mark)) }
    }

    @Test("A fax delivered again is another message with a style and a round of its own")
    func again() throws {
        try archive("1.1")
        var style = MessageStyle()
        style.language = .de
        style.paper = .a4
        let address = try EmailAddress(parsing: "a@example.net")
        try store.redeliver(
            "1.1", mail: [.init(.fax, to: address, style: style)], errands: [.init(.repack)],
            look: look("1.1", .redeliver))
        let mail = try store.mail(for: "1.1")
        #expect(mail.map(\.round) == [0, 1] && mail.map(\.style) == [MessageStyle(), style])
        #expect(try store.errands(for: "1.1").count == 2)
    }

    @Test("What makes the archive better waits until every message is out")
    func order() throws {
        try archive("1.1")
        #expect(try store.dueErrands([.repack], now: now, limit: 9).isEmpty)
        try store.markSent(try #require(try store.mail(for: "1.1").first), now: now)
        let errand = try #require(try store.dueErrands([.repack], now: now, limit: 9).first)
        try store.markFailed(errand, error: "no", next: now.adding(seconds: 60))
        #expect(try store.dueErrands([.repack], now: now, limit: 9).isEmpty)
        let later = try #require(try store.dueErrands([.repack], now: now.adding(seconds: 60), limit: 9).first)
        #expect(later.tries == 1)
        try store.markDone(later, now: now)
        #expect(try store.errands(for: "1.1").map(\.state) == [.done])
    }

    @Test("When the clock jumps, pauses move along, a moment that quiet hours named stays")
    func clock() throws {
        try archive("1.1")
        try archive("1.2")
        let first = try #require(try store.mail(for: "1.1").first)
        try store.markDeferred(first, error: "later", nextAt: now.adding(seconds: 60))
        try database.connections.write { db in
            try db.execute(
                sql: "UPDATE mail SET next_named = 1, next_at = ? WHERE uniqueid = '1.2'",
                arguments: [now.adding(seconds: 3600).milliseconds])
        }
        let after = now.adding(seconds: 7210)
        try store.shiftClock(by: 7200, boot: after, now: after, noting: "c", "x")
        #expect(try store.fact("c") == "x")
        #expect(try store.mail(for: "1.1").first?.nextAt == now.adding(seconds: 7260))
        #expect(try store.mail(for: "1.1").first?.createdAt == now.adding(seconds: 7200))
        #expect(try store.mail(for: "1.2").first?.nextAt == now.adding(seconds: 3600))
    }

    @Test(
        "A machine that woke up with a wrong date removes nothing of what it settled then, whichever way the clock goes"
    )
    func keepingAcrossJumps() throws {
        let wrong = UnixTime(seconds: 600)
        let boot = UnixTime(seconds: 0)
        try archive("1.1") { $0.keepUntil = now.adding(seconds: 86_400) }
        var receipt = InboxReceipt(
            uniqueid: "1.2", call: try #require(ChannelID("1.2")), origin: .report, recordedAt: wrong, endedAt: wrong,
            archiveName: "x/1.2")
        _ = try store.record(receipt)
        receipt.tiff = "/x"
        receipt.isComplete = true
        receipt.keepUntil = wrong.adding(seconds: 86_400)
        try store.settle(receipt, .archived, mail: [], now: wrong)
        let by = Int64(now.seconds(since: wrong)) + 60
        let right = now.adding(seconds: 60)
        try store.shiftClock(by: by, boot: boot, now: right, noting: "c", "x")
        #expect(try store.receipt("1.2")?.keepUntil == now.adding(seconds: 86_460))
        #expect(try store.receipt("1.1")?.keepUntil == now.adding(seconds: 86_400))
        #expect(try store.expired(now: right, limit: 9).isEmpty)
        // And the way back, as far as the machine's own boot reaches.
        try store.shiftClock(
            by: -by, boot: boot.adding(seconds: by), now: wrong.adding(seconds: 60), noting: "c", "x")
        #expect(try store.receipt("1.2")?.keepUntil == wrong.adding(seconds: 86_400))
    }

    @Test("A fax is kept while a printer, a folder or a program still waits for it, and where nothing reached anybody")
    func keptForSomebody() throws {
        let late = now.adding(seconds: 1000)
        let folder = InboxErrand.Draft(.folder, target: "/srv")
        func archive(_ id: String, mail: [InboxMail.Draft], errands: [InboxErrand.Draft]) throws {
            var receipt = InboxReceipt(
                uniqueid: id, call: try #require(ChannelID(id)), origin: .report, recordedAt: now, endedAt: now,
                archiveName: "x/" + id)
            _ = try store.record(receipt)
            receipt.tiff = "/x"
            receipt.isComplete = true
            receipt.keepUntil = now
            try store.settle(receipt, .archived, mail: mail, errands: errands, now: now)
        }
        func expired() throws -> [String] { try store.expired(now: late, limit: 9).map(\.uniqueid) }
        let person = InboxMail.Draft(.fax, to: try EmailAddress(parsing: "a@example.net"))
        try archive("junk", mail: [], errands: [.init(.repack)])
        try archive("1.1", mail: [], errands: [folder])
        try archive("1.2", mail: [person], errands: [folder])
        #expect(try expired() == ["junk"])
        let errands = try store.dueErrands([.folder], now: now, limit: 9)
        try #require(errands.count == 2)
        // One is given up with a word to the operator, the other where nobody is to be told.
        try store.markGivenUp(
            errands[0], error: "no room", notice: .init(.notice, to: try EmailAddress(parsing: "op@example.net")),
            now: now)
        try store.markGivenUp(errands[1], error: "no room", notice: nil, now: now)
        try store.markFailed(try #require(try store.mail(for: "1.2").first), error: "550", notice: nil, now: now)
        #expect(try expired() == ["junk"])
        let word = try #require(try store.mail(for: "1.1").first)
        #expect(word.kind == .notice && word.recipient.text == "op@example.net")
        try store.markSent(word, now: now)
        #expect(try expired() == ["junk", "1.1"])
        #expect(try store.failedDeliveries(since: now).map(\.uniqueid) == ["1.2", "1.1"])
        #expect(try store.failedDeliveries(since: late).isEmpty)
    }

    @Test("Quiet hours put off when a message is first due, and patience counts from there")
    func firstDue() throws {
        let morning = now.adding(seconds: 6 * 86_400)
        let receipt = try archive("1.1")
        try store.redeliver(
            "1.1", mail: [.init(.fax, to: try EmailAddress(parsing: "b@example.net"), at: morning)],
            look: look(receipt.uniqueid, .redeliver))
        let mail = try #require(try store.mail(for: "1.1").last)
        #expect(mail.dueAt == morning && mail.createdAt == now)
        #expect(MailRetry.next(tries: 1, since: mail.dueAt, now: morning) == morning.adding(seconds: 60))
        #expect(MailRetry.next(tries: 1, since: mail.createdAt, now: morning) == nil)
        try store.markDeferred(mail, error: "no answer", nextAt: morning.adding(seconds: 60), isUnanswered: true)
        let troubles = try store.mailTroubles()
        #expect(troubles.unanswered == 1 && troubles.oldestDue == now)
    }

    @Test("A store of the version before keeps every receipt and message, and its numbers go on")
    func upgrade() throws {
        let path = directory.path + "/old.sqlite"
        var migrator = DatabaseMigrator()
        for (name, schema) in Self.oldSchemas { migrator.registerMigration(name) { try $0.execute(sql: schema) } }
        let queue = try DatabaseQueue(path: path)
        try migrator.migrate(queue)
        try queue.write { db in
            try db.execute(
                sql: """
                    INSERT INTO receipt (number, uniqueid, call, origin, state, recorded_at, ended_at, settled_at, channel,
                        dialled, caller_number, caller_name, account, recipients, complete, archive_name, tiff)
                    VALUES (41, '1.1', '1.1', 'report', 'archived', 1, 2, 3, 'c', 'd', 'n', 'm', '', '', 1, 'd/x', '/x.tiff');
                    INSERT INTO mail (uniqueid, kind, recipient, created_at, next_at)
                    VALUES ('1.1', 'fax', 'a@example.net', 5, 5);
                    """)
        }
        try queue.close()
        let upgraded = InboxStore(try StoreDatabase(path: path))
        let receipt = try #require(try upgraded.receipt("1.1"))
        #expect(receipt.number == 41 && receipt.tiff == "/x.tiff" && receipt.route.isEmpty && !receipt.isHeld)
        let mail = try #require(try upgraded.mail(for: "1.1").first)
        #expect(mail.style == MessageStyle() && mail.round == 0 && mail.state == .queued)
        var next = receipt
        next.uniqueid = "1.2"
        next.archiveName = "d/y"
        _ = try upgraded.record(next)
        #expect(try upgraded.receipt("1.2")?.number == 42)
    }

    /// As they were shipped; only what the new one touches matters here.
    private static let oldSchemas = [
        ("1 queue", "CREATE TABLE job (id INTEGER PRIMARY KEY, state TEXT NOT NULL, held INTEGER NOT NULL) STRICT"),
        (
            "1 inbox",
            """
            CREATE TABLE receipt (
                number INTEGER PRIMARY KEY AUTOINCREMENT, uniqueid TEXT NOT NULL UNIQUE, call TEXT NOT NULL,
                origin TEXT NOT NULL CHECK (origin IN ('report', 'salvage')),
                state TEXT NOT NULL CHECK (state IN ('reported', 'archived', 'empty')),
                recorded_at INTEGER NOT NULL, started_at INTEGER, ended_at INTEGER NOT NULL, settled_at INTEGER,
                channel TEXT NOT NULL, dialled TEXT NOT NULL, caller_number TEXT NOT NULL, caller_name TEXT NOT NULL,
                account TEXT NOT NULL, recipients TEXT NOT NULL, fax_status TEXT, fax_error TEXT, fax_status_text TEXT,
                pages INTEGER, rate INTEGER, resolution TEXT, mode TEXT, ecm TEXT, remote_station_id TEXT,
                local_station_id TEXT, hangup_cause INTEGER, complete INTEGER, reason TEXT NOT NULL DEFAULT '',
                note TEXT NOT NULL DEFAULT '', archive_name TEXT NOT NULL, tiff TEXT, pdf TEXT,
                missing INTEGER NOT NULL DEFAULT 0
            ) STRICT;
            CREATE TABLE mail (
                id INTEGER PRIMARY KEY AUTOINCREMENT, uniqueid TEXT NOT NULL REFERENCES receipt (uniqueid),
                kind TEXT NOT NULL, recipient TEXT NOT NULL, about INTEGER UNIQUE REFERENCES mail (id),
                state TEXT NOT NULL DEFAULT 'queued', tries INTEGER NOT NULL DEFAULT 0, created_at INTEGER NOT NULL,
                next_at INTEGER NOT NULL, last_error TEXT, sent_at INTEGER
            ) STRICT;
            CREATE UNIQUE INDEX mail_once ON mail (uniqueid, kind, recipient) WHERE about IS NULL;
            """
        ),
        ("2 queue", "CREATE TABLE fact (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;"),
        (
            "3 notices",
            """
            CREATE TABLE notice (
                id INTEGER PRIMARY KEY AUTOINCREMENT, job_id INTEGER NOT NULL, kind TEXT NOT NULL, at INTEGER NOT NULL,
                state TEXT NOT NULL, tries INTEGER NOT NULL, next_at INTEGER NOT NULL, error TEXT NOT NULL
            ) STRICT;
            """
        ), ("4 queue", "SELECT 1"),
    ]
}
