import FaxModel
import Testing

@Suite struct ValueTests {
    @Test(
        "a number keeps its digits and loses what people put between them",
        arguments: [
            ("5550269", "5550269"), ("+49 (30) 12-34", "+49301234"), ("030/1234.5", "03012345"), ("*21#", "*21#"),
        ])
    func numbers(typed: String, kept: String) throws {
        #expect(try FaxNumber(parsing: typed).digits == kept)
    }

    static let hostile = [
        "", " ", "+", "1;2", "1,2", "1&2", "1\n2", "1\r2", "1\u{0}2", "${SHELL(id)}", "`id`", "$(id)", "../1", "1'2",
        "1\"2", "1+2", "٣٤", "12a", "#21#", "***", "+*", String(repeating: "1", count: 33), "1\u{FFFD}",
    ]

    @Test("what can't be dialled is refused in one line", arguments: hostile)
    func hostileNumbers(text: String) {
        let error = #expect(throws: FaxError.self) { try FaxNumber(parsing: text) }
        #expect(error?.code == .usage)
        #expect(error?.message.contains("\n") == false)
    }

    @Test(
        "a station id that T.30 or a call file can't carry is refused",
        arguments: [
            "", "   ", "a;b", "a#b", "a,b", "a\nb", "a\u{0}", "${X}", "a`b", "a\"b", "Füx", "123456789012345678901",
        ])
    func stationIDs(text: String) {
        #expect(throws: FaxError.self) { try StationID(parsing: text) }
    }

    @Test(
        "a caller id is read in all three forms",
        arguments: [
            ("\"Büro A\" <+4930123>", "Büro A", "+4930123"), ("Office <123>", "Office", "123"), ("123", "", "123"),
        ])
    func callerIDs(text: String, name: String, number: String) throws {
        let id = try CallerID(parsing: text)
        #expect(id.name == name)
        #expect(id.number.digits == number)
        #expect(try CallerID(parsing: id.description) == id)
    }

    @Test(
        "a caller id name with syntax in it is refused",
        arguments: [
            "a\"b <1>", "a;b <1>", "a#b <1>", "a\nb <1>", "${SHELL(x)} <1>", "`x` <1>", "a<b <1>", "x <>",
            String(repeating: "n", count: 80) + " <1>",
        ])
    func hostileCallerIDs(text: String) {
        #expect(throws: FaxError.self) { try CallerID(parsing: text) }
    }

    @Test(
        "a header that spandsp draws takes 50 printable characters",
        arguments: ["ä", "a\nb", "a#b", "a\\b", String(repeating: "x", count: 51)])
    func headers(text: String) {
        #expect(throws: FaxError.self) { try PlainHeaderText(parsing: text) }
    }

    @Test(
        "a header of our own takes 60 characters of any script, and nothing that would disturb a line",
        arguments: ["a\nb", "a\u{85}b", "a\u{202E}b", "a\u{2028}b", String(repeating: "Ж", count: 61)])
    func ownHeaders(text: String) throws {
        #expect(throws: FaxError.self) { try HeaderText(parsing: text) }
        for fine in [String(repeating: "Ж", count: 60), "Müller # & \\ Söhne", "漢字", ""] {
            #expect(try HeaderText(parsing: fine).text == fine)
        }
    }

    @Test("what spandsp can't draw is drawn by us; none stays none")
    func drawers() throws {
        let (plain, other) = (try HeaderText(parsing: "Ltd"), try HeaderText(parsing: "Łódź"))
        #expect(HeaderLine.spandsp.drawer(of: plain) == .spandsp && HeaderLine.spandsp.drawer(of: nil) == .spandsp)
        #expect(HeaderLine.spandsp.drawer(of: other) == .own)
        #expect(HeaderLine.own.drawer(of: plain) == .own && HeaderLine.none.drawer(of: other) == .none)
    }

    @Test("only rates that spandsp honours are taken, and the refusal lists them")
    func rates() throws {
        #expect(try SignallingRate(parsing: "9600") == .r9600)
        let error = #expect(throws: FaxError.self) { try SignallingRate(parsing: "12000") }
        #expect(error?.message.contains("14400, 9600, 4800") == true)
    }

    @Test(
        "a channel id is safe in a file name",
        arguments: ["", ".x", "a/b", "..", "a b", "a\u{0}", String(repeating: "1", count: 81)])
    func channelIDs(text: String) {
        #expect(ChannelID(text) == nil)
    }

    @Test(
        "a mail address is a plain mailbox",
        arguments: ["a", "a@", "@b", "a b@c", "a@b\nBcc: x@y", "a@b@c", "<a@b>", "a@b,c@d"])
    func addresses(text: String) {
        #expect(throws: FaxError.self) { try EmailAddress(parsing: text) }
    }

    @Test("attempt ids differ when the store was put back from a backup")
    func attemptIDs() {
        let first = AttemptID(job: 17, sequence: 1, random: 1)
        #expect(first.text == "17-1-00000001")
        #expect(AttemptID(first.text) == first)
        #expect(first != AttemptID(job: 17, sequence: 1, random: 2))
        for bad in ["", "a/b", "A-1-1", "1-1-1.json", ".1-1"] { #expect(AttemptID(bad) == nil) }
    }
}
