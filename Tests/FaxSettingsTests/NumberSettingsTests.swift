import FaxModel
import FaxSettings
import Testing

@Suite struct NumberSettingsTests {
    @Test("what makes no sense about numbers is named with its line")
    func problems() throws {
        let error = #expect(throws: FaxError.self) {
            try Settings.parse(
                """
                sending:
                  numbers:
                    area: 30
                    rules:
                      - {strip: 1}
                      - {match: "_0.X"}
                      - {match: "_0X.", refuse: yes, prefix: "1"}
                      - {match: "_0X.", prefix: "w"}
                      - {match: "_0X.", to: "1"}
                    forbid: ["0X."]
                    do_not_fax: list
                    max_recipients: 0
                """, file: "c", hostName: "h")
        }
        let lines = error?.message.split(separator: "\n").map(String.init) ?? []
        for expected in [
            "c:3: sending.numbers.country: is missing", "c:5: sending.numbers.rules[1].match: is missing",
            "c:6: sending.numbers.rules[2].match: pattern", "c:7: sending.numbers.rules[3].refuse: excludes",
            "c:8: sending.numbers.rules[4].match: number", "c:9: sending.numbers.rules[5].to: is not a key",
            "c:10: sending.numbers.forbid: pattern", "c:11: sending.numbers.do_not_fax",
            "c:12: sending.numbers.max_recip",
        ] {
            #expect(lines.contains { $0.hasPrefix(expected) }, "no line about \(expected) in \(lines)")
        }
        #expect(lines.count == 9)
    }

    @Test("a prefix or an area code that can't be is named where it stands")
    func plan() {
        let text = "sending:\n numbers:\n  country: 49\n  area: 030\n  international_prefix: x\n  trunk_prefix: y\n"
        let error = #expect(throws: FaxError.self) { try Settings.parse(text, file: "c", hostName: "h") }
        let lines = error?.message.split(separator: "\n").map(String.init) ?? []
        #expect(lines.count == 3)
        for (line, key) in zip(
            lines, ["c:4: sending.numbers.area", "c:5: sending.numbers.int", "c:6: sending.numbers.tr"])
        {
            #expect(line.hasPrefix(key))
        }
    }

    @Test("an empty numbers section is one: premium rates are refused with it")
    func empty() throws {
        #expect(try Settings.parse("sending: {numbers: {}}", file: "c", hostName: "h").sending.numbers != nil)
        #expect(try Settings.parse("sending: {lines: 1}", file: "c", hostName: "h").sending.numbers == nil)
    }
}
