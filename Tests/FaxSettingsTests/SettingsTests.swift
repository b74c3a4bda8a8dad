import FaxModel
import FaxSettings
import Foundation
import Testing

@Suite struct SettingsTests {
    private func parse(_ text: String) throws(FaxError) -> Settings {
        try Settings.parse(text, file: "callfax.yaml", hostName: "fax1")
    }

    @Test("an empty file is all defaults")
    func empty() throws {
        let settings = try parse("")
        #expect(settings.spool == "/var/spool/callfax")
        #expect(settings.host == "fax1")
        #expect(settings.asterisk.staging == "/var/spool/asterisk/callfax-staged")
        #expect(settings.sending.trunks.isEmpty)
        #expect(settings.sending.retry == RetryPolicy())
        #expect(settings.mail.relays.isEmpty)
    }

    @Test("every key is read")
    func everyKey() throws {
        let settings = try parse(
            """
            spool: /srv/fax/
            host: fax.example.org
            time_zone: Europe/Berlin
            asterisk: {outgoing: /a/outgoing, outgoing_done: /a/done, staging: /a/staged, control: /c/asterisk.ctl, log: /c/full}
            sending:
              trunk: sip-trunk
              station_id: "+49 30 1234"
              caller_id: '"Büro" <+49301234>'
              header: Żółć Софія
              header_line: own
              cover: /c/cover.svg
              templates: /t
              template: other
              lines: 2
              resolution: superfine
              page_size: legal
              max_rate: 9600
              ecm: off
              t38: no
              wait_time: 45
              asterisk_retries: 1
              asterisk_retry_time: 5
              max_pages: 10
              numbers:
                country: 44
                area: 20
                international_prefix: "000"
                trunk_prefix: "9"
                rules: [{match: _0X., strip: 1, prefix: "+44"}, {match: "_+1X.", refuse: true}]
                forbid: _09X.
                allow: [_0900X., 112]
                do_not_fax: /d
                max_recipients: 5
              faxes_in_a_call: 1
              retry:
                dials: 2
                tries: 4
                same_page: 5
                last_page: stop
                deadline: 400
                cooldown: 6
                memory: 7
                causes:
                  dial.busy: {delay: 1, growth: 1.5, longest: 9, limit: 3, hold_number: false}
                  dial.rejected: {retry: true, delay: 8, other_trunk: true}
                  handshake.train: {change: [slower, other-ecm]}
                  page.dropped: {retry: false}
            receiving:
              operator: op@example.org
              recipients: [a@example.org, b@example.org]
              routes:
                - {number: "5550269", to: c@example.org}
              max_call: 600
            mail:
              from: fax@example.org
              from_name: Fax
              smtp: {host: mail, security: tls, user: u, password_file: /p, ca_file: /c}
            """)
        #expect(settings.spool == "/srv/fax" && settings.asterisk.log == "/c/full")
        #expect(settings.sending.callerID?.name == "Büro")
        #expect(settings.sending.header?.text == "Żółć Софія" && settings.sending.headerLine == .own)
        #expect(settings.sending.cover == "/c/cover.svg")
        #expect(settings.sending.rate == .r9600)
        #expect(!settings.sending.ecm && !settings.sending.t38)
        #expect(try settings.sending.trunks == [TrunkLines(TrunkName(parsing: "sip-trunk"), lines: 2)])
        #expect(settings.sending.faxesInACall == 1)
        #expect(
            settings.sending.retry
                == RetryPolicy(
                    steps: [
                        .dialBusy: RetryStep(delay: 1, growth: 1.5, longest: 9, limit: 3),
                        .dialRejected: RetryStep(delay: 8, otherTrunk: true),
                        .handshakeTrain: RetryStep(delay: 60, change: [.slower, .otherECM]),
                        .pageDropped: .stop,
                    ], dials: 2, tries: 4, samePage: 5, lastPage: .stop, deadline: 400, cooldown: 6, memory: 7))
        let numbers = try #require(settings.sending.numbers)
        #expect(
            try numbers.plan
                == NumberingPlan(country: "44", area: "20", internationalPrefix: "000", trunkPrefix: "9"))
        #expect(numbers.rules.map(\.action) == [.rewrite(strip: 1, prefix: "+44"), .refuse])
        #expect(numbers.forbid.map(\.description) == ["_09X."])
        #expect(numbers.allow.map(\.description) == ["_0900X.", "112"])
        #expect(numbers.doNotFax == "/d" && numbers.maxRecipients == 5)
        #expect(settings.receiving.routes.first?.handling.recipients.map(\.text) == ["c@example.org"])
        #expect(settings.mail.relays.first?.port == 465)
    }

    @Test("every problem is named at once, with its line")
    func problems() throws {
        let error = #expect(throws: FaxError.self) {
            try parse(
                """
                spoool: /x
                time_zone: Mars/Base
                sending:
                  lines: many
                  station_id: "a;b"
                  trunk: [a]
                receiving:
                  operator: nobody
                  routes:
                    - {to: []}
                mail:
                  smtp: {port: 99999}
                """)
        }
        #expect(error?.code == .configuration)
        let lines = error?.message.split(separator: "\n").map(String.init) ?? []
        for expected in [
            "callfax.yaml:1: spoool: is not a key", "callfax.yaml:2: time_zone", "callfax.yaml:4: sending.lines",
            "callfax.yaml:5: sending.station_id", "callfax.yaml:6: sending.trunk", "callfax.yaml:8: receiving.operator",
            "callfax.yaml:10: receiving.routes[1].number: is missing", "callfax.yaml:10: receiving.routes[1].to",
            "mail.smtp.port", "mail.smtp.host: is missing",
        ] {
            #expect(lines.contains { $0.contains(expected) }, "no line about \(expected) in \(lines)")
        }
        #expect(lines.count == 10)
    }

    @Test("who is to fetch faxes needs the place to fetch them from")
    func linkless() throws {
        let text = "receiving:\n  operator: op@example.org\n  routes: [{number: '1', to: a@example.org, send: link}]\n"
        let error = #expect(throws: FaxError.self) { try parse(text) }
        #expect(error?.message.contains("receiving.link: is missing") == true, "\(error?.message ?? "")")
        #expect(try parse(text + "  link: https://fax.example.org/a").receiving.linkBase != nil)
    }

    @Test(
        "where spandsp draws the header line, the name keeps to its limits",
        arguments: ["Żółć", String(repeating: "x", count: 51), "a \\ b"])
    func plainHeader(name: String) throws {
        func text(_ line: String) -> String { "sending: {header_line: \(line), header: '\(name)'}" }
        #expect(try parse(text("own")).sending.header?.text == name)
        let error = #expect(throws: FaxError.self) { try parse(text("spandsp")) }
        #expect(error?.message.contains("callfax.yaml:1: sending.header: ") == true)
        #expect(try parse("sending: {header_line: spandsp, header: Example Ltd}").sending.headerLine == .spandsp)
    }

    @Test("what is not YAML, or not a mapping, is one line", arguments: ["a: [", "- a", "\t x: 1", "spool: &a *b"])
    func broken(text: String) {
        let error = #expect(throws: FaxError.self) { try parse(text) }
        #expect(error?.message.split(separator: "\n").count == 1)
    }

    @Test("the file that is installed is all defaults, and every example in it can be used")
    func installed() throws {
        let path = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
            .appendingPathComponent("../../Sources/FaxSettings/callfax.yaml").path
        let text = try String(contentsOfFile: path, encoding: .utf8)
        #expect(try parse(text) == parse(""))
        let all = text.split(separator: "\n", omittingEmptySubsequences: false)
            .map { $0.replacing(/^( *)#(?! [^ ])/, with: { $0.output.1 }) }.joined(separator: "\n")
        let settings = try parse(all)
        #expect(settings.sending.trunks.map(\.name.text) == ["sip-trunk"])
        // What the comments give as examples of the table is the table.
        for (cause, step) in settings.sending.retry.steps where cause != .dialRejected {
            #expect(step == .usual(cause))
        }
        #expect(settings.receiving.routes.count == 5)
        #expect(settings.mail.relays.first?.user == "fax")
    }
}
