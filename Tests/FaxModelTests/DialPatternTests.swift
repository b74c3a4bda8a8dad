import FaxModel
import Testing

@Suite struct DialPatternTests {
    @Test(
        "a pattern means what it means to Asterisk",
        arguments: [
            ("_0X.", "030", true), ("_0X.", "0", false), ("_0X.", "01", false), ("_0X!", "01", true),
            ("_0!", "0", true), ("_.", "1", true), ("_!", "+1", true), ("_X.", "+49", false),
            ("_NXXNXXXXXX", "2125551234", true), ("_NXXNXXXXXX", "1125551234", false),
            ("_NXXNXXXXXX", "21255512345", false), ("_nxx-nxx-xxxx", "2125551234", true),
            ("_Z", "0", false), ("_Z", "1", true), ("_[2-9]1", "21", true), ("_[2-9]1", "11", false),
            ("_[13-57]", "4", true), ("_[13-57]", "2", false), ("_[13-57]", "7", true), ("_[*#]1", "*1", true),
            ("_+49X.", "+4930", true), ("_+49X.", "4930", false), ("_*21*X.#", "", false), ("112", "112", true),
            ("112", "1120", false), ("030 / 123", "030123", true), ("_*21X", "*215", true),
        ].filter { !$0.1.isEmpty })
    func matching(text: String, number: String, fits: Bool) throws {
        #expect(try DialPattern(parsing: text).matches(FaxNumber(parsing: number)) == fits)
    }

    @Test(
        "a pattern that can't be meant is refused in one line",
        arguments: [
            "", "_", "0X.", "NXX", "_0.X", "_0!!", "_[", "_[]", "_[9-2]", "_[2-]", "_[a]", "_0y", "_0 ;", "_٣", "[12]",
            "_\n1", "_" + String(repeating: "X", count: 34),
        ])
    func refused(text: String) {
        let error = #expect(throws: FaxError.self) { try DialPattern(parsing: text) }
        #expect(error?.message.contains("\n") == false)
    }

    @Test("the more of a number a pattern names, the fewer digits it leaves open, in every notation")
    func openDigits() throws {
        func open(_ pattern: String, _ number: String) throws -> Int? {
            try DialPattern(parsing: pattern).openDigits(of: FaxNumber(parsing: number))
        }
        #expect(try open("_0900X.", "0900123456") == 6)
        #expect(try open("_+49900!", "+49900123456") == 6)
        #expect(try open("_+49X.", "+49900123456") == 9)
        #expect(try open("_.", "112") == 3)
        #expect(try open("112", "112") == 0)
        #expect(try open("113", "112") == nil)
    }
}
