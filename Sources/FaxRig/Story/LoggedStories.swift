package import FaxModel

/// The fax calls of a server's log, each with its story.
package struct LoggedStories: Sendable {
    package struct Told: Sendable {
        package var story: FaxStory
        /// The log's lines and the SIP messages themselves.
        package var evidence: String
        private let call: AsteriskLog.Call

        init(story: FaxStory, evidence: String, call: AsteriskLog.Call) {
            self.story = story
            self.evidence = evidence
            self.call = call
        }

        /// Whether the call's id, its number or any line of it has that text.
        package func mentions(_ text: String) -> Bool {
            story.title.contains(text) || call.mentions(text)
        }
    }

    package private(set) var all: [Told] = []
    /// Whether the log has anything of what the machines said.
    package private(set) var hasT30 = false

    /// `cause` is what the queue made of the calls, where that is known.
    package init(log: AsteriskLog, trace: PacketTrace?, cause: Cause? = nil) {
        var left = trace?.calls ?? CallTrace.logged(log.others)
        for call in log.calls {
            let hasT30 = call.lines.contains { T30Event($0.message) != nil }
            guard hasT30 || call.others.contains(where: { Self.isOfFax($0.message) }) else { continue }
            if hasT30 { self.hasT30 = true }
            let place = Self.place(of: call, in: left)
            let own = place.map { left.remove(at: $0) }
            all.append(
                Told(
                    story: StoryTeller(lines: call.lines, trace: own, cause: cause).story(Self.title(call, own)),
                    evidence: CallRecords.evidence(trace: own, logs: [("this server", call)]), call: call))
        }
    }

    private static func isOfFax(_ text: String) -> Bool {
        text.contains("SendFAX(\"") || text.contains("ReceiveFAX(\"") || text.contains("@fax-outbound-result:1]")
    }

    /// Digits in `Executing [5550269@fax-inbound:1]`.
    private static func numbers(_ call: AsteriskLog.Call) -> [String] {
        call.others.compactMap { line -> String? in
            guard let mark = line.message.firstRange(of: "Executing [") else { return nil }
            let name = line.message[mark.upperBound...].prefix { $0 != "@" }
            return name.contains(where: \.isNumber) ? String(name) : nil
        }
    }

    /// The call's packets: to its number, and under way when it was logged; or what ended when its log begins.
    private static func place(of call: AsteriskLog.Call, in traces: [CallTrace]) -> Int? {
        guard let first = call.lines.first?.time else { return nil }
        let numbers = Set(numbers(call))
        let fitting = traces.indices.filter { index in
            let trace = traces[index]
            guard trace.began <= first + 1 else { return false }
            if numbers.contains(trace.number) { return (trace.ended ?? .infinity) >= first - 1 }
            guard numbers.isEmpty, let refusal = trace.messages.first(where: { ($0.message.status ?? 0) >= 300 }) else {
                return false
            }
            return abs(refusal.time - first) < 1
        }
        return fitting.last
    }

    private static func title(_ call: AsteriskLog.Call, _ trace: CallTrace?) -> String {
        let number = trace?.number ?? numbers(call).first
        let isReceiving = call.mentions("ReceiveFAX(\"")
        return "call \(call.id), \(isReceiving ? "received for" : "sent to") \(number ?? "an unknown number")"
    }
}
