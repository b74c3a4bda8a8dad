import FaxInbox
import FaxModel
import FaxStore
import Foundation
import SpoolFiles
import Testing

@Suite("A pass of the inbox")
struct InboxPassTests {
    let fixture: InboxFixture

    init() throws { fixture = try InboxFixture() }

    @Test("A received fax is archived, becomes a PDF, and goes to its recipients")
    func whole() async throws {
        let tiff = try fixture.leaveTIFF()
        try fixture.leave(try InboxFixture.marker(asterisk: .current()))
        try fixture.leave(try InboxFixture.report())
        let settings = try fixture.settings(recipients: ["a@example.net", "b@example.net"])
        let pass = try await fixture.pass(settings: settings)
        #expect(pass.journalled == 1)
        #expect(pass.archived == 1)
        #expect(pass.sent == 2)
        #expect(pass.problems == [])
        #expect(pass.nextMail == nil)

        #expect(try fixture.archived() == [InboxFixture.name + ".pdf", InboxFixture.name + ".tiff"])
        let path = fixture.layout.archive + "/" + InboxFixture.name
        #expect(try Data(contentsOf: URL(fileURLWithPath: path + ".tiff")) == tiff)
        #expect(try fixture.mode(path + ".tiff") == 0o640)
        #expect(try fixture.mode(path + ".pdf") == 0o640)
        #expect(try fixture.mode(fixture.layout.archive + "/5550269") == 0o2770)
        #expect(try fixture.leftInSpool() == [])
        try Program.run(["qpdf", "--check", path + ".pdf"])
        let info = try Program.run(["pdfinfo", "-isodates", path + ".pdf"])
        #expect(info.contains("Pages:           2"))
        #expect(info.contains("Title:           Fax from 5550100 (+49 30 555)"))
        #expect(info.contains("2026-11-22T22:06:51+01"))

        let deliveries = await fixture.mailer.deliveries
        try #require(deliveries.map(\.recipient) == ["a@example.net", "b@example.net"])
        for delivery in deliveries {
            let message = delivery.message
            #expect(message.subject == "Fax from 5550100 (+49 30 555), 2 pages")
            #expect(message.to.map(\.text) == ["a@example.net", "b@example.net"])
            #expect(message.messageID == "fax.1795381611.7@fax.example.net")
            #expect(message.attachments.map(\.name) == [String(InboxFixture.name.dropFirst(8)) + ".pdf"])
            #expect(message.attachments.map(\.contentType) == ["application/pdf"])
            #expect(delivery.attachments == [try Data(contentsOf: URL(fileURLWithPath: path + ".pdf"))])
            for fact in [
                "A fax for 5550269 has come in.", "From:        5550100\n", "Name:        Ann Sender\n",
                "Station id:  +49 30 555\n", "Time:        2026-11-22 22:06:51 +01:00 (Europe/Berlin), 43 s\n",
                "Pages:       2\n", "Result:      complete\n",
                "Line:        14400 bit/s, fine (204 x 196 dpi), error correction offered, T.38\n",
                "Call:        1795381611.7\n", "the number that was dialled",
            ] {
                #expect(message.text.contains(fact), "\(message.text) lacks \(fact)")
            }
            #expect(!message.text.contains("NOT ALL"))
        }

        let receipt = try #require(try fixture.store.receipt("1795381611.7"))
        #expect(receipt.state == .archived)
        #expect(receipt.isComplete == true)
        #expect(receipt.tiff == path + ".tiff")
        #expect(receipt.pdf == path + ".pdf")
        #expect(try fixture.store.mail(for: "1795381611.7").map(\.state) == [.sent, .sent])

        let again = try await fixture.pass(settings: settings)
        #expect(again == InboxPass())
        #expect(await fixture.mailer.tries == 2)
    }

    @Test("A fax that broke off is delivered and says so")
    func partial() async throws {
        try fixture.leaveTIFF(pages: 1)
        var report = try InboxFixture.report()
        report.faxStatus = "FAILED"
        report.faxStatusText = "The call dropped prematurely"
        report.pages = 1
        try fixture.leave(report)
        let pass = try await fixture.pass()
        #expect(pass.problems == [])
        let message = try #require(await fixture.mailer.deliveries.first).message
        #expect(message.subject == "Incomplete fax from 5550100 (+49 30 555), 1 page")
        #expect(message.text.contains("NOT ALL OF IT: the call was cut off (The call dropped prematurely)."))
        #expect(message.fields.contains(.init("X-Fax-Result", "incomplete")))
        #expect(try fixture.store.receipt("1795381611.7")?.isComplete == false)
    }

