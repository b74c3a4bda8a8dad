package import FaxModel

/// Makes a story of what the log and the packets of one call have.
package struct StoryTeller: Sendable {
    /// What the log has about it; empty where there is none.
    package var lines: [AsteriskLogLine]
    /// What crossed the network; nil where nobody captured it.
    package var trace: CallTrace?
    /// What the queue made of it.
    package var cause: Cause?

    package init(lines: [AsteriskLogLine], trace: CallTrace? = nil, cause: Cause? = nil) {
        self.lines = lines
        self.trace = trace
        self.cause = cause
    }

    package func story(_ title: String) -> FaxStory {
        let start = [trace?.began, lines.first?.time].compactMap { $0 }.min() ?? 0
        var teller = T30Teller()
        for line in lines {
            if let event = T30Event(line.message) { teller.read(event, at: line.time) }
        }
        teller.end()
        var facts = teller.facts
        var steps = teller.steps
        let log = DialplanReader(lines)
        log.add(to: &facts)
        if let trace {
            let isOurs = facts.isSending ?? true
            steps += SIPTeller(call: trace, isOurs: isOurs).steps
            steps += TraceReader(call: trace, isOurs: isOurs).add(to: &facts)
        } else {
            steps += log.steps
            // The queue knows it from the channel's own end.
            if cause == .handshakeHangup { facts.weHungUp = false }
        }
        steps += log.troubles
        for index in steps.indices { steps[index].time -= start }
        // Stable: what has the same time stays in its order.
        let ordered = steps.enumerated().sorted { ($0.element.time, $0.offset) < ($1.element.time, $1.offset) }
        return FaxStory(title: title, steps: ordered.map(\.element), reason: .of(facts, cause: cause))
    }
}
