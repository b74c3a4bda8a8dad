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
        let text = try await FaxRound(rig: rig, number: "0").tool(.a, "fax-queue", ["show", "\(id)", "--json"])
        return try JSONDecoder().decode(SentJob.self, from: Data(text.utf8))
    }

    @Test("a fax that is cancelled in mid-page is hung up at once; a ringing one too, and both end as cancelled")
    func cancelled() async throws {
        let rig = try await rig()
        let bench = try Workbench()
        let round = FaxRound(rig: rig, number: "5550601")
        let talking = try await submit(rig, "5550601", bench.document(pages: 5), ["-m"])
        let ringing = try await submit(rig, FarEnd.rings.rawValue, bench.shortPage())
        _ = try await rig.waitForFaxSession(.a, seconds: 60)
        _ = try await RigClock.holds(within: 60) {
            let states = try await (show(rig, talking).state, show(rig, ringing).state)
            let channels = try await rig.channels(.a)
            return states == (.sending, .calling) && channels >= 2
        }
        let asked = Date()
        _ = try await round.tool(.a, "fax-queue", ["cancel", "\(talking)", "\(ringing)"])
        for id in [talking, ringing] {
            let job = try await round.follow(id)
            #expect(job.state == .cancelled)
        }
        #expect(Date().timeIntervalSince(asked) < 20, "the far end rings for an hour, five pages take a minute")
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
