/// What the dialplan and res_fax logged.
struct DialplanReader {
    /// What tells the call where there are no packets to tell it by.
    private(set) var steps: [FaxStory.Step] = []
    /// What is worth telling in any case.
    private(set) var troubles: [FaxStory.Step] = []
    private var isSending: Bool?
    private var isAnswered = false
    private var isRefusedByGate = false
    private var ranOutOfTime = false
    private var t38 = StoryFacts.T38.notAsked
    private var status: String?
    private var error: String?

    init(_ lines: [AsteriskLogLine]) {
        for line in lines where !line.isOfT30 { read(line) }
    }

    private mutating func read(_ line: AsteriskLogLine) {
        let text = line.message
        // dialplan/fax-outbound.conf. Whoever hangs up while fax-agi still runs never gets to a SendFAX.
        if text.hasPrefix("Fax "), text.hasSuffix(": answered") {
            begin(line, sending: true, "the call is answered")
        }
        if text.contains("SendFAX(\"") { begin(line, sending: true, "the fax begins") }
        if text.contains("ReceiveFAX(\"") { begin(line, sending: false, "we answer, and listen for a fax") }
        if text.contains(" T@fax-") || text.contains("[T@fax-") { ranOutOfTime = true }
        if text.contains(": not let go (AGI") || text.contains(": not let in (AGI") {
            isRefusedByGate = true
            troubles.append(
                FaxStory.Step(line.time, .setUp, "the dialplan does not let the fax go on: fax-agi gave no permission"))
        }
        if text.contains("refused to negotiate T.38") { negotiation(line, .refused(488), "the far end refuses T.38") }
        if text.contains("timed-out during the T.38 negotiation") {
            negotiation(line, .unanswered, "the far end does not answer the question for T.38")
        }
        if text.contains("failed to negotiate T.38") { negotiation(line, .unanswered, "T.38 can't be agreed") }
        if text.contains("Negotiated T.38 for ") { negotiation(line, .agreed, "T.38 is agreed") }
        // dialplan/fax-outbound.conf, `failed`.
        if text.hasPrefix("Fax "), text.contains(": not answered, reason ") {
            steps.append(FaxStory.Step(line.time, .setUp, "the call ends before anybody answers"))
        }
        if text.contains(": over, "), let status = Self.word(after: "status ", in: text) { self.status = status }
        if line.level == "ERROR" || (line.level == "WARNING" && text.contains("failure, reason: '")) {
            if let range = text.firstRange(of: "failure, reason: '") {
                error = String(text[range.upperBound...].prefix { $0 != "'" })
            }
        }
    }

    private mutating func begin(_ line: AsteriskLogLine, sending: Bool, _ words: String) {
        isSending = sending
        isAnswered = true
        steps.append(FaxStory.Step(line.time, .setUp, words))
    }

    private mutating func negotiation(_ line: AsteriskLogLine, _ result: StoryFacts.T38, _ words: String) {
        t38 = result
        steps.append(FaxStory.Step(line.time, .setUp, words))
    }

    /// Only what isn't known better already.
    func add(to facts: inout StoryFacts) {
        facts.isSending = facts.isSending ?? isSending
        facts.isAnswered = isAnswered || facts.heardFax
        facts.gateRefused = isRefusedByGate
        facts.ranOutOfTime = ranOutOfTime
        facts.t38 = t38
        facts.result = facts.result ?? error ?? status
    }

    private static func word(after mark: String, in text: String) -> String? {
        guard let range = text.firstRange(of: mark) else { return nil }
        let word = text[range.upperBound...].prefix { $0.isLetter || $0 == "_" }
        return word.isEmpty ? nil : String(word)
    }
}
