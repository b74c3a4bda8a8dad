import FaxInbox
import FaxModel
import FaxStore
import Foundation
import SpoolFiles
import Testing

@Suite("Calls that ended without a word")
struct SalvageTests {
    let fixture: InboxFixture
    /// No process has this number: pid_max is 4194304 at most.
    static let gone = ProcessIdentity(pid: 5_000_000)

    init() throws { fixture = try InboxFixture() }

    @Test("Asterisk is gone: the pages that it wrote are delivered as incomplete")
    func crashed() async throws {
        try fixture.leaveTIFF(pages: 1)
        try fixture.leave(try InboxFixture.marker(asterisk: Self.gone))
        // fax-agi had taken the room for its report.
        try Data(count: 4096).write(
            to: URL(fileURLWithPath: fixture.layout.reservedReceivedReport(try InboxFixture.id("1795381611.7"))))
        let pass = try await fixture.pass()
        #expect(pass.salvaged == 1)
        #expect(pass.archived == 1)
        let message = try #require(await fixture.mailer.deliveries.first).message
        #expect(message.subject == "Incomplete fax from 5550100, 1 page")
        #expect(message.text.contains("Asterisk crashed or was restarted during the call"))
        #expect(try fixture.archived().count == 2)
        #expect(try fixture.leftInSpool() == [])
        #expect(try await fixture.pass() == InboxPass())
    }

    @Test("Asterisk is gone before the first page: recorded, no message")
    func crashedEarly() async throws {
        try fixture.leave(try InboxFixture.marker(asterisk: Self.gone))
        let pass = try await fixture.pass()
        #expect(pass.salvaged == 1)
        #expect(pass.empty == 1)
        #expect(await fixture.mailer.tries == 0)
        #expect(try fixture.leftInSpool() == [])
    }

    @Test("A call under way is left alone until its longest time and a minute are over")
    func alive() async throws {
        try fixture.leaveTIFF(pages: 1)
        try fixture.leave(try InboxFixture.marker(asterisk: .current()))
        try fixture.age(
            fixture.layout.incomingTIFF(try InboxFixture.id("1795381611.7")), to: InboxFixture.call)
        #expect(try await fixture.pass(now: InboxFixture.call.adding(seconds: 3660)) == InboxPass())
        let pass = try await fixture.pass(now: InboxFixture.call.adding(seconds: 3661))
        #expect(pass.salvaged == 1)
        #expect(await fixture.mailer.deliveries.first?.message.text.contains("the call never reported its end") == true)
    }

    @Test("Asterisk is gone, but its report is there: the report counts")
    func reportedAndGone() async throws {
        try fixture.leaveTIFF()
        try fixture.leave(try InboxFixture.marker(asterisk: Self.gone))
        try fixture.leave(try InboxFixture.report())
        let pass = try await fixture.pass()
        #expect(pass.salvaged == 0)
        #expect(await fixture.mailer.subjects == ["Fax from 5550100 (+49 30 555), 2 pages"])
        #expect(try fixture.leftInSpool() == [])
    }

