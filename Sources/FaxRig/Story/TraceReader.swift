/// What the packets say: the steps of SIP are told elsewhere.
struct TraceReader {
    var call: CallTrace
    var isOurs: Bool

    func add(to facts: inout StoryFacts) -> [FaxStory.Step] {
        let invites = call.messages.filter { $0.message.sequenceMethod == "INVITE" }
        let finals = invites.filter { ($0.message.status ?? 0) >= 200 }
        let answer = finals.first { (200...299).contains($0.message.status ?? 0) }
        facts.isAnswered = answer != nil
        facts.isGivenUp = call.messages.contains { $0.message.method == "CANCEL" }
        facts.isIgnored = !call.messages.contains { $0.message.status != nil }
        if answer == nil { facts.refusal = finals.last { $0.message.status != 487 }?.message.status }
        var asked: Set<Int> = []
        for entry in invites {
            if entry.message.method == "INVITE", entry.message.isInDialogue, entry.message.session?.isT38 ?? false {
                asked.insert(entry.message.sequence)
                if facts.t38 == .notAsked { facts.t38 = .unanswered }
            } else if let status = entry.message.status, asked.contains(entry.message.sequence), status >= 200 {
                facts.t38 = Self.agreement(status, entry.message.session)
            }
        }
        if let bye = call.messages.first(where: { $0.message.method == "BYE" }) {
            facts.weHungUp = (bye.source == call.caller) == isOurs
            if let answer { facts.seconds = bye.time - answer.time }
        }
        guard call.hasMedia else { return [] }
        facts.soundFromFarEnd = call.packets("audio", fromCaller: !isOurs)
        facts.dataFromFarEnd = call.packets("image", fromCaller: !isOurs)
        facts.lost = call.flows.reduce(0) { $0 + $1.missing }
        return media(facts)
    }

    /// What a last answer to an offer of T.38 says.
    private static func agreement(_ status: Int, _ session: SessionDescription?) -> StoryFacts.T38 {
        guard status < 300 else { return .refused(status) }
        guard let session, !session.isT38 else { return .agreed }
        return session.isT38WithoutPort ? .withoutPort : .refused(status)
    }

    /// One sentence about sound and one about T.38 data, at the end of the call.
    private func media(_ facts: StoryFacts) -> [FaxStory.Step] {
        guard facts.isAnswered, let time = call.ended ?? call.messages.last?.time else { return [] }
        return [("audio", "sound"), ("image", "T.38 data")].compactMap { kind, words -> FaxStory.Step? in
            let sent = call.packets(kind, fromCaller: isOurs)
            let received = call.packets(kind, fromCaller: !isOurs)
            guard sent + received > 0 else { return nil }
            let missing = call.flows.filter { $0.kind == kind && $0.fromCaller != isOurs }.reduce(0) { $0 + $1.missing }
            let lost = missing > 0 ? ", and \(Words.number(missing)) were lost before they came here" : ""
            return FaxStory.Step(
                time, .release,
                "in all, \(Words.number(sent)) packets of \(words) went out and \(Words.number(received)) came in\(lost)"
            )
        }
    }
}
