import FaxModel
import FaxPages
import FaxRig
import Foundation
import SpoolFiles
import Testing

/// What the receiver promises, on two real Asterisks and a real mail server.
@Suite(.onTheRig) struct InboxProofTests {
    private static let isLong = ProcessInfo.processInfo.environment["CALLFAX_LONG_PROOFS"] != nil

    private func submit(_ rig: Rig, _ number: String, pages: Int) async throws -> Int64 {
        let bench = try Workbench()
        let handed = try FileHandover(rig: rig, side: .a).copy(try bench.document(pages: pages))
        let text = try await FaxRound(rig: rig, number: number).tool(
            .a, "fax-send", ["--json", "-l", "-d", number, handed])
        return try JSONDecoder().decode(SentJob.self, from: Data(text.utf8)).id
    }

    /// Waits until the second page is on the line: the receiver has the first.
    private func waitForSecondPage(_ rig: Rig) async throws {
        let session = try await rig.waitForFaxSession(.b, seconds: 60)
        try await RigClock.wait(for: "a confirmed page", seconds: 120) {
            Int(try await rig.faxSession(.b, session.id)["Rx Pages"] ?? "") ?? 0 >= 1
        }
    }

    private func settled(_ rig: Rig, _ number: String, seconds: Double) async throws -> Receipt {
        var found: Receipt?
        try await RigClock.wait(for: "the fax to be delivered", seconds: seconds) {
            found = try await FaxRound(rig: rig, number: number).receipts().first {
                $0.dialled == number && $0.pages > 0
            }
            return found?.isSettled ?? false
        }
        return try #require(found)
    }

    @Test("the far end hangs up after page 2: what came is delivered as incomplete, with the reason in words")
    func hangsUp() async throws {
        let rig = try await TestRigs.shared.rig("in-hangup")
        _ = try await submit(rig, "5550901", pages: 5)
        let session = try await rig.waitForFaxSession(.b, seconds: 60)
        try await RigClock.wait(for: "two pages", seconds: 120) {
            Int(try await rig.faxSession(.b, session.id)["Rx Pages"] ?? "") ?? 0 >= 2
        }
        _ = try await rig.asteriskCLI(.a, "channel request hangup all")
        let receipt = try await settled(rig, "5550901", seconds: 90)
        #expect(!receipt.complete && (2..<5).contains(receipt.pages))
        let message = try #require(try await FaxRound(rig: rig, number: "5550901").message(of: receipt))
        #expect(message.value("X-Fax-Result") == "incomplete")
        #expect(message.value("Subject")?.hasPrefix("Incomplete fax from ") == true)
        #expect(String(decoding: message.bytes, as: UTF8.self).contains("NOT ALL OF IT"))
    }

    @Test("Asterisk killed while it receives: the pages that it wrote are found and delivered, once")
    func killed() async throws {
        let rig = try await TestRigs.shared.rig("in-killed")
        _ = try await submit(rig, "5550902", pages: 6)
        try await waitForSecondPage(rig)
        try await rig.killAsterisk(.b)
        try await rig.startAsterisk(.b)
        let receipt = try await settled(rig, "5550902", seconds: 120)
        #expect(!receipt.complete && (1..<6).contains(receipt.pages))
        let message = try #require(try await FaxRound(rig: rig, number: "5550902").message(of: receipt))
        #expect(String(decoding: message.bytes, as: UTF8.self).contains("Asterisk crashed or was restarted"))
        #expect(rig.messages(about: receipt.uniqueid).count == 1)
        #expect(try FileManager.default.contentsOfDirectory(atPath: rig.side(.b).spool.incoming).isEmpty)
    }

    @Test("the receiver's disk all but full: callers are not answered, and with room again the fax comes in, once")
    func diskFull() async throws {
        let rig = try await TestRigs.shared.rig("in-full") { options in
            options.spoolBytes = 8 << 20
            options.smallSide = .b
            options.settings[.a] = [
                "sending": ["retry": ["dials": 20, "cooldown": 0, "causes": ["dial.congestion": ["delay": 3]]]]
            ]
        }
        // Room for what a call needs at its beginning, not for its pages.
        try rig.fillDisk(.b, leaving: 200_000)
        let id = try await submit(rig, "5550903", pages: 1)
        try await rig.waitForLog(.b, "not let in", seconds: 60)
        #expect(!rig.log(.b).contains("ReceiveFAX("))
        try rig.emptyDisk(.b)
        let round = FaxRound(rig: rig, number: "5550903")
        #expect(try await round.follow(id).state == .delivered)
        let receipt = try await settled(rig, "5550903", seconds: 60)
        #expect(receipt.complete && receipt.pages == 1)
        #expect(rig.messages(about: receipt.uniqueid).count == 1)
    }

