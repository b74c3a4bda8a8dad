import FaxModel
import Foundation
import SpoolFiles
import Testing

@Suite("fax-agi on the receiving side")
struct AGIReceivingTests {
    let spool: TemporarySpool
    init() throws { spool = try TemporarySpool() }

    private func caller() -> FakeAsterisk {
        FakeAsterisk(
            spool: spool.layout,
            [
                "FAXDIALLED": "5550269", "CALLERID(num)": "+4930123", "CALLERID(name)": "Office \"North\"",
                "CHANNEL(accountcode)": "acc", "FAXRCPT": "a@example.org, b@example.org", "FAXSTATUS": "FAILED",
                "FAXPAGES": "2", "FAXOPT(ecm)": "yes",
            ])
    }

    @Test("A call may receive once its marker and its report's room are on disk; the report follows")
    func receive() async throws {
        let go = await caller().run("receiving")
        #expect(go.status == 0)
        #expect(go.gate == "go-1700000000.7")
        let marker = try #require(
            try SpoolRecords(spool.layout).receivingMarkers(named: ["1700000000.7"]).records.first)
        #expect(marker.dialled == "5550269")
        #expect(marker.callerName == "Office \"North\"")
        #expect(marker.recipients == "a@example.org, b@example.org")
        #expect(try SpoolRecords(spool.layout).receivedReports().records.isEmpty)

        #expect(await caller().run("received").status == 0)
        let listing = try SpoolRecords(spool.layout).receivedReports()
        #expect(listing.problems.isEmpty)
        let report = try #require(listing.records.first)
        #expect(report.startedAt == marker.at)
        #expect(report.pages == 2)
        #expect(report.ecm == "yes")
        #expect(report.account == "acc")

        try SpoolRecords(spool.layout).removeReceived(report.uniqueid)
        #expect(try spool.files(in: spool.layout.received).isEmpty)
        #expect(try spool.files(in: spool.layout.receiving).isEmpty)
    }

    @Test("A call that asks again, because a killed faxd did not answer it, is let in; another one of that id is not")
    func twice() async throws {
        _ = await caller().run("receiving")
        #expect(await caller().run("receiving").gate == "go-1700000000.7")
        var other = caller()
        other.variables["CHANNEL"] = Array("PJSIP/trunk-00000002".utf8)
        #expect(await other.run("receiving").gate == "refused")
        // Another Asterisk, or the same one after a restart.
        #expect(await caller().ask("receiving").gate == "refused")
        try spool.write("II*", to: spool.layout.incoming + "/1700000000.7.tiff")
        #expect(await caller().run("receiving").gate == "refused")
    }

    @Test("A TIFF that would be overwritten is a reason to refuse")
    func overwrite() async throws {
        try spool.write("II*", to: spool.layout.incoming + "/1700000000.7.tiff")
        #expect(await caller().run("receiving").gate == "refused")
        #expect(try spool.files(in: spool.layout.receiving).isEmpty)
    }

    @Test("What is known of a fax is recorded, should Asterisk go away in the middle of the rest")
    func cutShort() async throws {
        _ = await caller().run("receiving")
        var asterisk = caller()
        // Behind FAXPAGES: three for the session and its place, six for the call, and each empty text is asked for twice.
        asterisk.replies = [15: nil]
        #expect(await asterisk.run("received").status != 99)
        let report = try #require(try SpoolRecords(spool.layout).receivedReports().records.first)
        #expect(report.faxStatus == "FAILED" && report.pages == 2 && report.rate == nil && report.ecm == nil)
    }

    @Test("A list of addresses that is too long ends with a whole one, and a word that is none")
    func manyAddresses() async throws {
        var asterisk = caller()
        let addresses = (1...100).map { "person-\($0)@office.example.org" }
        asterisk.variables["FAXRCPT"] = Array(addresses.joined(separator: ",").utf8)
        _ = await asterisk.run("receiving")
        let marker = try #require(
            try SpoolRecords(spool.layout).receivingMarkers(named: ["1700000000.7"]).records.first)
        let words = marker.recipients.split { ", ".contains($0) }.map(String.init)
        #expect(words.last == "...cut-here" && words.count > 50)
        #expect(words.dropLast() == addresses.prefix(words.count - 1)[...])
        asterisk.variables["FAXRCPT"] = Array("a@example.org".utf8)
        _ = await asterisk.run("received")
        #expect(try SpoolRecords(spool.layout).receivedReports().records.first?.recipients == "a@example.org")
    }

    @Test(
        "A shared line may listen where a fax could be received; whom nobody wants isn't answered, and leaves a record")
    func listening() async throws {
        #expect(await caller().run("listening").gate == "go-1700000000.7")
        #expect(try spool.files(in: spool.layout.receiving).isEmpty)
        #expect(try spool.files(in: spool.layout.received).isEmpty)
        let rule = BlockRule(name: "nuisance", caller: try CallerMatch(parsing: "_+4930X."), answer: .silent)
        try BlockList([rule], plan: nil).publish(at: spool.layout.blockList)
        #expect(await caller().run("listening").gate == "silent-1700000000.7")
        #expect(try SpoolRecords(spool.layout).receivedReports().records.first?.blockedBy == "nuisance")
    }

    @Test("Too little room is 50 MB, and on a small disk a tenth of it")
    func room() {
        #expect(FileSystemRoom(free: 49_999_999, size: 1_000_000_000).isTooLittleToReceive)
        #expect(!FileSystemRoom(free: 50_000_000, size: 1_000_000_000).isTooLittleToReceive)
        #expect(FileSystemRoom(free: 799_999, size: 8_000_000).isTooLittleToReceive)
        #expect(!FileSystemRoom(free: 800_000, size: 8_000_000).isTooLittleToReceive)
        let here = FileSystemRoom(spool.layout.incoming)
        #expect(here.free > 0 && here.size > here.free)
    }
}
