import FaxModel
import FaxPages
import FaxRig
import Testing

/// Probes over the rig's own lines: from side a to side b and out of the mailbox there.
@Suite(.onTheRig, .serialized) struct ProbeTests {
    /// The settings name the mailbox, whose place is known once the rig is there.
    private static let ready = Task {
        let rig = try await TestRigs.shared.rig("probes") { options in
            // Side a is the user that the mailbox belongs to.
            options.users[.a] = options.mailUser
            options.settings[.a] = ["sending": ["lines": 4, "wait_time": 5]]
        }
        let probes: [SettingsTree] = [
            ["name": "arrives", "number": "5550601", "maildir": .text(rig.layout.maildir), "within": 60],
            [
                "name": "by-audio", "number": "5550602", "maildir": .text(rig.layout.maildir), "within": 60,
                "t38": false, "max_rate": 9600, "resolution": "standard",
            ],
            ["name": "away", "number": "5550603", "resolution": "standard"],
        ]
        try await rig.addProbes(probes, telling: "watcher@rig.example")
        return rig
    }

    private func rig() async throws -> Rig { try await Self.ready.value }

    @Test(
        "a probe comes out of the mailbox identical, known by its own station id",
        arguments: [("arrives", "T38", 14400), ("by-audio", "audio", 9600)])
    func arrives(name: String, mode: String, rate: Int) async throws {
        let rig = try await rig()
        try #require(rig.isMailRunning, "this rig has no mail server: it needs network namespaces")
        let (run, status) = try await rig.runProbe(name)
        #expect(status == 0 && run.state == "passed", "\(run)")
        #expect(run.figures.pagesIdentical == 1 && run.figures.damage == 0)
        #expect(run.figures.mode == mode && run.figures.rate == rate)
        #expect(try #require(run.figures.setupSeconds) < 30)
        let station = try #require(run.station)
        #expect(rig.faxMessages().filter { $0.value("X-Fax-Station") == station }.count == 1)
        // It is in nobody's list.
        let listed = try await rig.run(.a, "fax-queue", ["list", "--json"])
        #expect(listed.succeeded && listed.text.isEmpty, "\(listed.text)")
        let check = try await rig.run(.a, "fax-probe", ["check", name])
        #expect(check.status == 0 && check.text.hasPrefix("FAX PROBE OK - \(name): "), "\(check.text)")
    }

    @Test("a receiving side that is away makes probes fail, then one alarm goes out, and one all-clear")
    func unreachable() async throws {
        let rig = try await rig()
        try #require(rig.isMailRunning, "this rig has no mail server: it needs network namespaces")
        func told() -> [String] {
            rig.messages().filter { $0.value("X-Fax-Probe") == "away" }.compactMap { $0.value("X-Fax-State") }
        }
        try await rig.stopAsterisk(.b)
        var exits: [Int32] = []
        for _ in 0..<3 {
            let (run, status) = try await rig.runProbe("away")
            #expect(status == 5 && run.state == "failed", "\(run)")
            exits.append(try await rig.run(.a, "fax-probe", ["check", "away"]).status)
        }
        #expect(exits == [1, 2, 2])
        try await RigClock.wait(for: "the alarm", seconds: 60) { !told().isEmpty }
        try await rig.startAsterisk(.b)
        let (run, status) = try await rig.runProbe("away")
        #expect(status == 0 && run.state == "passed", "\(run)")
        try await RigClock.wait(for: "the all-clear", seconds: 60) { told().count > 1 }
        #expect(told().sorted() == ["alarm", "over"])
        #expect(try await rig.run(.a, "fax-probe", ["check", "away"]).status == 0)
    }
}
