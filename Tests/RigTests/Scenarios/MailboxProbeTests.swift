import FaxModel
import FaxRig
import Foundation
import Testing

/// Probes that are looked for by IMAP, in a real server's mailbox.
@Suite(.onTheRig, .serialized) struct MailboxProbeTests {
    private static let ready = Task {
        let rig = try await TestRigs.shared.rig("imap") { options in
            options.imap = true
            options.settings[.a] = ["sending": ["lines": 4, "wait_time": 5, "resolution": "standard"]]
        }
        guard let tls = rig.mailbox("tls"), let starttls = rig.mailbox("starttls") else { return rig }
        let bench = try Workbench()
        let document = try FileHandover(rig: rig, side: .a).copy(try bench.document(pages: 3))
        let wrong = try FileHandover(rig: rig, side: .a).copy(try bench.text("wrong-password", "not the right one\n"))
        try await rig.addProbes(
            [
                ["name": "tls", "number": "5550621", "document": .text(document), "imap": tls, "within": 60],
                ["name": "starttls", "number": "5550622", "imap": starttls, "within": 60],
                [
                    "name": "wrong-password", "number": "5550623", "within": 10, "alarm_after": 1,
                    "imap": tls.merged(with: ["password_file": .text(wrong)]),
                ],
                ["name": "hurried", "number": "5550624", "imap": tls, "within": 15],
                ["name": "patient", "number": "5550625", "imap": starttls, "within": 120],
            ], telling: "watcher@rig.example")
        return rig
    }

    /// The one with the wrong password: it waits beside the others.
    private static let refused = Task { try await ready.value.runProbe("wrong-password") }

    private func rig() async throws -> Rig {
        let rig = try await Self.ready.value
        try #require(rig.isMailRunning && rig.isIMAPRunning, "this rig has no IMAP server: it needs network namespaces")
        return rig
    }

    private func messages(_ rig: Rig, _ run: ProbedRun) -> [ReceivedMail] {
        rig.faxMessages().filter { $0.value("X-Fax-Station") == run.station && run.station != nil }
    }

    /// By the flags in the name of a Maildir's file: `:2,` and S for seen.
    private static func isRead(_ mail: ReceivedMail) -> Bool { mail.path.contains(/:2,[A-Z]*S/) }

    @Test("by IMAP a probe's fax comes out of a real mailbox with every page identical, whichever way TLS begins")
    func arrives() async throws {
        let rig = try await rig()
        _ = Self.refused
        async let first = rig.runProbe("tls")
        async let second = rig.runProbe("starttls")
        for (ended, pages) in zip(try await [first, second], [3, 1]) {
            let (run, status) = ended
            #expect(status == 0 && run.state == "passed", "\(run)")
            #expect(run.figures.pagesArrived == pages && run.figures.pagesIdentical == pages, "\(run)")
            #expect(run.figures.damage == 0)
            #expect(run.figures.arrivalSeconds != nil)
            let found = messages(rig, run)
            #expect(found.count == 1)
            #expect(found.map(Self.isRead) == [true], "\(found.map { $0.path })")
        }
    }

    @Test("with a wrong password a probe fails and says so, nobody reads the message, and the alarm goes out")
    func wrongPassword() async throws {
        let rig = try await rig()
        let (run, status) = try await Self.refused.value
        #expect(status == 5 && run.state == "failed", "\(run)")
        #expect(run.figures.pagesConfirmed == 1 && run.figures.pagesArrived == nil, "\(run)")
        let last = try #require(try await rig.probeHistory("wrong-password").first)
        #expect(last.id == run.id)
        #expect(last.detail.contains("10 s later the mailbox can't be read: imap server "), "\(last.detail)")
        #expect(last.detail.contains(":993, INBOX: Login denied"), "\(last.detail)")
        #expect(messages(rig, run).map(Self.isRead) == [false])
        let check = try await rig.run(.a, "fax-probe", ["check", "wrong-password"])
        #expect(check.status == 2, "\(check.text)")
        try await RigClock.wait(for: "the alarm", seconds: 60) {
            rig.messages().contains {
                $0.value("X-Fax-Probe") == "wrong-password" && $0.value("X-Fax-State") == "alarm"
            }
        }
    }

    @Test("with no mail delivered a probe fails in time; one that waits arrives, though its mailbox was away as well")
    func outage() async throws {
        let rig = try await rig()
        try await rig.stopMail()
        try await rig.stopIMAP()
        async let hurried = rig.runProbe("hurried")
        async let patient = rig.runProbe("patient")
        try await RigClock.wait(for: "both faxes to be looked for", seconds: 90) {
            let states = try await [rig.probeHistory("hurried"), rig.probeHistory("patient")].map(\.first?.state)
            return states == ["looking", "looking"]
        }
        try await rig.startIMAP()
        let (run, status) = try await hurried
        #expect(status == 5 && run.state == "failed", "\(run)")
        #expect(run.figures.pagesConfirmed == 1)
        #expect(run.detail.hasSuffix("15 s later no message about the fax is there"), "\(run.detail)")
        #expect(try await rig.probeHistory("patient").first?.state == "looking")
        try await rig.startMail()
        let (late, lateStatus) = try await patient
        #expect(lateStatus == 0 && late.state == "passed", "\(late)")
        #expect(late.figures.pagesIdentical == 1 && late.figures.damage == 0)
        #expect(try #require(late.figures.arrivalSeconds) > 15)
        // The one that was given up comes as well, and was nobody else's proof.
        try await RigClock.wait(for: "both messages", seconds: 60) {
            messages(rig, run).count == 1 && messages(rig, late).count == 1
        }
    }
}
