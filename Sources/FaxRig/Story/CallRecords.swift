import Foundation

/// What was written down while a validation ran.
package struct CallRecords: Sendable {
    let trace: PacketTrace?
    let calls: [CallTrace]
    let logs: [RigSide: AsteriskLog]
    /// When a call file was renamed into Asterisk's spool, by its name.
    let published: [String: Double]
    /// When the message about a received call was in the mailbox, by the call's id.
    let delivered: [String: Double]

    init(trace: PacketTrace?, logs: [RigSide: AsteriskLog], published: [String: Double], delivered: [String: Double]) {
        self.trace = trace
        calls = trace?.calls ?? []
        self.logs = logs
        self.published = published
        self.delivered = delivered
    }
}

extension CallRecords {
    /// The calls of a scenario, each with its story.
    package func calls(of result: ScenarioResult) -> [RecordedCall] {
        let traces = traces(of: result)
        return result.attempts.enumerated().map { index, attempt in
            let name = result.scenario.name + (index == 0 ? "" : "-\(index + 1)")
            let trace = traces[attempt.id]
            let ours = logs[.a]?.calls.first { $0.mentions(attempt.id) }
            let theirs = logs[.b]?.calls.first { call in
                guard call.mentions("Executing [\(result.number)@") else { return false }
                guard let trace, let first = call.lines.first else { return index == 0 }
                return trace.time.contains(first.time)
            }
            let story = StoryTeller(lines: ours?.lines ?? [], trace: trace, cause: attempt.cause).story(
                "call \(index + 1) of \(result.scenario.name), to \(result.number)")
            return RecordedCall(
                name: name, story: story,
                evidence: story.text + Self.evidence(trace: trace, logs: [("a, which sends", ours), ("b", theirs)]),
                capture: trace.flatMap { call in self.trace?.file(of: call) })
        }
    }

    /// The packets of each attempt: those of the first call to its number after its call file was published.
    func traces(of result: ScenarioResult) -> [String: CallTrace] {
        var left = calls.filter { $0.number == result.number }
        var found: [String: CallTrace] = [:]
        for attempt in result.attempts {
            let time = published[Self.fileName(attempt.id)] ?? 0
            guard let place = left.firstIndex(where: { $0.began >= time - 0.01 }) else { continue }
            found[attempt.id] = left.remove(at: place)
        }
        return found
    }

    static func fileName(_ attempt: String) -> String { "callfax-\(attempt).call" }

    /// Everything about a call as it was written down, for whoever wants to look.
    package static func evidence(trace: CallTrace?, logs: [(side: String, call: AsteriskLog.Call?)]) -> String {
        var text = ""
        for message in trace?.messages ?? [] {
            text += "\n--- SIP \(clock(message.time)) \(message.source) to \(message.target)\n"
            text += message.text.replacing("\r\n", with: "\n")
        }
        for (side, call) in logs {
            guard let call else { continue }
            text += "\n--- Asterisk's log of side \(side), \(call.id)\n"
            for line in call.lines { text += "\(clock(line.time)) \(line.level) \(line.message)\n" }
        }
        return text
    }

    /// `19:25:02.123`, in UTC.
    private static func clock(_ time: Double) -> String {
        let all = Int((time * 1000).rounded())
        let seconds = all / 1000
        return String(
            format: "%02d:%02d:%02d.%03d", seconds / 3600 % 24, seconds / 60 % 60, seconds % 60, all % 1000)
    }
}
