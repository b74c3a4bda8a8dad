import AsteriskManager
import FaxModel
import Foundation
import Testing

/// Files with passwords in them, for as long as somebody holds it.
private final class SecretFiles {
    private let directory = NSTemporaryDirectory() + "callfax-secret-" + UUID().uuidString

    func file(_ secret: String) throws -> String {
        try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
        let path = directory + "/" + secret
        try (secret + "\n").write(toFile: path, atomically: true, encoding: .utf8)
        return path
    }

    deinit { try? FileManager.default.removeItem(atPath: directory) }
}

/// The manager's client against a server that says what it likes.
@Suite("Asterisk's manager interface") struct ManagerTests {
    private let secrets = SecretFiles()

    private func manager(_ port: Int, secret: String = "s3cret", seconds: Double = 3) throws -> AsteriskManager {
        let file = try secrets.file(secret)
        return AsteriskManager(
            ManagerAccount(host: "127.0.0.1", port: port, user: "callfax", secretFile: file), seconds: seconds)
    }

    private static let ok = "Response: Success\r\nMessage: fine\r\n\r\n"

    /// A server with one call of ours and one of somebody else's.
    private static func busy(_ packet: [String: String]) -> String? {
        switch packet["Action"] {
        case "Login": packet["Secret"] == "s3cret" ? ok : "Response: Error\r\nMessage: Authentication failed\r\n\r\n"
        case "CoreShowChannels":
            ok
                + "Event: CoreShowChannel\r\nChannel: PJSIP/a-1\r\nChannelStateDesc: Up\r\nDuration: 00:01:05\r\n\r\n"
                + "Event: CoreShowChannel\r\nChannel: PJSIP/b-2\r\nChannelStateDesc: Up\r\nDuration: 00:00:01\r\n\r\n"
                + "Event: CoreShowChannelsComplete\r\n\r\n"
        case "Getvar":
            "Response: Success\r\nVariable: FAXATTEMPT\r\nValue: \(packet["Channel"] == "PJSIP/a-1" ? "7-1-0000abcd" : "")\r\n\r\n"
        case "FAXSessions":
            ok
                + "Event: FAXSessionsEntry\r\nChannel: PJSIP/a-1\r\nSessionNumber: 3\r\nState: Active\r\n\r\n"
                + "Event: FAXSessionsEntry\r\nChannel: PJSIP/x-9\r\nSessionNumber: 4\r\nState: Active\r\n\r\n"
                + "Event: FAXSessionsComplete\r\n\r\n"
        case "FAXSession":
            ok + "Event: FAXSession\r\nPagesTransmitted: 2\r\nDataRate: 14400\r\nImageResolution: 8031x7700\r\n\r\n"
        default: ok
        }
    }

    @Test("only channels with an attempt of ours are calls, and pages are told for those")
    func calls() throws {
        let server = try ScriptedManager(answer: Self.busy)
        defer { server.stop() }
        let manager = try manager(server.port)
        let attempt = try AttemptID(parsing: "7-1-0000abcd")
        let calls = try manager.calls()
        #expect(calls == [LiveCall(attempt: attempt, channel: "PJSIP/a-1", isUp: true)])
        let progress = try manager.progress()
        #expect(progress == [FaxProgress(attempt: attempt, pagesDone: 2, rate: 14400, hasAnswer: true)])
        let hungUp = try manager.hangUp(attempt, why: "cancelled")
        #expect(hungUp)
        #expect(server.actions.suffix(2) == ["Setvar", "Hangup"])
        let nobody = try manager.hangUp(AttemptID(parsing: "8-1-0000abcd"), why: "cancelled")
        #expect(!nobody)
    }

    @Test(
        "whatever goes wrong is one line within the time that is given",
        arguments: ["closed", "secret", "greeting", "mute", "endless", "garbage", "hangs up", "denied"])
    func failures(kind: String) throws {
        let server = try ScriptedManager(
            greeting: kind == "greeting" ? "220 mail.example.org\r\n" : "Asterisk Call Manager/9.0.0\r\n"
        ) { packet in
            guard packet["Action"] == "CoreShowChannels" else {
                return kind == "mute" ? "" : Self.busy(packet)
            }
            switch kind {
            case "endless":
                let entry = "Event: CoreShowChannel\r\nChannel: \(String(repeating: "x", count: 5000))\r\n\r\n"
                return Self.ok + String(repeating: entry, count: 2000)
            case "garbage": return "\u{0}\u{1}:::\r\n\r\n: \r\n\r\nResponse\r\n\r\n"
            case "hangs up": return nil
            case "denied": return "Response: Error\r\nMessage: Permission denied\r\n\r\n"
            default: return Self.busy(packet)
            }
        }
        if kind == "closed" { server.stop() }
        defer { server.stop() }
        let manager = try manager(
            server.port, secret: kind == "secret" ? "wrong" : "s3cret",
            seconds: kind == "mute" || kind == "garbage" ? 0.3 : 3)
        let error = #expect(throws: FaxError.self) { try manager.calls() }
        #expect(error?.code == .unavailable)
        #expect(error?.message.contains("\n") == false)
        #expect(error?.message.contains("s3cret") == false)
    }
}
