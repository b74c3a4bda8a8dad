import AsteriskManager
import FaxModel
import FaxRig
import Foundation
import Testing

/// Running calls, seen and ended through Asterisk's manager interface.
@Suite(.onTheRig) struct ManagerTests {
    private func rig() async throws -> Rig {
        try await TestRigs.shared.rig("manager") { options in
            options.settings[.a] = ["sending": ["lines": 40, "retry": ["dials": 1, "tries": 1]]]
        }
    }

    private func submit(_ rig: Rig, _ number: String, _ document: String, _ options: [String] = []) async throws
        -> Int64
    {
        let round = FaxRound(rig: rig, number: number)
        let handed = try FileHandover(rig: rig, side: .a).copy(document)
        let text = try await round.tool(.a, "fax-send", ["--json", "-d", number] + options + [handed])
        return try JSONDecoder().decode(SentJob.self, from: Data(text.utf8)).id
    }

    private func show(_ rig: Rig, _ id: Int64) async throws -> SentJob {
        try await FaxRound(rig: rig, number: "0").job(id)
    }

    @Test("a fax that is cancelled in mid-page is hung up at once; a ringing one too, and both end as cancelled")
    func cancelled() async throws {
        let rig = try await rig()
        let bench = try Workbench()
        let round = FaxRound(rig: rig, number: "5550601")
        let talking = try await submit(rig, "5550601", bench.document(pages: 40), ["-m"])
        let ringing = try await submit(rig, FarEnd.rings.rawValue, bench.shortPage())
        _ = try await rig.waitForFaxSession(.a, seconds: 60)
        try await RigClock.wait(for: "one to be talking and the other ringing", seconds: 120) {
            let states = try await (show(rig, talking).state, show(rig, ringing).state)
            let channels = try await rig.channels(.a)
            return states == (.sending, .calling) && channels >= 2
        }
        _ = try await round.tool(.a, "fax-queue", ["cancel", "\(talking)", "\(ringing)"])
        // Nobody waits for the end of either: the far end rings for an hour, and forty pages take minutes.
        for id in [talking, ringing] {
            let job = try await round.follow(id)
            #expect(job.state == .cancelled)
            #expect(job.pagesDone < 30)
        }
    }

    @Test("of three faxes in one call the second is taken back: the first arrives, the third goes in a call of its own")
    func cancelledInSharedCall() async throws {
        let rig = try await rig()
        let bench = try Workbench()
        let number = "5550602"
        let due = Date(timeIntervalSinceNow: 45).formatted(.iso8601)
        var ids: [Int64] = []
        for text in ["First", "Second", "Third"] {
            ids.append(try await submit(rig, number, bench.document(pages: 2, text: text), ["-a", due]))
        }
        let round = FaxRound(rig: rig, number: number)
        try await RigClock.wait(for: "the shared call", seconds: 90) { try await show(rig, ids[0]).state == .sending }
        _ = try await round.tool(.a, "fax-queue", ["cancel", "\(ids[1])"])
        var ended: [SentJob] = []
        for id in ids { ended.append(try await round.follow(id)) }
        #expect(ended.map(\.state) == [.delivered, .cancelled, .delivered])
        #expect(ended.map { $0.attempts?.count } == [1, 1, 2])
        let receipts = try await round.receipts().filter { $0.dialled == number }
        #expect(receipts.map(\.pages) == [2, 2])
    }

    @Test("an answer that is no fax machine is ended after a minute, and the job says so")
    func silent() async throws {
        let rig = try await rig()
        let bench = try Workbench()
        let id = try await submit(rig, FarEnd.dead.rawValue, bench.shortPage())
        let job = try await FaxRound(rig: rig, number: "0").follow(id)
        #expect(job.state == .failed)
        #expect(job.cause == .handshakeNoFax)
        let seconds = try #require(job.attempts?.first?.lineSeconds)
        #expect(seconds > 55 && seconds < 80, "\(seconds) s")
    }
}
