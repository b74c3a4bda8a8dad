import FaxModel
import Foundation
import SpoolFiles
import Testing

@Suite("fax-agi on the sending side")
struct AGISendingTests {
    let spool: TemporarySpool
    init() throws { spool = try TemporarySpool() }

    @Test("The first start of an attempt gets a go, and the marker and the report's room are on disk")
    func firstStart() async throws {
        let id = try attempt()
        let outcome = await FakeAsterisk(spool: spool.layout).run("start", id.text)
        #expect(outcome.status == 0)
        #expect(outcome.gate == "go-\(id)")
        let marker = try #require(try Gate(spool.layout).marker(id))
        #expect(marker.holder == .call)
        #expect(marker.uniqueid?.text == "1700000000.7")
        #expect(marker.asterisk?.pid == getppid())
        let reserved = try spool.read("\(spool.layout.results)/.\(id).1700000000.7.json")
        #expect(reserved.count >= 8192)
        #expect(try spool.files(in: spool.layout.started) == [id.text])
    }

    @Test("A result that is known is recorded, also when Asterisk goes away before all is told")
    func asteriskGone() async throws {
        let id = try attempt()
        var asterisk = FakeAsterisk(
            spool: spool.layout,
            ["FAXSTATUS": "SUCCESS", "FAXPAGES": "2", "FAXSTATUSSTRING": "OK", "FAXERROR": "HANGUP"])
        _ = await asterisk.run("start", id.text)
        let whole = await asterisk.run("result", id.text)
        // The commands after UNIQUEID, CHANNEL and FAXSPOOL up to HANGUPCAUSE are what a result needs.
        let needed = try #require(whole.commands.firstIndex { $0.contains("HANGUPCAUSE})") }) + 1
        for ending in needed..<whole.commands.count {
            try SpoolRecords(spool.layout).removeResults(for: id)
            asterisk.replies = [ending: nil]
            _ = await asterisk.run("result", id.text)
            let reports = try SpoolRecords(spool.layout).results(for: id).records
            #expect(reports.map(\.faxStatus) == ["SUCCESS"])
            #expect(reports.map(\.pages) == [2])
        }
    }

    @Test("A second start of the same attempt is refused, and the owner's reserved room stays")
    func secondStart() async throws {
        let id = try attempt()
        _ = await FakeAsterisk(spool: spool.layout).run("start", id.text)
        for variables in [
            ["FAXSTATUS": "STARTED"], ["FAXSTATUS": "FAILED"], ["UNIQUEID": "1700000099.1"],
            ["CHANNEL": "PJSIP/other-1"],
        ] {
            let outcome = await FakeAsterisk(spool: spool.layout, variables).run("start", id.text)
            #expect(outcome.gate == "refused", "\(variables)")
            #expect(outcome.status == 0)
        }
        #expect(try spool.files(in: spool.layout.results) == [".\(id).1700000000.7.json"])
    }

    @Test(
        "A call that asks again, because a killed faxd did not answer it, gets its go; not from a gate that was closed")
    func unheard() async throws {
        let id = try attempt()
        for _ in 0..<2 {
            let outcome = await FakeAsterisk(spool: spool.layout).run("start", id.text)
            #expect(outcome.gate == "go-\(id)")
        }
        #expect(try spool.files(in: spool.layout.started) == [id.text])
        #expect(try spool.files(in: spool.layout.results) == [".\(id).1700000000.7.json"])
        let closed = try attempt("8-1-0a0b0c0d")
        #expect(try Gate(spool.layout).close(closed, now: UnixTime(seconds: 5)) == .closed)
        #expect(await FakeAsterisk(spool: spool.layout).run("start", closed.text).gate == "refused")
    }

    @Test("A start whose marker can't be written is refused and leaves the attempt free")
    func unwritableMarker() async throws {
        let id = try attempt()
        try FileManager.default.removeItem(atPath: spool.layout.started)
        let outcome = await FakeAsterisk(spool: spool.layout).run("start", id.text)
        #expect(outcome.status == 0)
        #expect(outcome.gate == "refused")
        #expect(outcome.commands.contains { $0.hasPrefix("VERBOSE") && $0.contains("No such file") })
        #expect(try Gate(spool.layout).marker(id) == nil)
        #expect(try spool.files(in: spool.layout.results).isEmpty)
    }

