import FaxModel
import Foundation
import Testing

@testable import FaxCommands

/// What is made of Asterisk's log when a probe failed.
@Suite struct ProbeLogTests {
    private static let id = AttemptID(job: 7, sequence: 1, random: 42)
    private static let now = UnixTime(seconds: 1_795_690_800)

    private func story(_ log: String?, cause: Cause = .handshakeNoFax, lineSeconds: Double? = 60) throws -> ProbeStory {
        let path = NSTemporaryDirectory() + "callfax-log-\(UUID().uuidString)"
        defer { try? FileManager.default.removeItem(atPath: path) }
        try log?.write(toFile: path, atomically: true, encoding: .utf8)
        let attempt = Attempt(
            id: Self.id, job: 7, sequence: 1, state: .settled, firstPage: 0, pages: 1, claimed: Self.now,
            published: Self.now, started: lineSeconds.map { _ in Self.now }, longestCall: 100, cause: cause,
            lineSeconds: lineSeconds)
        return ProbeStory(of: attempt, to: try FaxNumber(parsing: "5551006"), log: path, isDelivered: false)
    }

    private func call(_ time: String, _ attempt: AttemptID, id: String = "C-00000001") -> String {
        """
        [2026-11-26 \(time)] VERBOSE[9][\(id)] app_verbose.c: Fax \(attempt): answered
        [2026-11-26 \(time)] VERBOSE[9][\(id)] pbx.c: Executing [5551006@fax-outbound:22] SendFAX("PJSIP/x", "/\(attempt).tiff,z")
        [2026-11-26 \(time)] WARNING[9][\(id)] res_fax.c: of \(attempt),
        in two lines

        """
    }

    @Test("a log that isn't there, or knows nothing of the call, is one line that says what to do")
    func unknown() throws {
        let missing = try story(nil)
        #expect(missing.text.hasPrefix("what the two machines said is not known: "))
        #expect(missing.text.contains("Name Asterisk's log in the settings (asterisk.log)"))
        let other = try story(call("12:00:00", AttemptID(job: 8, sequence: 1, random: 42)))
        #expect(other.text.contains("has nothing about call \(Self.id)"), "\(other.text)")
        #expect(other.text.contains("fax set debug on"))
        for story in [missing, other, try story("")] {
            #expect(story.text.filter { $0 == "\n" }.count == 1 && story.evidence.isEmpty)
        }
    }

    @Test("only the call's own lines are taken, not another one's nor those of an older call of the same number")
    func own() throws {
        let old = AttemptID(job: 1, sequence: 1, random: 1)
        let beside = AttemptID(job: 2, sequence: 1, random: 2)
        let text =
            "half an entry\n" + call("11:00:00", old) + call("12:00:00", Self.id)
            + call("12:00:00", beside, id: "C-00000002")
        let told = try story(text)
        #expect(told.text.contains("call C-00000001, sent to 5551006"), "\(told.text)")
        #expect(told.text.contains("Setting up the call (phase A)"))
        #expect(told.evidence.contains("\(Self.id)") && told.evidence.contains("in two lines"), "\(told.evidence)")
        #expect(!told.evidence.contains("\(old)") && !told.evidence.contains("\(beside)"), "\(told.evidence)")
        #expect(told.text.contains("it needs fax among its levels"))
        #expect(!(try story(text, cause: .handshakeHangup, lineSeconds: 0)).text.contains("it needs fax"))
        #expect(try story(text, cause: .handshakeHangup).text.contains("Whoever answered hung up"))
    }

    @Test("a call that nobody answered has its number and its first phase")
    func busy() throws {
        let told = try story(
            "[2026-11-26 12:00:00] VERBOSE[9][C-00000004] pbx.c: Executing [failed@fax-outbound:1] Verbose(\"x\")\n"
                + "[2026-11-26 12:00:00] VERBOSE[9][C-00000004] app_verbose.c: Fax \(Self.id): not answered, reason 0\n"
                + "[2026-11-26 12:00:00] VERBOSE[9][C-00000004] pbx.c: Executing [s@fax-outbound-result:1] GotoIf(\"x\")\n",
            cause: .dialBusy, lineSeconds: nil)
        #expect(told.text.contains("sent to 5551006\n  Setting up the call (phase A)\n"), "\(told.text)")
        #expect(told.text.contains("Likely reason: The line was busy."))
    }
}