    @Test("A failed call without a page is recorded, and nobody gets mail")
    func zeroPages() async throws {
        var report = try InboxFixture.report()
        report.faxStatus = "FAILED"
        report.pages = 0
        try fixture.leave(report)
        var second = try InboxFixture.report("1795381611.8")
        second.faxStatus = nil
        second.pages = nil
        try fixture.leave(second)
        // The beginning of a TIFF that never got a page.
        try fixture.leaveFile(Data([0x49, 0x49, 0x2A, 0, 0, 0, 0, 0]), "1795381611.8")
        let pass = try await fixture.pass()
        #expect(pass.empty == 2)
        #expect(pass.sent == 0)
        #expect(await fixture.mailer.tries == 0)
        #expect(try fixture.store.receipts(limit: 10).map(\.state) == [.empty, .empty])
        #expect(try fixture.leftInSpool() == [])
        #expect(try fixture.archived() == [])
    }

    @Test(
        "A call that failed because of this server is the operator's business",
        arguments: [
            ("FILE_ERROR", ""), ("MEMORY_ERROR", ""), ("INIT_ERROR", "error reserving fax session"),
            ("TIFF/F file cannot be opened", "TIFF/F file cannot be opened"),
        ])
    func ownFault(error: String, text: String) async throws {
        var report = try InboxFixture.report()
        report.faxStatus = "FAILED"
        report.faxError = error
        report.faxStatusText = text
        report.pages = 0
        try fixture.leave(report)
        let pass = try await fixture.pass()
        #expect(pass.empty == 1)
        #expect(await fixture.mailer.recipients == ["operator@example.net"])
        #expect(await fixture.mailer.subjects.first?.hasPrefix("Fax problem: ") == true)
    }

    @Test("A directory that a killed pass left without its mode gets it")
    func directoryMode() async throws {
        try FileManager.default.createDirectory(
            atPath: fixture.layout.archive + "/5550269", withIntermediateDirectories: false,
            attributes: [.posixPermissions: 0o750])
        try fixture.leaveTIFF()
        try fixture.leave(try InboxFixture.report())
        try await fixture.pass()
        #expect(try fixture.mode(fixture.layout.archive + "/5550269") == 0o2770)
    }

    @Test("Success without a page or without a file is a failure, and the operator is told", arguments: [0, 2])
    func successWithoutFile(pages: Int) async throws {
        var report = try InboxFixture.report()
        report.pages = pages
        try fixture.leave(report)
        let pass = try await fixture.pass()
        #expect(pass.empty == 1)
        #expect(await fixture.mailer.recipients == ["operator@example.net"])
        #expect(await fixture.mailer.subjects == ["Fax problem: the call reported success, but there is no file"])
        #expect(try fixture.store.receipt("1795381611.7")?.isComplete == false)
    }

    @Test("Success with no page but with a file: both hear of it, and the file is delivered")
    func successZeroWithFile() async throws {
        try fixture.leaveTIFF(pages: 1)
        var report = try InboxFixture.report()
        report.pages = 0
        try fixture.leave(report)
        try await fixture.pass()
        #expect(await fixture.mailer.recipients == ["office@example.net", "operator@example.net"])
        #expect(await fixture.mailer.deliveries.allSatisfy { $0.attachments.count == 1 })
    }

    @Test("Fewer pages in the file than the call reported is incomplete")
    func fewerPages() async throws {
        try fixture.leaveTIFF(pages: 1)
        try fixture.leave(try InboxFixture.report())
        try await fixture.pass()
        let message = try #require(await fixture.mailer.deliveries.first).message
        #expect(message.subject.hasPrefix("Incomplete fax"))
        #expect(message.text.contains("the call reported 2 pages, the file has 1"))
    }