    @Test("the disk fills up in mid-call: what could not be written is told to those who wait for it")
    func fillsUp() async throws {
        let rig = try await TestRigs.shared.rig("in-fills") { options in
            options.spoolBytes = 8 << 20
            options.smallSide = .b
        }
        _ = try await submit(rig, "5550905", pages: 6)
        try await waitForSecondPage(rig)
        try rig.fillDisk(.b)
        let session = try await rig.waitForFaxSession(.b, seconds: 60)
        try await RigClock.wait(for: "two more pages", seconds: 120) {
            Int(try await rig.faxSession(.b, session.id)["Rx Pages"] ?? "") ?? 0 >= 4
        }
        try rig.emptyDisk(.b)
        let receipt = try await settled(rig, "5550905", seconds: 120)
        #expect(!receipt.complete && receipt.pages < 6)
        let message = try #require(try await FaxRound(rig: rig, number: "5550905").message(of: receipt))
        let text = String(decoding: message.bytes, as: UTF8.self)
        #expect(text.contains("NOT ALL OF IT"), "\(text.prefix(3000))")
        #expect(rig.messages(about: receipt.uniqueid).count == 1)
    }

    @Test("a caller whom nobody wants hears busy, is counted, and leaves no fax")
    func blocked() async throws {
        let rig = try await TestRigs.shared.rig("in-blocked") { options in
            options.settings[.b] = [
                "receiving": ["block": [["name": "nuisance", "caller": .text(RigSide.a.callerNumber)]]]
            ]
        }
        let round = FaxRound(rig: rig, number: "5550904")
        let job = try await round.follow(try await submit(rig, "5550904", pages: 1))
        #expect(job.state == .failed && job.cause == .dialBusy, "\(job.detail)")
        try await RigClock.wait(for: "the call to be counted", seconds: 30) {
            try await round.tool(.b, "fax-inbox", ["stats", "--json"]).contains(#""byRule":{"nuisance":1}"#)
        }
        #expect(!rig.log(.b).contains("ReceiveFAX("))
        #expect(rig.messages().isEmpty)
    }

    @Test("on a line that people share a fax machine is heard, and the fax comes in")
    func shared() async throws {
        let rig = try await TestRigs.shared.rig("in-shared") { options in
            options.appended[.b] = [
                "extensions.conf": """

                [rig-far-end](+)
                exten => 5552905,1,Goto(fax-shared,5550905,1)

                """
            ]
        }
        let round = FaxRound(rig: rig, number: "5552905")
        let job = try await round.follow(try await submit(rig, "5552905", pages: 1))
        #expect(job.state == .delivered, "\(job.detail)")
        let receipt = try await settled(rig, "5550905", seconds: 60)
        #expect(receipt.complete && receipt.pages == 1)
        #expect(rig.log(.b).contains("a fax machine calls"))
    }

    @Test(
        "many faxes at once to 12 numbers while the mail server is down for the first half: each person gets each once")
    func burst() async throws {
        let numbers = (0..<12).map { "55509\(10 + $0)" }
        let rig = try await TestRigs.shared.rig("in-burst") { options in
            options.settings[.a] = ["sending": ["lines": 40, "faxes_in_a_call": 1, "retry": ["cooldown": 0]]]
            let routes = numbers.map { number -> SettingsTree in
                ["number": .text(number), "to": [.text("a\(number)@rig.example"), .text("b\(number)@rig.example")]]
            }
            options.settings[.b] = ["receiving": ["routes": .list(routes)]]
        }
        let count = Self.isLong ? 150 : 24
        try await rig.stopMail()
        let bench = try Workbench()
        let document = try FileHandover(rig: rig, side: .a).copy(try bench.shortPage())
        let round = FaxRound(rig: rig, number: "")
        for index in 0..<count {
            _ = try await round.tool(.a, "fax-send", ["-l", "-d", numbers[index % numbers.count], document])
        }
        var receipts: [Receipt] = []
        try await RigClock.wait(for: "the first half", seconds: Double(count) * 15 + 60) {
            receipts = try await round.receipts().filter { $0.pages > 0 }
            return receipts.count >= count / 2
        }
        #expect(rig.messages().isEmpty)
        try await rig.startMail()
        try await RigClock.wait(for: "all faxes and their messages", seconds: Double(count) * 15 + 90) {
            receipts = try await round.receipts().filter { $0.pages > 0 }
            return receipts.count == count && receipts.allSatisfy(\.isSettled)
        }
        #expect(receipts.allSatisfy { $0.complete })
        // Person by person.
        var expected: [String] = []
        for receipt in receipts {
            expected += ["a", "b"].map { "\($0)\(receipt.dialled)@rig.example fax.\(receipt.uniqueid)@b.rig.example" }
        }
        let got = rig.messages().map { message in
            let id = message.value("Message-ID")?.filter { !"<>".contains($0) } ?? ""
            return "\(message.recipient ?? "") \(id)"
        }
        #expect(got.sorted() == expected.sorted())
        print(
            "inbox: \(count) faxes to \(numbers.count) numbers, \(got.count) messages for \(numbers.count * 2) people")
    }
}
