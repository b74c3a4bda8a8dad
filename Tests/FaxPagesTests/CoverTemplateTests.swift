import FaxModel
import Testing

@testable import FaxPages

@Suite("A cover page template is an SVG file whose texts are filled in")
struct CoverTemplateTests {
    private func template(_ body: String) throws(FaxError) -> CoverTemplate {
        try CoverTemplate(parsing: "<svg xmlns=\"http://www.w3.org/2000/svg\">\n\(body)\n</svg>\n", name: "t.svg")
    }

    /// What a body becomes, without the lines around it.
    private func filled(_ body: String, _ fields: CoverFields = CoverFields(date: "", pages: 1)) throws -> String {
        let lines = try template(body).filled(with: fields).split(separator: "\n")
        return lines.dropFirst().dropLast().joined(separator: "\n")
    }

    private func column(_ text: String) -> CoverFields {
        CoverFields(date: "", pages: 1, columns: ["customer no": text])
    }

    @Test("Every placeholder says what it should, and one of a column that the list hasn't is empty")
    func allFields() throws {
        let fields = CoverFields(
            toName: try RecipientName(parsing: "Łódź & Co"), toNumber: try FaxNumber(parsing: "+49 30 1"),
            fromName: try CoverLine(parsing: "Büro"), fromNumber: try StationID(parsing: "+49 30 2"),
            regarding: try CoverLine(parsing: "Angebot"), comments: try CoverComments(parsing: "one\ntwo"),
            date: "2026-11-24", pages: 7, columns: ["company": "Щука", "customer no": "K 17"])
        let body = """
            <text>${to.name}|${to.company}|${to.number}|${from.name}|${from.number}|${regarding}|${comments}|\
            ${date}|${pages}|${field.Customer  No}|${field.colour}|</text>
            """
        #expect(
            try filled(body, fields)
                == "<text>Łódź &amp; Co|Щука|+49301|Büro|+49 30 2|Angebot|one two|2026-11-24|7|K 17||</text>")
        #expect(try template(body).placeholders.count == 11)
        let empty = try filled("<text>[${to.name}${to.company}${from.number}${comments}]</text>")
        #expect(empty == "<text>[]</text>")
    }

    @Test(
        "All that is no placeholder in a text stays byte by byte",
        arguments: [
            "<text>5 $ or $5 or $ {x} or &#36;{x} or $$</text>", "<!-- ${anything} <b> url(x) --><g/>",
            "<g inkscape:label=\"${whatever}\"/>", "<text\n x='1'\ty = \"2\">ä</text >",
            "<a href=\"https://x.example/\"/>",
            "<style>text { fill: url(#g) } /* > */</style>", "<g><![CDATA[ a < b ]]></g>",
            "<image xlink:href=\"data:image/png;base64,AAAA\"/><use href=\"#g\" style=\"fill:url('#a')\"/>",
        ])
    func untouched(body: String) throws {
        #expect(try filled(body) == body)
    }

    @Test(
        "A value can't become markup, an entity, or a placeholder once more",
        arguments: [
            ("</text><image xlink:href=\"file:///etc/passwd\"/>", "&lt;/text&gt;&lt;image xlink:href=&quot;"),
            ("&amp; &lt; ' ]]> <!-- -->", "&amp;amp; &amp;lt; &apos; ]]&gt; &lt;!-- --&gt;"),
            ("${to.name}", "${to.name}"),
            ("a\u{0}b\u{1B}[31mc\u{7F}\u{9B}d\u{FFFE}\u{FFFF}e", "ab[31mcde"), ("a\tb\r\nc\nd", "a b c d"),
            ("x\u{202E}gpj.exe\u{202C}\u{2066}y\u{2069}", "xgpj.exey"),
            ("\u{200F}שלום\u{200E}", "\u{200F}שלום\u{200E}"),
        ])
    func hostileValues(value: String, shown: String) throws {
        let text = try filled("<text>${field.customer no}</text>", column(value))
        #expect(text.hasPrefix("<text>\(shown)"))
        let markup = text.dropFirst("<text>".count).dropLast("</text>".count)
        #expect(!markup.contains("<") && !markup.contains(">"))
    }

    @Test(
        "What can't be a template is one line with the file, the line number and what to do",
        arguments: [
            (
                "<g/>\n<text>a\n ${to.nmae}</text>",
                "t.svg:4: ${to.nmae} is not known; there are ${to.name}, ${to.company}"
            ),
            ("<text>${}</text>", "t.svg:2: ${} is not known"),
            ("<text>${field. }</text>", "t.svg:2: ${field. } is not"),
            ("<text>${field.a\u{1B}[0m\n}</text>x", "${field.COLUMN}"),
            ("<text>${to.<tspan>name}</tspan></text>", "t.svg:2: ${ is not closed by a }"),
            ("<text fill=\"${field.a}\"/>", "t.svg:2: ${ stands in the attribute \"fill\""),
            ("<style>${date}</style>", "t.svg:2: ${ stands in <style>"),
            ("<text><![CDATA[\n${date}]]></text>", "t.svg:3: ${ stands in CDATA"),
            ("<!DOCTYPE svg>", "t.svg:2: has a DOCTYPE or an ENTITY; take it out"),
            ("<!ENTITY x SYSTEM \"file:///etc/passwd\">", "t.svg:2: has a DOCTYPE or an ENTITY"),
            ("<image xlink:href=\"file:///etc/passwd\"/>", "t.svg:2: takes \"file:///etc/passwd\" from outside"),
            ("\n<image href=\"logo.png\"/>", "t.svg:3: takes \"logo.png\" from outside"),
            ("<xi:include parse=\"text\" href=\"/etc/passwd\"/>", "takes \"/etc/passwd\" from outside"),
            ("<image href=\"&#102;ile:///x\"/>", "from outside"),
            ("<g style=\"fill: URL( 'a.svg#b')\"/>", "\"a.svg#b'\""),
            ("<style>@IMPORT 'x.css';</style>", "takes \"@import\" from outside"),
            ("<style><![CDATA[ a { b: url(http://x/) } ]]></style>", "takes \"http://x/\""),
            ("<?xml-stylesheet href=\"x.css\"?>", "takes \"a stylesheet\" from outside"),
            ("<text data-wrap=\"many\">${comments}</text>", "t.svg:2: data-wrap=\"many\": must be a whole number"),
            ("<text data-lines=\"0\">${comments}</text>", "data-lines=\"0\": must be a whole number from 1 to 500"),
            ("<text x=\"'/>\">${comments}</text>", "t.svg:2: x="),
            ("<text>", "t.svg:3: </svg> closes what is not open"),
            ("a < b", "t.svg:2: has a \"<\" that begins no tag"),
            ("<text x=1/>", "t.svg:2: the tag <text has an attribute without quotes"),
            ("<text x=\"1/>", "the tag <text is not closed"), ("<text x", "t.svg:3: the tag <text is not well-formed"),
            ("\n<!-- ", "t.svg:3: the comment is not closed"),
        ].map { $0 })
    func refused(body: String, line: String) throws {
        let error = #expect(throws: FaxError.self) { try template(body) }
        #expect(error?.code == .configuration)
        #expect(error?.message.contains(line) == true, "\(error?.message ?? "")")
        #expect(error?.message.unicodeScalars.contains(where: \.isControl) == false)
    }

    @Test(
        "Another file than an SVG is refused",
        arguments: [
            "", "Dear Sir", "<html></html>", "<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?><svg></svg>",
            "<!DOCTYPE svg PUBLIC \"-//W3C//DTD SVG 1.1//EN\" \"x\"><svg/>",
        ])
    func noSVG(text: String) {
        let error = #expect(throws: FaxError.self) { try CoverTemplate(parsing: text, name: "t.svg") }
        #expect(error?.message.hasPrefix("t.svg:1: ") == true)
        let open = #expect(throws: FaxError.self) { try CoverTemplate(parsing: "<svg><g/>", name: "t.svg") }
        #expect(open?.message == "t.svg: <svg> is not closed")
    }

    @Test("A file that isn't UTF-8, isn't there, is too large or is none has a line of its own")
    func files() throws {
        try withPlainScratch { scratch in
            let path = scratch + "/t.svg"
            try write(Array("\u{FEFF}<svg/>".utf8), to: path)
            #expect(try CoverTemplate(reading: path).placeholders.isEmpty)
            try write(Array("<svg>\n".utf8) + [0xFC] + Array("</svg>".utf8), to: path)
            let coding = #expect(throws: FaxError.self) { try CoverTemplate(reading: path) }
            #expect(coding?.message == "\(path):2: is not UTF-8; save the template as UTF-8")
            try write([UInt8](repeating: 0x20, count: 4 << 20 | 1), to: path)
            let large = #expect(throws: FaxError.self) { try CoverTemplate(reading: path) }
            #expect(large?.message.contains("a cover page has 4 MB at most") == true)
            let missing = #expect(throws: FaxError.self) { try CoverTemplate(reading: scratch + "/none.svg") }
            #expect(missing?.code == .noInput)
            let directory = #expect(throws: FaxError.self) { try CoverTemplate(reading: scratch) }
            #expect(directory?.message.contains("is not a regular file") == true)
        }
    }

    @Test("A text that is only a placeholder of several lines becomes lines; a tspan of a drawing program does too")
    func blocks() throws {
        let fields = CoverFields(
            regarding: try CoverLine(parsing: "one two three"),
            comments: try CoverComments(parsing: "one two\n\nthree & four five"), date: "", pages: 1)
        #expect(
            try filled("<text x=\"20 21,22\" data-wrap=\"12\"> ${comments}\n </text>", fields)
                == "<text x=\"20 21,22\" data-wrap=\"12\"><tspan x=\"20\" dy=\"0.0em\">one two</tspan>"
                + "<tspan x=\"20\" dy=\"2.6em\">three &amp; four</tspan><tspan x=\"20\" dy=\"1.3em\">five</tspan></text>"
        )
        #expect(
            try filled("<text data-wrap=\"80\"><tspan x=\"7\" y=\"9\">${comments}</tspan></text>", fields)
                .hasPrefix("<text data-wrap=\"80\"><tspan x=\"7\" y=\"9\"><tspan x=\"7\" dy=\"0.0em\">one two</tspan>"))
        #expect(
            try filled("<text data-wrap=\"7\" data-lines=\"1\">${regarding}</text>", fields)
                == "<text data-wrap=\"7\" data-lines=\"1\"><tspan x=\"0\" dy=\"0.0em\">one tw…</tspan></text>")
        #expect(try filled("<text>${regarding}</text>", fields) == "<text>one two three</text>")
    }

    @Test(
        "Lines are broken at blanks, long words anywhere, and what is too much is cut",
        arguments: [
            ("", []), ("a", ["a"]), ("aaa bbb", ["aaa", "bbb"]), ("a b c d", ["a b c", "d"]),
            ("  a   b  ", ["a b"]), ("a\n\nb\n\n", ["a", "", "b"]), ("\na", ["", "a"]),
            ("abcdefghijk", ["abcde", "fghij", "k"]), ("ab cdefgh i", ["ab", "cdefg", "h i"]),
            ("a b c d e f g h i j k l", ["a b c", "d e f", "g h…"]), ("a\nb\nc\nd", ["a", "b", "c…"]),
            ("漢字漢字", ["漢字", "漢字"]), ("e\u{301}e\u{301}e\u{301}e\u{301}e\u{301}", ["ééééé"]),
            (String(repeating: "W", count: 10_000), ["WWWWW", "WWWWW", "WWWW…"]),
            (String(repeating: "a ", count: 10_000), ["a a a", "a a a", "a a…"]),
        ])
    func wrapping(text: String, lines: [String]) {
        #expect(CoverBlock(x: "0", columns: 5, lines: 3).wrapped(text) == lines)
    }

    @Test("Words of the command line are bounded, and control characters in them refused")
    func words() throws {
        #expect(try CoverLine(parsing: "Ωμέγα").text == "Ωμέγα")
        #expect(try CoverComments(parsing: "a\r\n\tb").text == "a\r\n\tb")
        for text in ["", "a\nb", "\u{1B}", String(repeating: "x", count: 241)] {
            #expect(throws: FaxError.self) { try CoverLine(parsing: text) }
        }
        for text in ["\u{7}", String(repeating: "x", count: 20_001)] {
            #expect(throws: FaxError.self) { try CoverComments(parsing: text) }
        }
    }
}