    @Test("A TIFF that no PDF can be made of is delivered as it is")
    func noPDF() async throws {
        let bytes = Data("II*\u{0}this is no image".utf8)
        try fixture.leaveFile(bytes)
        try fixture.leave(try InboxFixture.report())
        try await fixture.pass()
        let delivery = try #require(await fixture.mailer.deliveries.first)
        #expect(delivery.recipient == "office@example.net")
        #expect(delivery.message.attachments.map(\.contentType) == ["image/tiff"])
        #expect(delivery.attachments == [bytes])
        #expect(delivery.message.text.contains("No PDF could be made of the received TIFF"))
        #expect(try fixture.archived() == [InboxFixture.name + ".tiff"])
    }

    @Test("A damaged page costs neither the others nor itself: PDF and TIFF are both attached")
    func damagedPage() async throws {
        var tiff = try fixture.leaveTIFF(pages: 2)
        // Where the second directory should be there is nothing.
        tiff.removeLast(40)
        try fixture.leaveFile(tiff)
        try fixture.leave(try InboxFixture.report())
        try await fixture.pass()
        let delivery = try #require(await fixture.mailer.deliveries.first)
        #expect(delivery.message.subject.hasPrefix("Incomplete fax"))
        #expect(delivery.message.attachments.map(\.contentType) == ["application/pdf", "image/tiff"])
        #expect(delivery.attachments.last == tiff)
    }

    @Test("A page that was not all written, as on a full disk, is not whole: the recipient is told which")
    func unwrittenPart() async throws {
        var tiff = try fixture.leaveTIFF(pages: 2)
        tiff.replaceSubrange(500..<900, with: Data(repeating: 0x55, count: 400))
        try fixture.leaveFile(tiff)
        var report = try InboxFixture.report()
        report.pages = 5
        try fixture.leave(report)
        try await fixture.pass()
        let message = try #require(await fixture.mailer.deliveries.first).message
        #expect(message.subject.hasPrefix("Incomplete fax"))
        let reason = "page 1 is damaged; the call reported 5 pages, the file has 2"
        #expect(message.text.contains(reason), "\(message.text)")
    }

    @Test("A second pass at the same time leaves at once")
    func locked() async throws {
        do {
            let lock = try PassLock.take(fixture.layout.inboxLock)
            let isOurs = lock != nil
            #expect(isOurs)
            await #expect(throws: InboxFixture.Blocked.self) { try await fixture.pass() }
            _ = consume lock
        }
        #expect(try await fixture.pass() == InboxPass())
    }

    @Test("One fax that can't be archived holds up no other")
    func oneBlocked() async throws {
        var blocked = try InboxFixture.report("1.1")
        blocked.dialled = "111"
        try fixture.leaveTIFF("1.1")
        try fixture.leave(blocked)
        try Data().write(to: URL(fileURLWithPath: fixture.layout.archive + "/111"))
        try fixture.leaveTIFF("1.2")
        try fixture.leave(try InboxFixture.report("1.2"))
        let pass = try await fixture.pass()
        #expect(pass.archived == 1)
        #expect(pass.problems.count == 1)
        #expect(pass.problems.first?.hasPrefix("fax 1.1: ") == true)
        #expect(try fixture.store.receipt("1.1")?.state == .reported)
        #expect(try fixture.leftInSpool() == ["1.1.tiff", "1.1.json"])
        try FileManager.default.removeItem(atPath: fixture.layout.archive + "/111")
        #expect(try await fixture.pass().archived == 1)
        #expect(try fixture.leftInSpool() == [])
    }

    @Test("An id that Asterisk gives a second time is another fax")
    func reusedID() async throws {
        let first = try fixture.leaveTIFF(pages: 1)
        var report = try InboxFixture.report()
        report.pages = 1
        try fixture.leave(report)
        try await fixture.pass()
        let second = try fixture.leaveTIFF(pages: 2)
        report.pages = 2
        report.at = InboxFixture.end.adding(seconds: 5)
        try fixture.leave(report)
        try await fixture.pass()
        let files = try fixture.archived().filter { $0.hasSuffix(".tiff") }
        #expect(files.count == 2)
        let contents = try files.map { try Data(contentsOf: URL(fileURLWithPath: fixture.layout.archive + "/" + $0)) }
        #expect(Set(contents) == [first, second])
        #expect(await Set(fixture.mailer.deliveries.map(\.message.messageID)).count == 2)
    }
}
