import FaxModel
import Foundation
import SpoolFiles
import Testing

@Suite("The gate and the records")
struct GateTests {
    let spool: TemporarySpool
    let now = UnixTime(seconds: 1_700_000_000)
    init() throws { spool = try TemporarySpool() }

    private func marker(_ call: String) throws -> StartMarker {
        try StartMarker(holder: .call, attempt: attempt(), at: now, uniqueid: ChannelID(parsing: call), channel: "c")
    }

    @Test("A gate that is closed stays closed; closing it again is harmless")
    func close() throws {
        let gate = Gate(spool.layout)
        #expect(try gate.marker(attempt()) == nil)
        #expect(try gate.close(attempt(), now: now) == .closed)
        #expect(try gate.close(attempt(), now: now.adding(seconds: 9)) == .closed)
        #expect(try gate.marker(attempt())?.at == now)
        #expect(try !gate.take(marker("1.1")))
        #expect(try gate.remove(attempt()))
        #expect(try gate.marker(attempt()) == nil)
    }

    @Test("A gate that a call passed can't be closed and names the call")
    func held() throws {
        let gate = Gate(spool.layout)
        #expect(try gate.take(marker("1.1")))
        #expect(try gate.close(attempt(), now: now) == .alreadyHeld(marker("1.1")))
    }

    static let torn: [String] = ["", "{", "{\"holder\":\"call\"", "\u{0}\u{0}", "{}", "garbage\n"]

    @Test("A marker that can't be read is held by an unknown call, never free", arguments: torn)
    func tornMarker(text: String) throws {
        try spool.write(text, to: spool.layout.marker(attempt()))
        let gate = Gate(spool.layout)
        let held = try #require(try gate.marker(attempt()))
        #expect(held.holder == .call)
        #expect(held.uniqueid == nil)
        #expect(try gate.close(attempt(), now: now) == .alreadyHeld(held))
        #expect(try !gate.take(marker("1.1")))
    }

    @Test("Another attempt's marker, a directory and a link in its place are held by an unknown call as well")
    func foreignMarker() throws {
        let gate = Gate(spool.layout)
        let (other, directory, link) = (try attempt("8-1-b"), try attempt("8-2-b"), try attempt("8-3-b"))
        #expect(try gate.take(marker("1.1")))
        try FileManager.default.copyItem(atPath: spool.layout.marker(attempt()), toPath: spool.layout.marker(other))
        mkdir(spool.layout.marker(directory), 0o750)
        symlink("/nonexistent", spool.layout.marker(link))
        for id in [other, directory, link] {
            #expect(try gate.marker(id)?.holder == .call)
            #expect(try gate.marker(id)?.uniqueid == nil)
        }
        #expect(try SpoolRecords(spool.layout).startedAttempts().records.count == 4)
    }

    @Test("Calls and the scheduler race for one attempt, and exactly one of them gets it", arguments: 0..<20)
    func race(round: Int) async throws {
        let gate = Gate(spool.layout)
        let id = try attempt("9-\(round)-a")
        let now = now
        let winners = await withTaskGroup(of: Bool.self) { group in
            for number in 0..<12 {
                group.addTask {
                    await blocking {
                        let holder: StartMarker.Holder = number % 3 == 0 ? .closed : .call
                        return (try? gate.take(StartMarker(holder: holder, attempt: id, at: now))) == true
                    }
                }
            }
            return await group.reduce(0) { $0 + ($1 ? 1 : 0) }
        }
        #expect(winners == 1)
        #expect(try spool.files(in: spool.layout.started) == [id.text])
    }

    @Test("Foreign and torn reports are named and left alone; reserved room is no report")
    func listing() throws {
        let report = try CallReport(
            origin: .handler, attempt: attempt(), uniqueid: ChannelID(parsing: "1.1"), channel: "c", at: now)
        let results = spool.layout.results
        let whole = String(decoding: report.json.line, as: UTF8.self)
        try spool.write(whole, to: spool.layout.result(report.attempt, report.uniqueid))
        try spool.write(whole, to: "\(results)/7-1-0a0b0c0d.1.2.json")
        try spool.write("{", to: "\(results)/7-1-0a0b0c0d.1.3.json")
        try spool.write("note", to: "\(results)/README")
        try spool.write("", to: "\(results)/7-1-0a0b0c0d.1.4.json")
        try spool.write(String(repeating: "\u{0}", count: 16384), to: "\(results)/.7-1-0a0b0c0d.1.5.json")
        try spool.write("{", to: "\(results)/.7-1-0a0b0c0d.1.6.json")
        try spool.write(whole, to: "\(results)/.tmp-7-1-0a0b0c0d.1.7.json-1-x")
        let records = SpoolRecords(spool.layout)
        let mine = try records.results(for: attempt())
        #expect(mine.records == [report])
        #expect(mine.problems.count == 4)
        #expect(try records.allResults().records == [report])
        #expect(try records.results(for: attempt("8-1-b")).records.isEmpty)
        #expect(try records.removeResults(for: attempt()))
        #expect(try records.results(for: attempt()).records.isEmpty)
        #expect(try spool.files(in: results).contains("README"))
    }

    @Test("A report that never got its final name, and one with zeros behind it, is a report")
    func unrenamed() throws {
        let report = try CallReport(
            origin: .handler, attempt: attempt(), uniqueid: ChannelID(parsing: "1.1"), channel: "c", at: now)
        let text = String(decoding: report.json.line, as: UTF8.self) + String(repeating: "\u{0}", count: 100)
        try spool.write(text, to: spool.layout.reservedResult(report.attempt, report.uniqueid))
        #expect(try SpoolRecords(spool.layout).allResults().records == [report])
    }

    @Test("Names in started/ that are no attempts are named as problems")
    func foreignNames() throws {
        try spool.write("", to: spool.layout.started + "/NOT AN ID")
        try spool.write("", to: spool.layout.started + "/.tmp-x")
        let listing = try SpoolRecords(spool.layout).startedAttempts()
        #expect(listing.records.isEmpty)
        #expect(listing.problems.count == 1)
    }
}
