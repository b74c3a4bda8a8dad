import FaxModel
import FaxRig
import Testing

/// The dialplan asks faxd, and the program where there is no faxd to ask.
@Suite(.onTheRig) struct FastAGITests {
    @Test("A fax costs Asterisk no program while faxd is there; one that comes while it isn't is received all the same")
    func fallback() async throws {
        let rig = try await TestRigs.shared.rig("fast-agi")
        let bench = try Workbench()
        let document = try bench.shortPage()
        let first = try await FaxRound(rig: rig, number: "5550601").run([document])
        #expect(first.isPerfect)
        for side in RigSide.allCases {
            let log = rig.log(side)
            #expect(log.contains("agi://127.0.0.1:573,"))
            #expect(!log.contains("/fax-agi,"), "\(side)")
        }

        let length = rig.logLength(.b)
        try await rig.killFaxd(.b)
        let number = "5550602"
        let round = FaxRound(rig: rig, number: number)
        let handed = try FileHandover(rig: rig, side: .a).copy(document)
        _ = try await round.tool(.a, "fax-send", ["--wait", "-d", number, handed])
        let log = rig.log(.b, from: length)
        #expect(log.contains("/fax-agi,receiving"))
        #expect(log.contains("/fax-agi,received"))
        try await rig.startFaxd(.b)
        try await RigClock.wait(for: "the message", seconds: 60) {
            try await round.receipts().contains { $0.dialled == number && $0.complete && $0.isSettled }
        }
    }
}
