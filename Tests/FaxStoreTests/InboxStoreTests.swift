import FaxModel
import FaxStore
import Foundation
import Testing

@Suite("The store of received faxes")
struct InboxStoreTests {
    final class Directory {
        let path = NSTemporaryDirectory() + "callfax-inbox-store-" + UUID().uuidString
        init() throws { try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true) }
        deinit { try? FileManager.default.removeItem(atPath: path) }
    }

    let directory: Directory
    let store: InboxStore
    let now = UnixTime(seconds: 1_795_381_611)

    init() throws {
        directory = try Directory()
        store = InboxStore(try StoreDatabase(path: directory.path + "/store.sqlite"))
    }

    private func receipt(_ id: String) throws -> InboxReceipt {
        let call = try #require(ChannelID(id))
        return InboxReceipt(
            uniqueid: id, call: call, origin: .report, recordedAt: now, endedAt: now, dialled: "5550269",
            archiveName: "5550269/" + id)
    }

    private func address(_ text: String) throws -> EmailAddress { try EmailAddress(parsing: text) }

    /// A settled receipt with one queued message.
    private func queued(_ id: String = "1.1") throws -> InboxMail {
        var receipt = try receipt(id)
        _ = try store.record(receipt)
        receipt.tiff = "/a.tiff"
        receipt.isComplete = true
        try store.settle(receipt, .archived, mail: [.init(.fax, to: try address("a@example.net"))], now: now)
        return try #require(try store.mail(for: id).first)
    }

    @Test("A receipt comes back as it was put in, every field")
    func roundTrip() throws {
        var receipt = try receipt("1.1")
        receipt.startedAt = now.adding(seconds: -43)
        receipt.channel = "PJSIP/x-1"
        receipt.callerNumber = "5550100"
        receipt.callerName = "Ann 'O''Neill\" ünï"
        receipt.account = "acc"
        receipt.recipients = "a@b, c@d"
        receipt.faxStatus = "FAILED"
        receipt.faxError = "TIMEOUT"
        receipt.faxStatusText = "The call dropped prematurely"
        receipt.pages = 3
        receipt.rate = 9600
        receipt.resolution = "8031x3850"
        receipt.mode = "T38"
        receipt.ecm = "yes"
        receipt.remoteStationID = "+49"
        receipt.localStationID = "us"
        receipt.hangupCause = 16
        receipt.reason = "x"
        receipt.note = "y"
        #expect(try store.record(receipt))
        receipt.number = 1
        #expect(try store.receipt("1.1") == receipt)
        #expect(try store.receipt(number: 1) == receipt)
        receipt.isComplete = false
        receipt.tiff = "/t"
        receipt.pdf = "/p"
        receipt.missingPages = 1
        try store.settle(receipt, .archived, mail: [], now: now.adding(seconds: 1))
        receipt.state = .archived
        receipt.settledAt = now.adding(seconds: 1)
        #expect(try store.receipt("1.1") == receipt)
    }

    @Test("The same uniqueid is journalled once")
    func once() throws {
        #expect(try store.record(try receipt("1.1")))
        var other = try receipt("1.1")
        other.dialled = "other"
        #expect(try !store.record(other))
        #expect(try store.receipts(limit: 10).map(\.dialled) == ["5550269"])
    }

    @Test("What the schema refuses is an error, never silence")
    func refused() throws {
        var receipt = try receipt("1.1")
        receipt.pages = -1
        #expect(throws: FaxError.self) { try store.record(receipt) }
        receipt.pages = 1
        _ = try store.record(receipt)
        // Archived without a file.
        receipt.isComplete = true
        #expect(throws: FaxError.self) { try store.settle(receipt, .archived, mail: [], now: now) }
        #expect(try store.receipt("1.1")?.state == .reported)
    }

    @Test("Settling queues the messages with it, or does nothing at all")
    func settling() throws {
        var receipt = try receipt("1.1")
        _ = try store.record(receipt)
        receipt.tiff = "/a.tiff"
        receipt.isComplete = true
        let draft = InboxMail.Draft(.fax, to: try address("a@example.net"))
        // The second one breaks the rule of one message for each recipient, and takes the first along.
        #expect(throws: FaxError.self) { try store.settle(receipt, .archived, mail: [draft, draft], now: now) }
        #expect(try store.unsettledReceipts().count == 1)
        #expect(try store.mail(for: "1.1").isEmpty)
        try store.settle(receipt, .archived, mail: [draft], now: now)
        #expect(try store.unsettledReceipts().isEmpty)
        #expect(throws: FaxError.self) { try store.settle(receipt, .archived, mail: [], now: now) }
        #expect(try store.mail(for: "1.1").count == 1)
    }

    @Test("Lists go backwards from the newest, page by page")
    func paging() throws {
        for number in 1...5 { _ = try store.record(try receipt("1.\(number)")) }
        let first = try store.receipts(limit: 2)
        #expect(first.map(\.uniqueid) == ["1.5", "1.4"])
        #expect(try store.receipts(limit: 2, before: first.last?.number).map(\.uniqueid) == ["1.3", "1.2"])
        #expect(try store.receipts(limit: 2, before: 2).map(\.uniqueid) == ["1.1"])
    }

    @Test("A message is due from its time on, and not once it is sent")
    func due() throws {
        let mail = try queued()
        #expect(try store.dueMail(now: UnixTime(milliseconds: now.milliseconds - 1), limit: 9).isEmpty)
        #expect(try store.dueMail(now: now, limit: 9) == [mail])
        try store.markDeferred(mail, error: "451", nextAt: now.adding(seconds: 60))
        #expect(try store.dueMail(now: now, limit: 9).isEmpty)
        #expect(try store.nextMail() == now.adding(seconds: 60))
        #expect(try store.queuedMail() == 1)
        let again = try #require(try store.mail(id: mail.id))
        #expect(again.tries == 1)
        #expect(again.lastError == "451")
        try store.markSent(again, now: now.adding(seconds: 61))
        #expect(try store.dueMail(now: now.adding(seconds: 999), limit: 9).isEmpty)
        #expect(try store.nextMail() == nil)
        let sent = try #require(try store.mail(id: mail.id))
        #expect(sent.state == .sent)
        #expect(sent.sentAt == now.adding(seconds: 61))
        #expect(sent.tries == 2)
        #expect(throws: FaxError.self) { try store.markSent(sent, now: now) }
        // A stale value of a row that went on is refused by the store itself.
        #expect(throws: FaxError.self) { try store.markSent(again, now: now) }
    }

    @Test("A message given up queues the word to the operator with it, once")
    func givenUp() throws {
        let mail = try queued()
        try store.markFailed(mail, error: "550", notice: try address("op@example.net"), now: now)
        #expect(throws: FaxError.self) {
            try store.markFailed(mail, error: "550", notice: EmailAddress(parsing: "op@example.net"), now: now)
        }
        let all = try store.mail(for: "1.1")
        #expect(all.map(\.kind) == [.fax, .undelivered])
        #expect(all.map(\.state) == [.failed, .queued])
        #expect(all[1].about == mail.id)
        #expect(all[1].recipient.text == "op@example.net")
    }

    @Test("Every step of a receipt's and a message's life is allowed or refused as the table says")
    func states() throws {
        for state in InboxReceiptState.allCases {
            for event in [InboxReceiptState.Event.archived, .nothingReceived] {
                let next = try? state.next(event)
                #expect(next == (state == .reported ? (event == .archived ? .archived : .empty) : nil))
            }
        }
        for state in InboxMailState.allCases {
            for event in [InboxMailState.Event.accepted, .deferred, .refused] {
                let next = try? state.next(event)
                let expected: InboxMailState = event == .accepted ? .sent : event == .deferred ? .queued : .failed
                #expect(next == (state == .queued ? expected : nil))
            }
        }
    }
}
