/// One call of a stranger's: messages that come, and times that are reached, turn into what it sends. Sockets and clock are
/// left to the caller; times are milliseconds.
struct SIPPeerCall {
    enum Output: Hashable {
        case message(String)
        case sound([UInt8], Endpoint)
        case image([UInt8], Endpoint)
        /// For people, and for whoever judges what became of it.
        case word(String)
    }

    /// What is done when its time has come.
    private enum Step {
        case sound(UInt16)
        case offer(UInt16)
        case answer(SIPHeaders)
        case rubbish(Int)
        case hangUp
    }

    /// The ports that it has for itself.
    struct Ports: Hashable {
        var sound: UInt16
        var image: UInt16
    }

    let stranger: Stranger
    private let ports: Ports
    private(set) var isOver = false
    private var dialogue: SIPDialogue
    private var steps: [(at: Int, step: Step)] = []
    /// Where our sound goes to, and what we send instead once T.38 is agreed on; nil where there is no such place.
    private var soundPlace: Endpoint?
    private var imagePlace: Endpoint?
    private var isImage = false
    private var isAnswered = false
    /// Our answer to the other side's last INVITE, for one that comes twice.
    private var lastAnswer: (sequence: Int, text: String)?

    /// A call that the first INVITE, not yet handed to `receives`, begins.
    init(_ stranger: Stranger, answering request: SIPHeaders, at here: Endpoint, ports: Ports) {
        self.init(stranger, SIPDialogue(answering: request, at: here), ports)
    }

    /// A call that it makes itself; returns what begins it.
    static func calling(
        _ number: String, at there: Endpoint, as stranger: Stranger, from here: Endpoint, ports: Ports, callID: String
    ) -> (SIPPeerCall, [Output]) {
        var call = SIPPeerCall(
            stranger,
            SIPDialogue(calling: number, at: there, as: stranger.rawValue, from: here, callID: callID), ports)
        let isT38 = stranger == .callsWithT38
        let media = isT38 ? SIPMedia.image(port: ports.image) : .sound(port: ports.sound)
        let invite = call.dialogue.request("INVITE", media)
        return (call, [.message(invite), call.word("called with \(isT38 ? "T.38" : "sound")")])
    }

    private init(_ stranger: Stranger, _ dialogue: SIPDialogue, _ ports: Ports) {
        self.stranger = stranger
        self.dialogue = dialogue
        self.ports = ports
    }

    private func word(_ text: String) -> Output { .word("\(stranger.rawValue): \(text)") }

    var nextDue: Int? { steps.map(\.at).min() }

    mutating func receives(_ message: SIPMessage, _ headers: SIPHeaders, at now: Int) -> [Output] {
        switch message.method {
        case nil: response(message, headers, now)
        case "INVITE": invited(message, headers, now)
        case "ACK": acknowledged(now)
        case "BYE", "CANCEL": ended(message, headers)
        case "OPTIONS", "INFO", "UPDATE": [.message(dialogue.response(200, to: headers))]
        default: [.message(dialogue.response(501, to: headers))]
        }
    }

    /// What has to be sent by now.
    mutating func due(at now: Int) -> [Output] {
        var outputs: [Output] = []
        while let next = steps.indices.filter({ steps[$0].at <= now }).min(by: { steps[$0].at < steps[$1].at }) {
            let (at, step) = steps.remove(at: next)
            outputs += take(step, at)
        }
        return outputs
    }

    private mutating func take(_ step: Step, _ at: Int) -> [Output] {
        switch step {
        case .sound(let number):
            guard !isImage, let soundPlace else { return [] }
            steps.append((at + SilentSound.milliseconds, .sound(number &+ 1)))
            return [.sound(SilentSound.packet(number), soundPlace)]
        case .offer(let port):
            return [.message(dialogue.request("INVITE", .image(port: port))), word("offered T.38, port \(port)")]
        case .answer(let request): return answer(request)
        case .rubbish(let number):
            guard isImage, let imagePlace else { return [] }
            guard number < RubbishPackets.count else { return [word("sent \(number) packets of rubbish")] }
            steps.append((at + RubbishPackets.milliseconds, .rubbish(number + 1)))
            return [.image(RubbishPackets.packet(number), imagePlace)]
        case .hangUp:
            isOver = true
            return [.message(dialogue.request("BYE")), word("hung up")]
        }
    }
}

