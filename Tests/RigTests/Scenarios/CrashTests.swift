import FaxModel
import FaxRig
import Foundation
import SpoolFiles
import Testing

/// Asterisk, fax-agi or the disk fail while a fax is on its way: nothing is sent without a record, nothing twice.
@Suite(.onTheRig) struct CrashTests {
    /// Sends one document without waiting and returns the job's number.
    private func submit(_ rig: Rig, to number: String, pages: Int) async throws -> Int64 {
        let bench = try Workbench()
        let document = try FileHandover(rig: rig, side: .a).copy(try bench.document(pages: pages))
        let text = try await FaxRound(rig: rig, number: number)
            .tool(.a, "fax-send", ["--json", "-l", "-d", number, document])
        return try JSONDecoder().decode(SentJob.self, from: Data(text.utf8)).id
    }

    private func job(_ rig: Rig, _ id: Int64) async throws -> SentJob {
        try await FaxRound(rig: rig, number: "").job(id)
    }

    @Test("Asterisk killed in mid-page redials after its restart and is refused; the job is unknown, the rest arrives")
    func killed() async throws {
        let rig = try await TestRigs.shared.rig("crash") { options in
            options.settings[.a] = ["sending": ["asterisk_retry_time": 4, "retry": ["dials": 3]]]
            options.settings[.b] = ["receiving": ["max_call": 120]]
        }
        let id = try await submit(rig, to: "5550201", pages: 6)
        // The second page is on the line: the far end has confirmed one.
        let session = try await rig.waitForFaxSession(.b, seconds: 60)
        try await RigClock.wait(for: "the second page", seconds: 120) {
            Int(try await rig.faxSession(.b, session.id)["Rx Pages"] ?? "") ?? 0 >= 1
        }
        // Without faxd nobody takes the call file away, so that Asterisk has to be refused by the gate alone.
        try await rig.killFaxd(.a)
        try await rig.killAsterisk(.a)
        let log = rig.logLength(.a)
        try await rig.startAsterisk(.a)
        try await rig.waitForLog(.a, "Attempting call on PJSIP/5550201", from: log, seconds: 60)
        try await rig.waitForLog(.a, "not let go", from: log, seconds: 60)
        #expect(!rig.log(.a, from: log).contains("SendFAX("))
        try await rig.startFaxd(.a)

        let ended = try await FaxRound(rig: rig, number: "5550201").follow(id)
        #expect(ended.state == .unknown)
        #expect(ended.cause == .outcomeUnknown)
        #expect(ended.attempts?.count == 1)

        // What had arrived is delivered, once, as what it is.
        let round = FaxRound(rig: rig, number: "5550201")
        var receipts: [Receipt] = []
        try await RigClock.wait(for: "the broken fax to be delivered", seconds: 200) {
            receipts = try await round.receipts().filter { $0.pages > 0 }
            return receipts.first?.isSettled ?? false
        }
        #expect(receipts.count == 1)
        let receipt = try #require(receipts.first)
        #expect(!receipt.complete)
        #expect((1..<6).contains(receipt.pages))
        let message = try #require(try await round.message(of: receipt))
        #expect(message.value("X-Fax-Result")?.contains("incomplete") == true)
        #expect(rig.faxMessages().count == 1)
        // And it stays unknown: no later pass tries again.
        #expect(try await job(rig, id).attempts?.count == 1)
        #expect(try FileManager.default.contentsOfDirectory(atPath: rig.side(.a).outgoing).isEmpty)
    }

    @Test("without fax-agi nothing is transmitted, and the job says so")
    func missingProgram() async throws {
        let rig = try await TestRigs.shared.rig("no-agi") { options in
            options.globals[.a] = ["FAXAGI": "/nonexistent/fax-agi", "FAXFASTAGI": ""]
            options.settings[.a] = ["sending": ["min_free": 0, "retry": .localCauses(delay: 1, limit: 2)]]
        }
        let id = try await submit(rig, to: "5550202", pages: 1)
        let ended = try await FaxRound(rig: rig, number: "5550202").follow(id)
        #expect(ended.state == .failed)
        #expect(ended.cause == .localGate)
        #expect(ended.attempts?.count == 2)
        #expect(!rig.log(.a).contains("SendFAX("))
        try await rig.waitForSilence(.b, seconds: 30)
        #expect(try await FaxRound(rig: rig, number: "5550202").receipts().allSatisfy { $0.pages == 0 })
    }

    /// A number that rings for some seconds before it becomes a fax machine: time to fill the disk.
    private static let slowNumber = """

        [rig-far-end](+)
        exten => _5552XXX,1,Ringing()
         same => n,Wait(8)
         same => n,Goto(fax-inbound,${EXTEN},1)

        """

    private func fullRig(_ name: String) async throws -> Rig {
        try await TestRigs.shared.rig(name) { options in
            options.spoolBytes = 8 << 20
            options.appended[.b] = ["extensions.conf": Self.slowNumber]
            options.settings[.a] = ["sending": ["min_free": 0, "retry": .localCauses(delay: 1, limit: 3)]]
        }
    }

    @Test("a disk that is full before the start lets nothing go; with room again the fax is sent once")
    func fullBeforeStart() async throws {
        let rig = try await fullRig("full-start")
        let id = try await submit(rig, to: "5552203", pages: 1)
        try await rig.waitForLog(.a, "Called 5552203@", seconds: 30)
        try rig.fillDisk(.a)
        try await rig.waitForLog(.a, "not let go", seconds: 60)
        #expect(!rig.log(.a).contains("SendFAX("))
        try rig.emptyDisk(.a)
        let ended = try await FaxRound(rig: rig, number: "5552203").follow(id)
        #expect(ended.state == .delivered, "\(ended.detail)")
        #expect(ended.attempts?.count == 2)
        let transmissions = rig.log(.a).split(separator: "\n").filter { $0.contains("SendFAX(\"") }
        #expect(transmissions.count == 1)
    }

    @Test("a disk that is full before the result loses no result: its room was reserved")
    func fullBeforeResult() async throws {
        let rig = try await fullRig("full-result")
        let id = try await submit(rig, to: "5552204", pages: 1)
        try await rig.waitForLog(.a, "SendFAX(", seconds: 60)
        try rig.fillDisk(.a)
        try await rig.waitForLog(.a, ",result,", seconds: 120)
        try await rig.waitForSilence(.a, seconds: 60)
        try rig.emptyDisk(.a)
        let ended = try await FaxRound(rig: rig, number: "5552204").follow(id)
        #expect(ended.state == .delivered, "\(ended.detail)")
        #expect(ended.attempts?.count == 1)
    }
}
