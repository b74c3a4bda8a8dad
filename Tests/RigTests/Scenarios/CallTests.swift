import FaxModel
import FaxPages
import FaxRig
import Foundation
import Testing

/// Faxes from one real Asterisk to another, and calls that never become one. All at once, on numbers of their own.
@Suite(.onTheRig) struct CallTests {
    private func rig() async throws -> Rig {
        let rig = try await TestRigs.shared.rig("calls") { options in
            options.settings[.a] = [
                "sending": [
                    "lines": 40, "wait_time": 15, "retry": .localCauses(delay: 1, limit: 1, ["dials": 1, "tries": 1]),
                ]
            ]
        }
        try rig.addTemplate("audio", trunk: Trunk.audio.name)
        try rig.addTemplate("nowhere", trunk: "no-such-trunk")
        return rig
    }

    private func expectPerfect(
        _ report: FaxRoundReport, pages: Int, mode: String, _ resolution: Resolution, on rig: Rig
    ) throws {
        #expect(report.state == .delivered, "\(report.result)")
        #expect(report.pagesReceived == pages)
        #expect(report.pagesIdentical == pages, "\(report.pages)")
        #expect(report.mode == mode)
        #expect(report.remoteStationID == "+1 555 0269")
        let files = try #require(report.files)
        let received = try TIFFFile.inspect(files.received)
        #expect(received.allSatisfy { $0.resolution == resolution })
        let mail = try #require(report.mail)
        let uniqueid = try #require(mail.messageID.split(separator: "@").first?.drop { $0 == "<" }.dropFirst(4))
        #expect(rig.messages(about: String(uniqueid)).count == 1)
        #expect(mail.attachment?.hasPrefix("5550") == true)
        #expect(mail.attachment?.hasSuffix(".pdf") == true)
        let pdf = try Data(contentsOf: URL(fileURLWithPath: try #require(files.pdf)))
        let message = try String(contentsOfFile: try #require(files.message), encoding: .utf8)
        let encoded = message.filter { !$0.isNewline }
        #expect(encoded.contains(pdf.base64EncodedString()), "the PDF in the message is not the one in the archive")
    }

    /// Portrait, landscape and another paper, all made into one size and resolution.
    private static let mixed = [
        SampleDocument.Page(.a4, lines: ["first page, A4"]),
        SampleDocument.Page(.a4, isLandscape: true, lines: ["second page, landscape"]),
        SampleDocument.Page(.legal, lines: ["third page, legal"]),
    ]

    @Test(
        "three mixed pages by T.38 arrive identical, once, with one message", arguments: [Resolution.standard, .fine])
    func t38(resolution: Resolution) async throws {
        let rig = try await rig()
        let bench = try Workbench()
        let document = try bench.document("mixed.pdf", Self.mixed)
        let round = FaxRound(rig: rig, number: resolution == .fine ? "5550101" : "5550102")
        let report = try await round.run([document], options: [resolution == .fine ? "-m" : "-l"])
        try expectPerfect(report, pages: 3, mode: "T38", resolution, on: rig)
    }

    @Test("the same by G.711 alone")
    func audio() async throws {
        let rig = try await rig()
        let bench = try Workbench()
        let document = try bench.document("mixed.pdf", Self.mixed)
        let report = try await FaxRound(rig: rig, number: "5550103").run(
            [document], options: ["-l", "--template", "audio"])
        try expectPerfect(report, pages: 3, mode: "audio", .standard, on: rig)
    }

    @Test("several documents, standard input among them, arrive as one fax in their order")
    func documents() async throws {
        let rig = try await rig()
        let bench = try Workbench()
        let first = try bench.shortPage("First")
        let second = try bench.shortPage("Second")
        let report = try await FaxRound(rig: rig, number: "5550104").run([first, second], options: ["-l"])
        try expectPerfect(report, pages: 2, mode: "T38", .standard, on: rig)
    }

    @Test(
        "only rates and modes that were asked for are used",
        arguments: [(["-B", "9600"], 9600, "5550105"), (["-B", "4800", "-E"], 4800, "5550106")])
    func rates(options: [String], rate: Int, number: String) async throws {
        let bench = try Workbench()
        let report = try await FaxRound(rig: try await rig(), number: number)
            .run([try bench.shortPage()], options: ["-l"] + options)
        #expect(report.isPerfect, "\(report.result)")
        #expect(report.rate == rate)
    }

    struct Ending: Sendable, CustomTestStringConvertible {
        var number: String
        var template = "fax-outbound"
        var cause: Cause
        var testDescription: String { "\(number) by \(template): \(cause.rawValue)" }
    }

    @Test(
        "a call that does not become a fax ends with its true cause",
        arguments: [
            Ending(number: FarEnd.busy.rawValue, cause: .dialBusy),
            Ending(number: FarEnd.rings.rawValue, cause: .dialNoAnswer),
            Ending(number: FarEnd.rejected.rawValue, cause: .dialRejected),
            Ending(number: FarEnd.noSuchNumber.rawValue, cause: .dialUnallocated),
            Ending(number: FarEnd.congestion.rawValue, cause: .dialCongestion),
            Ending(number: FarEnd.hangsUp.rawValue, cause: .handshakeHangup),
            Ending(number: FarEnd.silence.rawValue, cause: .handshakeNoFax),
            Ending(number: FarEnd.dead.rawValue, cause: .handshakeNoFax),
            Ending(number: "5550107", template: "nowhere", cause: .localNoTrunk),
        ])
    func causes(ending: Ending) async throws {
        let bench = try Workbench()
        let report = try await FaxRound(rig: try await rig(), number: ending.number)
            .run([try bench.shortPage()], options: ["-l", "--template", ending.template])
        #expect(report.state == .failed)
        #expect(report.cause == ending.cause, "\(report.result)")
        #expect(report.pagesConfirmed == 0)
    }

    @Test("what harms nobody of the matrix goes from a server to a real number; who is busy is no fax machine")
    func remote() async throws {
        let rig = try await rig()
        func validate(_ number: String) async throws -> CommandResult {
            let words = ["fax-rig", "validate", "--only", "page-white", "--remote", number]
            return try await rig.run(.a, "callfax", words, limit: .seconds(300))
        }
        var good = try await validate("5550191")
        // It asks for one call, and this one begins while all other rigs come up: two more may show that it works.
        for _ in 1...2 where good.status != 0 { good = try await validate("5550191") }
        #expect(good.status == 0, "\(good.errorText)")
        #expect(good.text.hasPrefix("1 of 1 scenarios are as expected"), "\(good.text)")
        let bad = try await validate(FarEnd.busy.rawValue)
        #expect(bad.status == 1)
        #expect(bad.text.contains("page-white: it is failed (dial.busy), not delivered"), "\(bad.text)")
    }
}
