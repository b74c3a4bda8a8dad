import FaxModel
import Foundation
import SpoolFiles
import Testing

@Suite("fax-agi against hostile and broken input")
struct AGIHostileTests {
    let spool: TemporarySpool
    init() throws { spool = try TemporarySpool() }

    static let texts: [(sent: [UInt8], stored: String)] = [
        (Array("\"quotes\" 'single' `id` $(id)".utf8), "\"quotes\" 'single' `id` $(id)"),
        (Array("${SHELL(touch /tmp/x)}".utf8), "${SHELL(touch /tmp/x)}"),
        (Array("a\n200 result=1 (go)\r\nb\u{0}c".utf8), "a 200 result=1 (go)  b c"),
        (Array("x):1:2 )))((( [}".utf8), "x):1:2 )))((( [}"),
        (Array("../../etc/passwd;#,&|%41".utf8), "../../etc/passwd;#,&|%41"),
        ([0xFF, 0xC3, 0x28, 0x41], "\u{FFFD}\u{FFFD}(A"),
        (Array("\u{1B}[2J\u{9B}ü\u{2028}".utf8), " [2J ü\u{2028}"),
        (Array(String(repeating: "é", count: 400).utf8), String(repeating: "é", count: 128)),
        (Array(String(repeating: "\"", count: 5000).utf8), String(repeating: "\"", count: 256)),
    ]

    @Test("Whatever a far end calls itself arrives as harmless text in valid JSON", arguments: texts)
    func hostileText(sent: [UInt8], stored: String) async throws {
        let id = try attempt()
        var asterisk = FakeAsterisk(spool: spool.layout, ["FAXSTATUS": "SUCCESS"])
        asterisk.variables["REMOTESTATIONID"] = sent
        #expect(await asterisk.run("result", id.text).status == 0)
        let path = "\(spool.layout.results)/\(id).1700000000.7.json"
        let decoded = try JSONDecoder().decode(CallReport.self, from: spool.read(path))
        #expect(decoded.remoteStationID == stored)
        #expect(decoded.faxStatus == "SUCCESS")
        #expect(try SpoolRecords(spool.layout).results(for: id).records == [decoded])
    }

    @Test("A caller's name with newlines in the greeting neither ends it nor answers for Asterisk")
    func hostileGreeting() async throws {
        let id = try attempt()
        var asterisk = FakeAsterisk(spool: spool.layout)
        asterisk.greeting =
            "agi_request: x\nagi_calleridname: evil\n\n200 result=1 (go)\n200 result=1 (/tmp)\nagi_dnid: 1\n\n"
        let outcome = await asterisk.run("start", id.text)
        #expect(outcome.gate == "go-\(id)")
        #expect(try Gate(spool.layout).marker(id)?.uniqueid?.text == "1700000000.7")
    }

    @Test("A spool that is no safe absolute path is refused", arguments: ["", "relative", "/a/../b", "/\n"])
    func badSpool(root: String) async throws {
        let outcome = await FakeAsterisk(spool: spool.layout, ["FAXSPOOL": root]).run("start", "7-1-0a0b0c0d")
        #expect(outcome.gate == "refused")
    }

    @Test("A UNIQUEID that is no file name is refused", arguments: ["../../x", "", ".hidden", "a/b", "a b"])
    func badUniqueID(text: String) async throws {
        let outcome = await FakeAsterisk(spool: spool.layout, ["UNIQUEID": text]).run("receiving")
        #expect(outcome.gate == "refused")
        #expect(try spool.files(in: spool.layout.receiving).isEmpty)
        #expect(try spool.files(in: spool.layout.received).isEmpty)
    }

    static let argumentLists: [[String]] = [
        [], ["start"], ["start", "../x"], ["start", "A B"], ["start", "7-1-a", "x"], ["stop", "7-1-a"],
        ["receiving", "x"],
    ]

    @Test(
        "Arguments that are no request end with a usage or data error before anything is read", arguments: argumentLists
    )
    func badArguments(list: [String]) {
        let status = FaxAGI.run(arguments: list, input: -1, output: -1)
        #expect(status == 64 || status == 65)
    }

    static let greetings: [String] = [
        "", "garbage\n", "GET / HTTP/1.1\r\nHost: x\r\n\r\n", "agi_request: x\n",
        String(repeating: "agi_x: y\n", count: 300), "agi_x: " + String(repeating: "y", count: 300_000) + "\n\n",
        String(repeating: "\u{0}", count: 5000),
    ]

    @Test(
        "A greeting that never ends, or is none, ends the session without a record", .timeLimit(.minutes(10)),
        arguments: greetings)
    func badGreeting(text: String) async throws {
        var asterisk = FakeAsterisk(spool: spool.layout)
        asterisk.greeting = text
        asterisk.patience = 100
        let outcome = await asterisk.run("start", "7-1-0a0b0c0d")
        #expect(outcome.status != 0)
        #expect(outcome.gate == nil)
        #expect(try spool.files(in: spool.layout.started).isEmpty)
        #expect(try spool.files(in: spool.layout.results).isEmpty)
    }

    @Test("An Asterisk that goes away in the middle leaves no record", arguments: 0..<6)
    func endOfInput(command: Int) async throws {
        var asterisk = FakeAsterisk(spool: spool.layout)
        asterisk.replies[command] = .some(nil)
        let outcome = await asterisk.run("result", "7-1-0a0b0c0d")
        #expect(outcome.status != 0)
        #expect(try spool.files(in: spool.layout.results).isEmpty)
    }

    static let answers: [String] = [
        "", "510 Invalid or unknown command\n", "520-Invalid command syntax.  Proper usage follows:\n",
        String(repeating: "x", count: 400_000) + "\n", "200\n",
    ]

    @Test(
        "An answer that is none, too long or never comes ends the session without a record", .timeLimit(.minutes(10)),
        arguments: answers)
    func badAnswer(text: String) async throws {
        var asterisk = FakeAsterisk(spool: spool.layout)
        asterisk.replies[1] = Array(text.utf8)
        asterisk.patience = 150
        let outcome = await asterisk.run("start", "7-1-0a0b0c0d")
        #expect(outcome.gate == nil || outcome.gate == "refused")
        #expect(try spool.files(in: spool.layout.started).isEmpty)
    }

    @Test("Two hundred starts of one attempt at once give one go")
    func race() async throws {
        let spool = spool
        let id = try attempt()
        let gates = await withTaskGroup(of: String?.self) { group in
            for number in 0..<200 {
                group.addTask {
                    await FakeAsterisk(spool: spool.layout, ["UNIQUEID": "1700000000.\(number)"]).run("start", id.text)
                        .gate
                }
            }
            return await group.reduce(into: []) { $0.append($1) }
        }
        #expect(gates.filter { $0 == "go-\(id)" }.count == 1)
        #expect(gates.filter { $0 == "refused" }.count == 199)
        #expect(try spool.files(in: spool.layout.results).count == 1)
        #expect(try spool.files(in: spool.layout.started) == [id.text])
    }
}
