import FaxModel
import Testing

@Suite struct ProbeMarkTests {
    @Test("a mark makes a station id of 20 characters", arguments: [0, 7, 99_999_999_999_999, UInt64.max])
    func station(random: UInt64) throws {
        let mark = ProbeMark(random: random)
        #expect(try StationID(parsing: mark.station).text.count == 20)
        #expect(try ProbeMark(parsing: mark.digits) == mark)
    }

    @Test(
        "it is known again whatever machines on the way do to letters and blanks",
        arguments: [
            "PROBE 00000000000042", "PROBE00000000000042", "00000000000042", "  probe 00000000000042 ",
            "+0000 0000 0000 42", "?????\u{FFFD}00000000000042",
        ])
    func known(text: String) { #expect(ProbeMark(random: 42).isIn(text)) }

    @Test(
        "nothing else is taken for it",
        arguments: ["", "PROBE", "PROBE 00000000000041", "+49 30 5550100", "0000000042"])
    func other(text: String) { #expect(!ProbeMark(random: 42).isIn(text)) }

    @Test("only 14 digits are a mark", arguments: ["", "1", "123456789012345", "1234567890123a", "١٢٣٤٥٦٧"])
    func refused(text: String) { #expect(throws: FaxError.self) { try ProbeMark(parsing: text) } }
}
