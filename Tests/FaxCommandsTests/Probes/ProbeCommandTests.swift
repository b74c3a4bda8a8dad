import Testing

/// `fax-probe` and `fax-check` as programs.
@Suite struct ProbeCommandTests {
    private static let probes = """

        probes:
          - {name: a, schedule: "0 5 * * *", number: "5550101"}
          - {name: b, schedule: "*/5 * * * *", number: "112", document: /none.pdf, maildir: /none}
        """

    @Test("the list tells what stands in the settings, and when each is due")
    func list() throws {
        try withQueue(sending: Self.probes) { site in
            let table = try site.run("fax-probe", ["list"])
            #expect(table.code == 0 && table.lines.count == 3, "\(table.err)")
            #expect(table.lines[1].contains("0 5 * * *") && table.lines[1].contains("T05:00:00+0"))
            let json = try site.run("fax-probe", ["list", "--json"])
            #expect(json.lines.count == 2 && json.lines[1].contains("\"proof\":\"maildir\""))
            #expect(try site.run("fax-probe", ["history", "--json"]).out.isEmpty)
        }
    }

    @Test("check answers with monitoring's exit codes, whatever is wrong")
    func check() throws {
        try withQueue(sending: Self.probes) { site in
            let one = try site.run("fax-probe", ["check", "a"])
            #expect(one.code == 3 && one.out.hasPrefix("FAX PROBE UNKNOWN - a: faxd has not seen it yet"))
            #expect(one.lines.count == 1 && one.err.isEmpty)
            let none = try site.run("fax-probe", ["check", "nobody"])
            #expect(none.code == 3 && none.out.contains("there is no probe \"nobody\"; there are a, b"))
        }
        try withQueue(sending: "\nprobes: [{name: a}]") { site in
            let broken = try site.run("fax-probe", ["check"])
            #expect(broken.code == 3 && broken.out.contains("schedule: is missing") && broken.lines.count == 1)
        }
    }

    @Test("what can't work is told before anything is sent")
    func refused() throws {
        try withQueue(sending: Self.probes) { site in
            #expect(try site.run("fax-probe", ["run", "nobody"]).code == 64)
            #expect(try site.run("fax-probe", ["history", "--picture", "x.gif"]).code == 64)
            let findings = try site.run("fax-check", ["--sending"]).out
            for words in [
                "probe b: number \"112\"", "probe b: /none.pdf can't be read", "probe b: /none/new can't be read",
                "probe a: nobody can be told",
            ] { #expect(findings.contains(words), "\(words) is not in \(findings)") }
        }
    }
}