    @Test("A start whose report has no room is refused and leaves the attempt free")
    func unwritableReport() async throws {
        let id = try attempt()
        try FileManager.default.removeItem(atPath: spool.layout.results)
        let outcome = await FakeAsterisk(spool: spool.layout).run("start", id.text)
        #expect(outcome.gate == "refused")
        #expect(try Gate(spool.layout).marker(id) == nil)
    }

    @Test("A start of an attempt whose gate was closed is refused")
    func closedGate() async throws {
        let id = try attempt()
        #expect(try Gate(spool.layout).close(id, now: UnixTime(seconds: 5)) == .closed)
        #expect(await FakeAsterisk(spool: spool.layout).run("start", id.text).gate == "refused")
    }

    @Test("The result of a started call takes the room that was reserved for it")
    func result() async throws {
        let id = try attempt()
        let asterisk = FakeAsterisk(
            spool: spool.layout,
            [
                "FAXSTATUS": "SUCCESS", "FAXERROR": "HANGUP", "FAXSTATUSSTRING": "OK", "FAXPAGES": "3",
                "FAXBITRATE": "14400", "FAXRESOLUTION": "8031x7700", "FAXMODE": "T38", "REMOTESTATIONID": "+49 30 1",
                "HANGUPCAUSE": "16", "HANGUPCAUSE(${CHANNEL},tech)": "SIP 200 OK", "CDR(billsec)": "41",
            ])
        _ = await asterisk.run("start", id.text)
        #expect(await asterisk.run("result", id.text).status == 0)
        let listing = try SpoolRecords(spool.layout).results(for: id)
        #expect(listing.problems.isEmpty)
        let report = try #require(listing.records.first)
        #expect(report.origin == .handler)
        #expect(report.faxStatus == "SUCCESS")
        #expect(report.pages == 3)
        #expect(report.rate == 14400)
        #expect(report.mode == "T38")
        #expect(report.remoteStationID == "+49 30 1")
        #expect(report.hangupCause == 16)
        #expect(report.techCause == "SIP 200 OK")
        #expect(report.billableSeconds == 41)
        #expect(report.localStationID == nil)
        #expect(try spool.files(in: spool.layout.results) == ["\(id).1700000000.7.json"])
        let decoded = try JSONDecoder().decode(
            CallReport.self, from: spool.read("\(spool.layout.results)/\(id).1700000000.7.json"))
        #expect(decoded == report)
    }

    @Test("A call that never started is reported all the same")
    func busy() async throws {
        let id = try attempt()
        let asterisk = FakeAsterisk(
            spool: spool.layout, ["HANGUPCAUSE": "17", "HANGUPCAUSE(${CHANNEL},tech)": "SIP 486 Busy Here"])
        #expect(await asterisk.run("result", id.text).status == 0)
        let report = try #require(try SpoolRecords(spool.layout).results(for: id).records.first)
        #expect(report.techCause == "SIP 486 Busy Here")
        #expect(report.faxStatus == nil)
    }

    @Test(
        "The handler on the channel that never dialled counts as the failed extension", arguments: ["result", "failed"])
    func pseudoChannel(verb: String) async throws {
        let id = try attempt()
        let asterisk = FakeAsterisk(spool: spool.layout, ["CHANNEL": "OutgoingSpoolFailed", "REASON": "8"])
        #expect(await asterisk.run(verb, id.text).status == 0)
        let report = try #require(try SpoolRecords(spool.layout).results(for: id).records.first)
        #expect(report.origin == .failed)
        #expect(report.reason == 8)
    }

    @Test("A result that can't be written ends with an error and a word on the console")
    func unwritableResult() async throws {
        try FileManager.default.removeItem(atPath: spool.layout.results)
        let outcome = await FakeAsterisk(spool: spool.layout).run("result", "7-1-0a0b0c0d")
        #expect(outcome.status != 0)
        #expect(outcome.commands.last?.contains("not recorded") == true)
    }

    @Test("A daemon that listens is woken by one byte")
    func poke() async throws {
        let descriptor = try listen(at: spool.layout.pokeSocket)
        defer { close(descriptor) }
        _ = await FakeAsterisk(spool: spool.layout).run("result", "7-1-0a0b0c0d")
        var bytes = [UInt8](repeating: 0, count: 8)
        #expect(recv(descriptor, &bytes, 8, Int32(MSG_DONTWAIT)) == 1)
    }

    private func listen(at path: String) throws -> Int32 {
        let descriptor = socket(AF_UNIX, Int32(SOCK_DGRAM.rawValue), 0)
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: Array(path.utf8)) }
        let bound = withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(descriptor, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
            }
        }
        try #require(bound == 0)
        return descriptor
    }
}