extension SIPPeerCall {
    private mutating func invited(_ message: SIPMessage, _ headers: SIPHeaders, _ now: Int) -> [Output] {
        if let lastAnswer, lastAnswer.sequence == message.sequence { return [.message(lastAnswer.text)] }
        let media = message.session?.media.first
        guard message.isInDialogue, media?.kind == "image" else {
            (soundPlace, isImage) = (media?.endpoint, false)
            return [answer(200, headers, .sound(port: ports.sound))]
        }
        imagePlace = media?.endpoint
        guard let hesitation = stranger.hesitation else { return answer(headers) }
        steps.append((now + hesitation, .answer(headers)))
        let text = dialogue.response(183, to: headers)
        lastAnswer = (message.sequence, text)
        return [.message(text)]
    }

    /// The answer to an offer of T.38.
    private mutating func answer(_ request: SIPHeaders) -> [Output] {
        let before = stranger.hesitation == nil ? "" : "183 and then "
        switch stranger.answer {
        case .agrees:
            isImage = true
            return [
                answer(200, request, .image(port: ports.image)), word(before + "200 to an offer of T.38"),
            ]
        case .agreesAtPortZero:
            return [answer(200, request, .image(port: 0)), word(before + "200 to an offer of T.38, port 0")]
        case .refuses: return [answer(488, request, nil), word(before + "488 to an offer of T.38")]
        }
    }

    private mutating func answer(_ status: Int, _ request: SIPHeaders, _ media: SIPMedia?) -> Output {
        let text = dialogue.response(status, to: request, media)
        let sequence = request["cseq"]?.split(separator: " ").first.flatMap { Int($0) } ?? 0
        lastAnswer = (sequence, text)
        return .message(text)
    }

    private mutating func acknowledged(_ now: Int) -> [Output] {
        if !isAnswered {
            begins(now)
            let port = stranger == .offersNothing ? 0 : ports.image
            if stranger.offersT38 { steps.append((now + 1000, .offer(port))) }
        } else if isImage {
            sendsRubbish(now)
        }
        return []
    }

    /// The call is up.
    private mutating func begins(_ now: Int) {
        isAnswered = true
        steps.append((now, .sound(0)))
        if let patience = stranger.patience { steps.append((now + patience, .hangUp)) }
    }

    private mutating func sendsRubbish(_ now: Int) {
        if stranger.sendsRubbishPackets { steps.append((now, .rubbish(0))) }
    }

    private mutating func response(_ message: SIPMessage, _ headers: SIPHeaders, _ now: Int) -> [Output] {
        guard message.sequenceMethod == "INVITE", let status = message.status, status >= 200 else { return [] }
        dialogue.learns(from: headers)
        var outputs: [Output] = [.message(dialogue.acknowledgement(of: status)), word("was answered \(status)")]
        let media = message.session?.media.first
        if status < 300, !isAnswered {
            soundPlace = media?.endpoint
            begins(now)
        } else if status < 300, media?.isT38 == true {
            (imagePlace, isImage) = (media?.endpoint, true)
            sendsRubbish(now)
        } else if !isAnswered {
            isOver = true
            outputs.append(word("was turned away"))
        }
        return outputs
    }

    private mutating func ended(_ message: SIPMessage, _ headers: SIPHeaders) -> [Output] {
        var outputs: [Output] = [.message(dialogue.response(200, to: headers))]
        for case .answer(let open) in steps.map(\.step) { outputs.append(answer(487, open, nil)) }
        guard message.method == "BYE" else {
            steps.removeAll { if case .answer = $0.step { true } else { false } }
            return outputs
        }
        steps = []
        isOver = true
        return outputs + [word("was hung up")]
    }
}
