import FaxModel
import SpoolFiles
import Testing

@Suite("Call file templates")
struct CallFileTemplateTests {
    @Test("The template that is installed passes its checks and says all that the dialplan needs")
    func shipped() throws {
        let template = try CallFileTemplate(path: CallFileFixture.shipped)
        let text = String(decoding: try template.render(CallFileFixture.values()), as: UTF8.self)
        #expect(
            text == """
                Channel: PJSIP/+4930123456@trunk-1
                CallerID: "Müller & Söhne" <+4930999>
                WaitTime: 45
                MaxRetries: 0
                RetryTime: 86400
                Context: fax-outbound
                Extension: +4930123456
                Priority: 1
                Archive: Yes
                AlwaysDelete: Yes
                Set: FAXATTEMPT=7-1-0a0b0c0d
                Set: FAXFILE=/var/spool/callfax/attempts/7-1-0a0b0c0d.tiff
                Set: FAXSTATION=+49 30 999
                Set: FAXHEADER=Acme\\; Ltd.
                Set: FAXHEADERBY=spandsp
                Set: FAXECM=yes
                Set: FAXMAXRATE=9600
                Set: FAXMINRATE=2400
                Set: FAXMODEM=v27,v29
                Set: FAXOPTIONS=fz
                Set: FAXTIMEOUT=900
                Set: FAXPAGETOTAL=3
                Set: CHANNEL(hangup_handler_push)=fax-outbound-result,s,1

                """)
    }

    @Test("The shortest template passes; without caller id and header their places stay empty")
    func minimal() throws {
        let template = try CallFileFixture.template(
            CallFileFixture.minimal + ["Set: H=${FAXHEADER}", "", "# c", " ; c"])
        let text = String(
            decoding: try template.render(CallFileFixture.values(callerID: nil, header: nil)), as: UTF8.self)
        #expect(!text.contains("CallerID"))
        #expect(text.hasSuffix("Set: H=\n"))
    }

    @Test("A template with CRLF line ends is read like any other")
    func carriageReturns() throws {
        let text = CallFileFixture.minimal.joined(separator: "\r\n")
        let bytes = try CallFileTemplate(text: text, name: "t.call").render(CallFileFixture.values())
        #expect(!bytes.contains(13))
    }

    /// A line that is added to the shortest template, and a word of the refusal.
    static let refused: [(line: String, says: String)] = [
        ("Set: X=${NOPE}", "unknown variable \"NOPE\""), ("Set: X=${SHELL(id)}", "unknown variable"),
        ("Set: X=${${FAXSRC}}", "unknown variable"), ("Set: X=${FAXSRC", "without '}'"),
        ("Set: X=${faxsrc}", "unknown"),
        ("Foo: bar", "unknown key"), ("EarlyMedia: yes", "unknown key"), ("nonsense", "no ':'"),
        (" Set: X=1", "first column"), ("\tSet: X=1", "first column"), ("Set : X=1", "blank before ':'"),
        ("Set: X", "no '='"), ("Set: =1", "variable's name"), ("Set: X =1", "variable's name"),
        ("Set: ${FAXSRC}=1", "variable's name"), ("Set: X=a #b", "'#' after a blank"), ("Set: X=a;b", "';' cuts"),
        ("Set: X=a\u{1}b", "control character 1"), ("Set: X=" + String(repeating: "x", count: 1000), "1000 bytes"),
        ("Application: System", "bypasses"), ("Data: rm -rf /", "bypasses"), ("application: System", "bypasses"),
        ("AlwaysDelete: no", "must be Yes"), ("Priority: 2", "Priority must be 1"), ("Priority: start", "must be 1"),
        ("StartRetry: 1 1 (1)", "own note"), ("Retry: 1", "own note"), ("Archive: Yes", "a second time"),
        ("Set: FAXFILE=${FAXFILE}", "a second time"), ("Set: FAXGATE=go-1", "belongs to the dialplan"),
        ("Set: FAXSPOOL=/tmp", "belongs to the dialplan"), ("Set: FAXAGI=/bin/sh", "belongs to the dialplan"),
        ("Account:", "is empty"),
    ]

    @Test(
        "A line that Asterisk would ignore, or that would bypass the gate, is refused with its place",
        arguments: refused)
    func refusals(line: String, says: String) throws {
        let error = #expect(throws: FaxError.self) { try CallFileFixture.template(CallFileFixture.minimal + [line]) }
        #expect(error?.code == .configuration)
        #expect(error?.message.hasPrefix("t.call:\(CallFileFixture.minimal.count + 1): ") == true)
        #expect(error?.message.contains(says) == true)
    }

    @Test("A template without a line that must stay is refused", arguments: CallFileFixture.minimal.indices)
    func missing(index: Int) throws {
        var lines = CallFileFixture.minimal
        let removed = lines.remove(at: index)
        let error = #expect(throws: FaxError.self) { try CallFileFixture.template(lines) }
        let key = try #require(removed.split(separator: ":").first)
        #expect(error?.message.contains("t.call:") == true)
        #expect(error?.message.contains("no ") == true && error?.message.contains(key) == true)
    }

    /// A line of the shortest template replaced by another with the same key.
    static let changed: [(line: String, says: String)] = [
        ("Archive: no", "Archive must be Yes"), ("Archive:", "Archive must be Yes"),
        ("Channel: PJSIP", "must look like"),
        ("Channel: ${FAXNUMBER}", "must look like"), ("Channel: PJSIP/", "must look like"),
        ("Context: ${FAXNUMBER}", "Context must be"), ("Context:", "Context must be"), ("Extension:", "is empty"),
        ("RetryTime: 0", "whole number"), ("RetryTime: soon", "whole number"), ("RetryTime: ${FAXSRC}", "whole number"),
        ("MaxRetries: -1", "whole number"), ("WaitTime: 99999999999", "whole number"), ("CallerID:", "is empty"),
        ("Set: FAXATTEMPT=1", "must be 'Set: FAXATTEMPT="), ("Set: FAXATTEMPT= ${FAXATTEMPT}", "must be"),
        ("Set: FAXFILE=/tmp/x.tiff", "must be 'Set: FAXFILE="),
        ("Set: CHANNEL(hangup_handler_push)=", "must be 'Set: CHANNEL"),
        ("Set: CHANNEL(hangup_handler_push)=a,b", "must be"),
        ("Set: CHANNEL(hangup_handler_push)=${FAXSRC},s,1", "must be"),
    ]

    @Test("A line that must stay is refused when it says something else", arguments: changed)
    func changes(line: String, says: String) throws {
        let key = line.split(separator: "=")[0].split(separator: " ")[line.hasPrefix("Set:") ? 1 : 0]
        let lines = CallFileFixture.minimal.map { $0.contains(key) && $0.hasPrefix(line.prefix(3)) ? line : $0 }
        #expect(lines.contains(line))
        let error = #expect(throws: FaxError.self) { try CallFileFixture.template(lines) }
        #expect(error?.message.contains(says) == true)
    }

    @Test("All problems are named at once, in order")
    func allProblems() throws {
        let error = #expect(throws: FaxError.self) {
            try CallFileFixture.template(["Nope: 1"] + CallFileFixture.minimal.dropLast() + ["Data: x"])
        }
        let lines = try #require(error).message.split(separator: "\n")
        #expect(lines.count == 3)
        #expect(lines.first?.hasPrefix("t.call:1: ") == true)
    }

    @Test("A template that is missing or not UTF-8 is one line")
    func unreadable() throws {
        let spool = try TemporarySpool()
        #expect(throws: FaxError.self) { try CallFileTemplate(path: spool.directory + "/none.call") }
        try DurableFile.publish([0xFF, 0xFE], at: spool.directory + "/bad.call")
        let error = #expect(throws: FaxError.self) { try CallFileTemplate(path: spool.directory + "/bad.call") }
        #expect(error?.message.contains("UTF-8") == true)
    }
}
