/// The SIP messages of a call in plain words.
struct SIPTeller {
    var call: CallTrace
    /// Whether the server whose story it is placed the call.
    var isOurs: Bool

    private func name(_ isCaller: Bool) -> String { isCaller == isOurs ? "we" : "the far end" }

    /// Steps by the trace's own clock.
    var steps: [FaxStory.Step] {
        var told: [FaxStory.Step] = []
        var requests: [String: Int] = [:]
        var offers: [Int: SessionDescription] = [:]
        var isAnswered = false
        // Once T.38 was agreed, what is asked for later belongs to the end: back to sound.
        var isT38 = false
        for entry in call.messages {
            let message = entry.message
            let isCaller = entry.source == call.caller
            func tell(_ phase: FaxStory.Phase, _ text: String) {
                told.append(FaxStory.Step(entry.time, phase, text))
            }
            if let method = message.method {
                let key = "\(isCaller) \(method) \(message.sequence)"
                requests[key, default: 0] += 1
                if requests[key, default: 0] > 1 {
                    // Retransmissions are told once.
                    if requests[key] == 2, method != "ACK" {
                        tell(isAnswered ? .release : .setUp, "there is no answer to that (\(method)): it is sent again")
                    }
                    continue
                }
                switch method {
                case "INVITE" where !message.isInDialogue:
                    let again = told.isEmpty ? "" : " again, with the password"
                    tell(
                        .setUp,
                        "\(name(isCaller)) call\(isCaller == isOurs ? "" : "s") \(message.dialled)\(again) "
                            + "(INVITE to \(entry.target.host))\(Self.codecs(message.session))")
                    offers[message.sequence] = message.session
                case "INVITE":
                    offers[message.sequence] = message.session
                    let verb = isCaller == isOurs ? "ask" : "asks"
                    tell(
                        isT38 ? .release : .setUp,
                        "\(name(isCaller)) \(verb) to go on \(Self.way(message.session))")
                case "CANCEL":
                    tell(.setUp, "\(name(isCaller)) give\(isCaller == isOurs ? "" : "s") up before anybody answered")
                case "BYE":
                    let verb = isCaller == isOurs ? "hang up" : "hangs up"
                    tell(
                        .release,
                        "\(name(isCaller)) \(verb) (BYE\(message.cause.map { ", \(Self.words(cause: $0))" } ?? ""))")
                default: break
                }
            } else if let status = message.status, message.sequenceMethod == "INVITE" {
                let wasT38 = offers[message.sequence]?.isT38 ?? false
                switch status {
                case 180: tell(.setUp, "it rings")
                case 183 where isAnswered:
                    tell(.setUp, "\(name(isCaller)) will answer that later (183)")
                case 183: tell(.setUp, "the network sends tones or an announcement, before anybody answers")
                case 200...299 where !isAnswered:
                    isAnswered = true
                    tell(.setUp, "the call is answered\(Self.codecs(message.session))")
                case 200...299:
                    tell(isT38 && !wasT38 ? .release : .setUp, agreement(message, wasT38: wasT38, isCaller))
                    if wasT38 { isT38 = true }
                case 401, 407:
                    tell(.setUp, "\(name(isCaller)) ask\(isCaller == isOurs ? "" : "s") for a password (\(status))")
                case 300...699 where isAnswered:
                    tell(
                        .setUp,
                        wasT38
                            ? "\(name(isCaller)) refuse\(isCaller == isOurs ? "" : "s") T.38 (\(status) \(message.reason)): "
                                + "the call goes on as sound"
                            : "\(name(isCaller)) refuse\(isCaller == isOurs ? "" : "s") that (\(status) \(message.reason))"
                    )
                case 487: break
                case 300...699: tell(.setUp, "the call is refused: \(status) \(message.reason)")
                default: break
                }
            }
        }
        return told
    }

    private static func way(_ session: SessionDescription?) -> String {
        guard let session, session.media.contains(where: { $0.kind == "image" }) else { return "as sound" }
        if session.isT38 { return "by T.38, the way of sending faxes as data instead of sound" }
        return session.isT38WithoutPort ? "by T.38, but at port 0, which is none" : "as sound"
    }

    private func agreement(_ message: SIPMessage, wasT38: Bool, _ isCaller: Bool) -> String {
        guard wasT38 else { return "that is agreed" }
        guard let media = message.session?.media.first(where: \.isT38) else {
            let ending = isCaller == isOurs ? "" : "s"
            return message.session?.isT38WithoutPort ?? false
                ? "\(name(isCaller)) agree\(ending) to T.38, but at port 0, which is none"
                : "\(name(isCaller)) answer\(ending) without T.38"
        }
        var details: [String] = []
        if let rate = media.attributes["T38MaxBitRate"].flatMap({ Int($0) }) {
            details.append("at most \(Words.number(rate)) bit/s")
        }
        switch media.attributes["T38FaxUdpEC"] {
        case "t38UDPRedundancy"?: details.append("each packet repeats those before it against losses")
        case "t38UDPFEC"?: details.append("with check packets against losses")
        default: details.append("with nothing against losses")
        }
        return "T.38 is agreed: " + details.joined(separator: ", ")
    }

    /// `, as sound (G.711 A-law or G.711 µ-law)`
    private static func codecs(_ session: SessionDescription?) -> String {
        guard let session else { return "" }
        if session.isT38 { return ", by T.38" }
        let names = session.media.filter { $0.kind == "audio" }.flatMap(\.formats)
            .filter { $0.lowercased() != "telephone-event" }
            .map { ["PCMA": "G.711 A-law", "PCMU": "G.711 µ-law"][$0] ?? $0 }
        return names.isEmpty ? "" : ", as sound (\(names.joined(separator: " or ")))"
    }

    private static func words(cause: Int) -> String {
        switch cause {
        case 16: "an ordinary end"
        case 17: "busy"
        case 19: "no answer"
        case 31: "no particular reason"
        case 34: "no free line"
        case 38, 41: "the network failed"
        case 102: "a timer ran out"
        default: "cause \(cause) of Q.850"
        }
    }
}
