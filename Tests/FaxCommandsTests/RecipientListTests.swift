import FaxModel
import Foundation
import Testing

@testable import FaxCommands

@Suite struct RecipientListTests {
    private let scratch: ScratchDirectory
    private let berlin: NumberPolicy

    init() throws {
        scratch = try ScratchDirectory()
        berlin = NumberPolicy(plan: try NumberingPlan(country: "49", area: "30"), forbidsPremium: true)
    }

    private func list(
        _ text: String, numbers: [String] = [], limit: Int? = nil, name: String = "list"
    ) throws -> RecipientList {
        try RecipientList(
            RecipientList.entries(numbers: numbers, lists: [try scratch.write(text, to: name)], policy: berlin),
            policy: berlin,
            limit: limit)
    }

    private func canonical(_ list: RecipientList) -> [String] { list.recipients.map(\.destination.canonical.digits) }

    @Test("a plain list has a number a line, blanks, comments and any line ends")
    func plain() throws {
        let found = try list("# customers\r\n030 1234567  # main office\r\n\r\n\t089/12345\n\n*21#\n+43 1 12345")
        #expect(canonical(found) == ["+49301234567", "+498912345", "*21#", "+43112345"])
        #expect(found.note == nil)
    }

    @Test("duplicates are folded by canonical form, over the command line and all lists, and counted")
    func duplicates() throws {
        let found = try list("030 1234567\n+49 30 1234567\n089 12345\n", numbers: ["1234567", "0043 1 12345"])
        #expect(canonical(found) == ["+49301234567", "+43112345", "+498912345"])
        #expect(found.duplicates == 2)
        #expect(found.note == "2 duplicate numbers left out; 3 to send to")
    }

    @Test("CSV has its columns in any order, quotes, and a name for everybody")
    func table() throws {
        let found = try list(
            #"""
            \#u{FEFF}Name,NUMBER,Tag,Customer
            "Müller, ""Büro""",030 1234567,offer 17,4711
            # left out
            Jones,+44 20 79460000

            "Smith"  ,089 12345,,
            ,,,
            """#)
        #expect(canonical(found) == ["+49301234567", "+442079460000", "+498912345"])
        #expect(found.recipients[0].name?.text == "Müller, \"Büro\"")
        #expect(found.recipients[0].tag?.text == "offer 17")
        #expect(found.recipients[0].fields == ["customer": "4711"])
        #expect(found.recipients[1].name?.text == "Jones")
        #expect(found.recipients[2].fields.isEmpty && found.recipients[2].tag == nil)
    }

    @Test("the header row says what separates", arguments: [",", ";", "\t"])
    func separators(separator: String) throws {
        let found = try list("number\(separator)name\r\n030 1234567\(separator)Müller\r\n")
        #expect(canonical(found) == ["+49301234567"])
        #expect(found.recipients[0].name?.text == "Müller")
    }

    @Test("a quoted field may hold line ends, and lines are still counted right")
    func lines() throws {
        let error = #expect(throws: FaxError.self) {
            try list("number,address\n030 1234567,\"Road 1\r\nTown\"\n12x34567,-\n", name: "a.csv")
        }
        #expect(error?.message.contains("a.csv:4: number \"12x34567\"") == true)
        #expect(error?.message.split(separator: "\n").count == 1)
    }

    @Test("every bad line is named at once, and nothing is left")
    func problems() throws {
        let error = #expect(throws: FaxError.self) {
            try list(
                "number,name\n030 1234567,a\nnobody,b\n112,c\n,d\n0900 1234567,e\n089 12345,f,g\n089 12345,\"h\n",
                numbers: ["abc"], name: "x.csv")
        }
        #expect(error?.code == .usage)
        let found = error?.message.split(separator: "\n").map(String.init) ?? []
        for expected in [
            "number \"abc\"", "x.csv:3: number \"nobody\"", "x.csv:4: number \"112\": an emergency number",
            "x.csv:5: number \"\": no digit", "x.csv:6: number \"09001234567\": a premium rate number",
            "x.csv:7: 3 fields for the 2 columns", "x.csv:8: a quote is opened here and never closed",
        ] {
            #expect(found.contains { $0.contains(expected) }, "nothing about \(expected) in \(found)")
        }
        #expect(found.count == 7)
    }

    @Test("of many bad lines the first twenty are told and the others counted")
    func many() throws {
        let error = #expect(throws: FaxError.self) { try list(String(repeating: "x\n", count: 1000)) }
        let found = error?.message.split(separator: "\n") ?? []
        #expect(found.count == 21)
        #expect(found.last == "and 980 more like these")
    }

    @Test("a table without a header row is told what is missing")
    func headless() throws {
        let error = #expect(throws: FaxError.self) { try list("030 1234567,Müller\n") }
        #expect(error?.message.contains("begins with a row like number,name") == true)
    }

    @Test("a header row with a column twice is refused")
    func columns() throws {
        let error = #expect(throws: FaxError.self) { try list("number,name,Name\n030 1234567,a,b\n") }
        #expect(error?.message.contains(":1: column \"name\" is there twice") == true)
    }

    @Test("a list that is not UTF-8, empty, or not there is refused")
    func unreadable() throws {
        let text = Data("number,name\n030 1234567,M\u{FC}ller\n".unicodeScalars.map { UInt8($0.value) })
        let latin = try scratch.write(text, to: "l")
        let bad = #expect(throws: FaxError.self) {
            try RecipientList(
                RecipientList.entries(numbers: [], lists: [latin]), policy: berlin, limit: nil)
        }
        #expect(bad?.message.hasSuffix("l:2: is not UTF-8; save the list as UTF-8 text") == true)
        #expect(throws: FaxError.self) { try list("# nobody\n\n") }
        #expect(throws: FaxError.self) { try list("number,name\n") }
        let missing = #expect(throws: FaxError.self) {
            try RecipientList(
                RecipientList.entries(numbers: [], lists: [scratch.path + "/none"]), policy: berlin, limit: nil)
        }
        #expect(missing?.code == .noInput)
    }

    @Test("more recipients than allowed are refused, counted after folding")
    func limit() throws {
        #expect(try list("030 1234567\n1234567\n089 12345\n", limit: 2).recipients.count == 2)
        let error = #expect(throws: FaxError.self) { try list("030 1234567\n1234568\n089 12345\n", limit: 2) }
        #expect(error?.message == "3 recipients: sending.numbers.max_recipients allows 2 at once")
    }

    @Test("a hostile value stays out", arguments: ["a\u{1B}[2J", "a\u{0}b", String(repeating: "n", count: 1001)])
    func hostile(value: String) throws {
        #expect(throws: FaxError.self) { try list("number,name\n030 1234567,\(value)\n") }
        #expect(throws: FaxError.self) { try list("number,note\n030 1234567,\(value)\n") }
    }
}
