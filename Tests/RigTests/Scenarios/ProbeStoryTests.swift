import FaxModel
import FaxRig
import Foundation
import Testing

/// What a failed probe tells of its call, on real lines, out of Asterisk's own log.
@Suite(.onTheRig) struct ProbeStoryTests {
    struct Ending: Sendable, CustomTestStringConvertible {
        var name: String
        var number: String
        var words: [String]
        var testDescription: String { name }
    }

    private static let endings = [
        Ending(
            name: "busy", number: FarEnd.busy.rawValue,
            words: [
                ", sent to 5551001", "Setting up the call (phase A)", "the call ends before anybody answers",
                "Likely reason: The line was busy.", "What to do: Nothing needs mending",
            ]),
        Ending(
            name: "hangs-up", number: FarEnd.hangsUp.rawValue,
            words: [
                "Setting up the call (phase A)", "the call is answered", "Likely reason: Whoever answered hung up",
                "What to do: Is it a fax number?",
            ]),
        Ending(
            name: "silence", number: FarEnd.silence.rawValue,
            words: [
                "Setting up the call (phase A)", "the call is answered", "the fax begins",
                "The end (phase E)", "Likely reason: Something answered, and no fax machine was heard",
            ]),
        Ending(
            name: "nowhere", number: "5550631",
            words: [
                "The machines introduce themselves and test the line (phase B)", "Pages (phase C)",
                "The end (phase E)",
                "Likely reason: The far machine confirmed every page: what is wrong lies behind it.",
            ]),
    ]

    private static let ready = Task {
        let rig = try await TestRigs.shared.rig("stories") { options in
            options.settings[.a] = ["sending": ["lines": 4, "wait_time": 5, "resolution": "standard"]]
        }
        _ = try await rig.asteriskCLI(.a, "fax set debug on")
        let probes = endings.map {
            SettingsTree.map(["name": .text($0.name), "number": .text($0.number), "alarm_after": 1])
        }
        // A mailbox in which nothing of the fax comes out.
        let empty: SettingsTree = ["maildir": .text(rig.side(.a).localMaildir), "within": 10]
        try await rig.addProbes(probes.dropLast() + [probes[3].merged(with: empty)], telling: "watcher@rig.example")
        return rig
    }

    @Test("a probe that fails tells its call phase by phase, and keeps the log beside it", arguments: endings)
    func tells(ending: Ending) async throws {
        let rig = try await Self.ready.value
        let told = try await rig.run(.a, "fax-probe", ["run", ending.name], limit: .seconds(200))
        #expect(told.status == 5, "\(told.text)")
        let shown = try await rig.probeStory(ending.name)
        #expect(told.text == shown)
        for words in ending.words { #expect(shown.contains(words), "\(words) is not in \(shown)") }
        let run = try #require(try await rig.probeHistory(ending.name).first)
        let again = try await rig.probeStory(ending.name, ["--run", "\(run.id)", "--evidence"])
        #expect(again.contains("Asterisk's log of side this server, C-"))
        // Of this call alone.
        let others = Self.endings.filter { $0.name != ending.name }.map(\.number)
        for number in others { #expect(!again.contains(number), "\(number) is in \(again)") }
        // Whoever is told of it reads the story, too.
        var alarm: ReceivedMail?
        try await RigClock.wait(for: "the alarm", seconds: 60) {
            alarm = rig.messages().first {
                $0.value("X-Fax-Probe") == ending.name && $0.value("X-Fax-State") == "alarm"
            }
            return alarm != nil
        }
        let letter = String(decoding: try #require(alarm).bytes, as: UTF8.self)
        #expect(letter.contains("\n  Likely reason: ") || letter.contains("\r\n  Likely reason: "), "\(letter)")
    }
}
