import FaxModel
import FaxRig
import Foundation
import Testing

/// fax-send and faxd killed at random moments, again and again, while real calls go out.
@Suite(.onTheRig) struct KillTests {
    /// Four times as many in the long proof.
    private static let rounds = ProcessInfo.processInfo.environment["CALLFAX_LONG_PROOFS"] == nil ? 50 : 200

    @Test("fax-send and faxd killed 50 times each or more: what was accepted is sent exactly once")
    func killed() async throws {
        let rig = try await TestRigs.shared.rig("kills") { options in
            options.settings[.a] = ["sending": ["lines": 30, "retry": .localCauses(delay: 1, limit: 0)]]
        }
        let bench = try Workbench()
        let document = try FileHandover(rig: rig, side: .a).copy(try bench.shortPage())
        let round = FaxRound(rig: rig, number: "")

        // One that is left alone says how long the others have.
        let clock = ContinuousClock()
        let whole = try await clock.measure {
            _ = try await round.tool(.a, "fax-send", ["-l", "-d", "5550499", document])
        }
        async let daemons: Void = {
            for _ in 0..<Self.rounds {
                try await Task.sleep(for: .milliseconds(Int.random(in: 0...600)))
                try await rig.killFaxd(.a)
                try await rig.startFaxd(.a)
            }
        }()
        for index in 0..<Self.rounds {
            let process = try rig.start(
                .a, role: "send-\(index)", "fax-send", ["-l", "-d", Self.number(index), document])
            try await Task.sleep(for: whole * Double.random(in: 0...1.3))
            try await process.end()
        }
        try await daemons

        var jobs: [SentJob] = []
        try await RigClock.wait(for: "all jobs to be over", seconds: 400) {
            jobs = try await round.jobs()
            return jobs.allSatisfy(\.state.isFinal)
        }
        let accepted = try (0..<Self.rounds).filter { index in
            let log = rig.layout.output + "/a-send-\(index).log"
            return try String(contentsOfFile: log, encoding: .utf8).contains("request id is ")
        }
        print(
            "kills: \(Self.rounds) of fax-send (\(accepted.count) had accepted), \(Self.rounds) of faxd, \(jobs.count) jobs"
        )
        let sent = Set(jobs.map(\.number))
        #expect(sent.count == jobs.count, "a number has two jobs")
        #expect(sent.isSuperset(of: accepted.map(Self.number)), "an accepted job is gone")
        for job in jobs {
            #expect(job.state == .delivered, "\(job.number): \(job.state) \(job.detail)")
        }
        // Every transmission that side b saw, whole or broken, is one of a job's own.
        let arrived = try await round.receipts()
        for number in sent {
            #expect(arrived.filter { $0.dialled == number }.count == 1, "\(number) was called more than once, or never")
        }
        #expect(arrived.count == sent.count, "a fax arrived that no job is about")
        try await RigClock.wait(for: "all messages", seconds: 60) { rig.faxMessages().count >= sent.count }
        #expect(rig.faxMessages().count == sent.count)
    }

    private static func number(_ index: Int) -> String { "\(5_550_500 + index)" }
}
