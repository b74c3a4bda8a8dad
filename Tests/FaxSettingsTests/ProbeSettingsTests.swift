import FaxModel
import FaxSettings
import Testing

@Suite struct ProbeSettingsTests {
    private func probes(_ text: String) throws -> [Probe] {
        let sending = "time_zone: Europe/Paris\nsending: {trunk: main, ecm: false, resolution: standard}\nprobes:\n"
        return try Settings.parse(sending + text, file: "c", hostName: "h").probes
    }

    @Test("what a probe doesn't say is as in the rest of the settings")
    func short() throws {
        let probe = try #require(try probes("  - {name: a, schedule: '*/30 * * * *', number: '+49 30 555'}").first)
        #expect(probe.zone == "Europe/Paris" && probe.number.digits == "+4930555" && probe.document == nil)
        #expect(probe.mode == CallMode(t38: true, ecm: false, rate: .r14400, resolution: .standard))
        #expect(probe.proof == .t30 && probe.alarmAfter == 2 && probe.within == 600 && probe.mail.isEmpty)
    }

    @Test("all keys are read")
    func whole() throws {
        let text = """
              - name: head-office
                schedule: "0 6-22 * * mon-fri"
                zone: America/New_York
                number: 5550269
                document: /etc/callfax/probe.pdf
                t38: false
                ecm: true
                max_rate: 9600
                resolution: fine
                trunk: main
                maildir: /var/mail/fax/
                within: 60
                max_damage: 100
                alarm_after: 3
                mail: [a@example.org, b@example.org]
              - name: second
                schedule: "5 0 * * *"
                number: 5550270
                imap: {host: mail.example.org, security: starttls, user: fax, password_file: /p, folder: Faxes}
            """
        let probes = try probes(text)
        #expect(probes.map(\.name.text) == ["head-office", "second"])
        #expect(probes[0].mode == CallMode(t38: false, ecm: true, rate: .r9600, resolution: .fine))
        #expect(probes[0].proof == .maildir("/var/mail/fax") && probes[0].trunk?.text == "main")
        #expect(probes[0].mail.map(\.text) == ["a@example.org", "b@example.org"])
        #expect(probes[0].within == 60 && probes[0].maxDamage == 100 && probes[0].alarmAfter == 3)
        #expect(
            probes[1].proof
                == .imap(
                    MailboxAddress(
                        host: "mail.example.org", port: 143, security: .starttls, user: "fax", passwordFile: "/p",
                        folder: "Faxes")))
    }

    @Test("every mistake is named with its line")
    func mistakes() throws {
        let text = """
              - {name: a b, schedule: "* * * *", number: none}
              - {schedule: "61 * * * *"}
              - {name: x, schedule: "* * * * *", number: "1", zone: Mars/Base, trunk: other, color: red}
              - {name: x, schedule: "0 0 31 feb *", number: "1", maildir: relative, alarm_after: 0}
              - {name: y, schedule: "* * * * *", number: "1", maildir: /m, imap: {host: "a b", security: some}}
              - {name: x, schedule: "* * * * *", number: "1"}
              - nothing
            """
        let error = #expect(throws: FaxError.self) { try probes(text) }
        let lines = error?.message.split(separator: "\n").map(String.init) ?? []
        for expected in [
            "c:4: probes[1].name", "c:4: probes[1].schedule: must have five fields", "c:4: probes[1].number",
            "c:5: probes[2].name: is missing", "c:5: probes[2].number: is missing", "c:5: probes[2].schedule: minute",
            "c:6: probes[3].zone", "c:6: probes[3].trunk", "c:6: probes[3].color", "c:7: probes[4].schedule",
            "c:7: probes[4].maildir", "c:7: probes[4].alarm_after", "c:8: probes[5].imap.host",
            "c:8: probes[5].imap.security", "c:8: probes[5].imap.user", "c:8: probes[5].imap: and maildir",
            "c:9: probes[6].name: \"x\" is the name of another", "c:10: probes[7]",
        ] {
            #expect(lines.contains { $0.hasPrefix(expected) }, "no line about \(expected) in \(lines)")
        }
    }
}
