import FaxModel
import Testing

@testable import SpoolFiles

@Suite("Values in call files")
struct CallFileValuesTests {
    static let hostile: [String] = [
        "\"quotes\"", "`id`", "$(id)", "a;b", "a #b", "#a", "a\nApplication: System", "a\r", "a\u{0}", "${SHELL(id)}",
        "../../etc/passwd", String(repeating: "9", count: 2000), "\u{FFFD}", "a\tb", "a\\", "Set: X=1", "é", "\u{85}",
        "",
    ]

    /// Reads one finished call file as Asterisk would and returns its values by key or variable.
    private func parsed(_ bytes: [UInt8]) -> [String: String]? {
        var entries: [String: String] = [:]
        for line in CallFileReader.lines(of: bytes) {
            guard case .entry(_, let key, let value) = line else { return nil }
            let parts = value.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
            let (name, text) = key == "Set" ? (parts[0], parts[1]) : (key, value)
            guard entries.updateValue(text, forKey: name) == nil else { return nil }
        }
        return entries
    }

    @Test("A hostile text is refused by its type or arrives as the one value that it is", arguments: hostile)
    func hostileText(text: String) throws {
        let template = try CallFileTemplate(path: CallFileFixture.shipped)
        let plain = try #require(parsed(template.render(CallFileFixture.values())))
        let fields: [(String, () throws -> CallFileValues)] = [
            ("Extension", { try CallFileFixture.values(number: text) }),
            ("CallerID", { try CallFileFixture.values(callerID: "\(text) <123>") }),
            ("FAXHEADER", { try CallFileFixture.values(header: text) }),
            ("FAXFILE", { try CallFileFixture.values(faxFile: text) }),
        ]
        for (name, make) in fields {
            guard let values = try? make() else { continue }
            let read = try #require(parsed(template.render(values)))
            #expect(Set(read.keys) == Set(plain.keys))
            let others = read.filter { $0.key != name && $0.key != "Channel" }
            #expect(others == plain.filter { $0.key != name && $0.key != "Channel" })
        }
    }

    @Test("Of these texts a header that spandsp draws carries the harmless ones and no other")
    func headers() throws {
        let carried = Self.hostile.filter { (try? PlainHeaderText(parsing: $0)) != nil }
        #expect(carried == ["\"quotes\"", "`id`", "$(id)", "a;b", "${SHELL(id)}", "../../etc/passwd", "Set: X=1", ""])
    }

    static let paths: [String] = [
        "", "/", "relative.tiff", "/a/../b", "/a/..", "/a b", "/a,b", "/a&b", "/a;b", "/a\n", "/ä", "/a/",
        "/" + String(repeating: "x", count: 255),
    ]

    @Test("A path that SendFAX would read otherwise is refused", arguments: paths)
    func badPaths(text: String) {
        #expect(throws: FaxError.self) { try FaxFilePath(parsing: text) }
    }

    @Test("A path of 255 bytes passes")
    func longPath() throws {
        #expect(try FaxFilePath(parsing: "/" + String(repeating: "x", count: 254)).text.utf8.count == 255)
    }

    static let trunks: [String] = [
        "", "a b", "a@b", "a/b", "a&b", "a,b", "ä", "a\n", String(repeating: "a", count: 41),
    ]

    @Test("A trunk's name that is no plain word is refused", arguments: trunks)
    func badTrunks(text: String) {
        #expect(throws: FaxError.self) { try TrunkName(parsing: text) }
    }

    @Test("Numbers out of their ranges are refused", arguments: 0..<5)
    func ranges(which: Int) throws {
        func make(_ bad: Int?) throws(FaxError) -> CallFileValues {
            let value = { (index: Int) in index == bad ? -1 : 1 }
            return try CallFileValues(
                attempt: AttemptID(parsing: "7-1-a"), number: FaxNumber(parsing: "1"), trunk: TrunkName(parsing: "t"),
                callerID: nil, faxFile: FaxFilePath(parsing: "/x"), stationID: StationID(parsing: "1"), header: nil,
                ecm: false, maxRate: .r14400, options: .audioOnly, waitTime: value(0), retries: value(1),
                retryTime: value(2), timeout: value(3), pageTotal: value(4))
        }
        #expect(throws: FaxError.self) { try make(which) }
        #expect(try make(nil).pageTotal == 1)
    }

    @Test("A line that grows over 1000 bytes is refused")
    func longLine() throws {
        let padding = String(repeating: "x", count: 960)
        let template = try CallFileFixture.template(CallFileFixture.minimal + ["Set: X=\(padding)${FAXFILE}"])
        let error = #expect(throws: FaxError.self) { try template.render(CallFileFixture.values()) }
        #expect(error?.message.contains("bytes") == true)
    }

    @Test("A value is never expanded a second time")
    func noSecondExpansion() throws {
        let template = try CallFileTemplate(path: CallFileFixture.shipped)
        let read = try #require(parsed(template.render(CallFileFixture.values(header: "${FAXSRC}"))))
        #expect(read["FAXHEADER"] == "${FAXSRC}")
    }

    /// What pbx_spool.c makes of a line.
    static let lines: [(text: String, value: String?)] = [
        ("Set: A=b", "A=b"), ("set:A=b", "A=b"), ("Set:   A=b \t\r", "A=b"), ("Set: A=b;c", "A=b"),
        ("Set: A=b\\;c", "A=b;c"), ("Set: A=b\\;\\;c\\;", "A=b;;c;"), ("Set: A=b\\;;c", "A=b;;c"),
        ("Set: A=b\\\\;c", "A=b\\;c"), ("Set: A=b#c", "A=b#c"), ("Set: A=b #c", "A=b"), ("Set: A=b\t#c", "A=b"),
        ("Set: A= b", "A= b"), ("Set: A=\u{0}b", "A="), (" Set: A=b", nil), ("Set : A=b", nil), ("Nope: x", nil),
        ("Set: A=" + String(repeating: "x", count: 1020), nil),
    ]

    @Test("Our reader takes a line as Asterisk does", arguments: lines)
    func reader(text: String, value: String?) {
        guard let line = CallFileReader.lines(of: Array(text.utf8)).first else {
            Issue.record("no line")
            return
        }
        switch line {
        case .entry(_, _, let read): #expect(read == value)
        case .ignored: #expect(value == nil)
        }
    }
}
