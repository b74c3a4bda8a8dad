import FaxModel
import Foundation
import SpoolFiles
import Testing

@Suite("The same by FastAGI")
struct FastAGITests {
    let spool: TemporarySpool
    init() throws { spool = try TemporarySpool() }

    @Test(
        "The Gosub's arguments are the request; once it is done no program is needed, and a program never says so")
    func heard() async throws {
        let first = await FakeAsterisk(spool: spool.layout).ask("start", try attempt().text)
        #expect(first.status == 0)
        #expect(first.gate == "go-\(try attempt())")
        #expect(first.isHeard)
        #expect(try Gate(spool.layout).marker(try attempt())?.asterisk == .current())
        let result = await FakeAsterisk(spool: spool.layout, ["FAXSTATUS": "SUCCESS"]).run("result", try attempt().text)
        #expect(!result.isHeard)
    }

    @Test("An empty second argument, as the dialplan hands it on, is none")
    func emptyArgument() async throws {
        #expect(await FakeAsterisk(spool: spool.layout).ask("listening", "").gate == "go-1700000000.7")
        #expect(await FakeAsterisk(spool: spool.layout).run("listening", "").gate == "go-1700000000.7")
    }

    @Test("A refusal is an answer as well")
    func refused() async throws {
        let id = try attempt().text
        _ = await FakeAsterisk(spool: spool.layout).ask("start", id)
        let second = await FakeAsterisk(spool: spool.layout, ["UNIQUEID": "1700000099.1"]).ask("start", id)
        #expect(second.gate == "refused")
        #expect(second.isHeard)
    }

    @Test("What could not be recorded is left to the program")
    func notRecorded() async throws {
        try FileManager.default.removeItem(atPath: spool.layout.results)
        let outcome = await FakeAsterisk(spool: spool.layout, ["FAXSTATUS": "SUCCESS"]).ask(
            "result", try attempt().text)
        #expect(outcome.status != 0)
        #expect(!outcome.isHeard)
    }

    @Test("What a caller writes into the greeting is no request")
    func forged() async throws {
        var asterisk = FakeAsterisk(spool: spool.layout)
        asterisk.greeting =
            "agi_request: x\nagi_calleridname: evil\nagi_threadid: 1\nagi_arg_1: received\n\nagi_arg_1: receiving\n\n"
        #expect(await asterisk.ask("receiving").gate == "go-1700000000.7")
        #expect(try spool.files(in: spool.layout.received).allSatisfy { $0.hasPrefix(".") })
    }

    @Test("Nothing asked, or nothing that there is: nothing is let go", arguments: [[], ["go"], ["start", "../x"]])
    func noRequest(arguments: [String]) async throws {
        let asterisk = FakeAsterisk(spool: spool.layout)
        let outcome =
            switch arguments.count {
            case 0: await asterisk.ask()
            case 1: await asterisk.ask(arguments[0])
            default: await asterisk.ask(arguments[0], arguments[1])
            }
        #expect(outcome.status != 0)
        #expect(outcome.gate == nil)
        #expect(!outcome.isHeard)
    }
}
