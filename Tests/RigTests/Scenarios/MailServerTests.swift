import FaxModel
import FaxRig
import Foundation
import Testing

/// The mail server is away while a fax arrives.
@Suite(.onTheRig) struct MailServerTests {
    @Test("a message waits for the mail server and then arrives, once")
    func downThenUp() async throws {
        let rig = try await TestRigs.shared.rig("mail")
        try #require(rig.isMailRunning, "this rig has no mail server: it needs network namespaces")
        try await rig.stopMail()
        let bench = try Workbench()
        let document = try FileHandover(rig: rig, side: .a).copy(try bench.shortPage())
        let round = FaxRound(rig: rig, number: "5550301")
        _ = try await round.tool(.a, "fax-send", ["-l", "-d", "5550301", "--wait=120", document])
        var waiting: Receipt?
        try await RigClock.wait(for: "a first try to deliver", seconds: 60) {
            waiting = try await round.receipts().first { $0.dialled == "5550301" }
            return waiting?.mail.contains { $0.lastError != nil } ?? false
        }
        let receipt = try #require(waiting)
        #expect(!receipt.isSettled)
        #expect(rig.messages().isEmpty)
        try await rig.startMail()
        let message = try await rig.waitForMessages(1, seconds: 150)
        #expect(message.count == 1)
        try await RigClock.wait(for: "the inbox to know it", seconds: 30) {
            try await round.receipts().first { $0.uniqueid == receipt.uniqueid }?.isSettled ?? false
        }
        #expect(rig.messages(about: receipt.uniqueid).count == 1)
        #expect(rig.messages().count == 1)
    }
}