    @Test("A file that nobody knows is delivered once no call can still write it")
    func orphan() async throws {
        try fixture.leaveTIFF("9.9", pages: 1)
        let path = fixture.layout.incomingTIFF(try InboxFixture.id("9.9"))
        try fixture.age(path, to: InboxFixture.call)
        #expect(try await fixture.pass(now: InboxFixture.call.adding(seconds: 3660)) == InboxPass())
        let pass = try await fixture.pass(now: InboxFixture.call.adding(seconds: 3661))
        #expect(pass.salvaged == 1)
        #expect(await fixture.mailer.subjects == ["Incomplete fax from an unknown number, 1 page"])
        #expect(
            try fixture.archived() == [
                "unknown/unknown_unknown_unknown_20261122-220651_9.9.pdf",
                "unknown/unknown_unknown_unknown_20261122-220651_9.9.tiff",
            ])
    }

    @Test("A report that can't be read costs no fax, and is kept beside it")
    func unreadableReport() async throws {
        try fixture.leaveTIFF(pages: 1)
        try fixture.leave(try InboxFixture.marker(asterisk: Self.gone))
        let path = fixture.layout.receivedReport(try InboxFixture.id("1795381611.7"))
        try Data("{\"uniqueid\":".utf8).write(to: URL(fileURLWithPath: path))
        let pass = try await fixture.pass()
        #expect(pass.salvaged == 1)
        #expect(await fixture.mailer.recipients == ["office@example.net"])
        #expect(try fixture.archived().map { $0.split(separator: ".").last } == ["pdf", "report", "tiff"])
        #expect(try fixture.leftInSpool() == [])
    }

    @Test("A report that comes after the call was given up makes no second fax")
    func late() async throws {
        try fixture.leaveTIFF(pages: 2)
        try fixture.leave(try InboxFixture.marker(asterisk: Self.gone))
        try await fixture.pass()
        try fixture.leave(try InboxFixture.report())
        let pass = try await fixture.pass()
        #expect(pass.journalled == 0)
        #expect(pass.problems.count == 1)
        #expect(await fixture.mailer.tries == 1)
        #expect(try fixture.leftInSpool() == [])
        #expect(try fixture.store.receipts(limit: 10).count == 1)
    }

    @Test("A file larger than a TIFF's beginning that no page can be had from goes to the operator")
    func debris() async throws {
        try fixture.leaveFile(Data("II*\u{0}debris, debris".utf8))
        try fixture.leave(try InboxFixture.marker(asterisk: Self.gone))
        try await fixture.pass()
        let delivery = try #require(await fixture.mailer.deliveries.first)
        #expect(delivery.recipient == "operator@example.net")
        #expect(delivery.message.attachments.map(\.contentType) == ["image/tiff"])
        #expect(await fixture.mailer.tries == 1)
    }

    @Test("A second late report is kept beside the first and holds up nobody")
    func lateTwice() async throws {
        try fixture.leaveTIFF(pages: 1)
        try fixture.leave(try InboxFixture.marker(asterisk: Self.gone))
        try await fixture.pass()
        for seconds in [Int64(1), 2] {
            var report = try InboxFixture.report()
            report.at = report.at.adding(seconds: seconds)
            try fixture.leave(report)
            try fixture.leaveTIFF("200.\(seconds)", pages: 1)
            try fixture.leave(try InboxFixture.report("200.\(seconds)"))
            let pass = try await fixture.pass()
            #expect(pass.sent == 1)
            #expect(try fixture.leftInSpool() == [])
        }
        #expect(try fixture.archived().count { $0.hasSuffix(".report") } == 2)
    }

    @Test("A report that can't be put away holds up no other fax")
    func stubborn() async throws {
        try fixture.leaveTIFF(pages: 1)
        try fixture.leave(try InboxFixture.marker(asterisk: Self.gone))
        try await fixture.pass()
        // Where the late report belongs there is no directory any more.
        let directory = fixture.layout.archive + "/5550269"
        try FileManager.default.removeItem(atPath: directory)
        try Data("x".utf8).write(to: URL(fileURLWithPath: directory))
        try fixture.leave(try InboxFixture.report())
        try fixture.leave(try InboxFixture.marker("300.2", asterisk: Self.gone))
        var other = try InboxFixture.report("300.1")
        other.dialled = "5550270"
        try fixture.leaveTIFF("300.1")
        try fixture.leave(other)
        let pass = try await fixture.pass()
        #expect(pass.sent == 1)
        #expect(pass.salvaged == 1)
        #expect(pass.problems.contains { $0.contains("1795381611.7") })
    }

    @Test("A call whose file still grows is under way, whatever the clock says")
    func growing() async throws {
        try fixture.leaveTIFF(pages: 1)
        // The clock was set years ahead while the call went on.
        try fixture.leave(try InboxFixture.marker(asterisk: .current()))
        let later = InboxFixture.call.adding(seconds: 90_000_000)
        let path = fixture.layout.incomingTIFF(try InboxFixture.id("1795381611.7"))
        try fixture.age(path, to: later)
        #expect(try await fixture.pass(now: later.adding(seconds: 30)) == InboxPass())
        #expect(try await fixture.pass(now: later.adding(seconds: 3661)).salvaged == 1)
    }
}
