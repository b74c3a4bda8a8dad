package import FaxModel

extension LikelyReason {
    /// The likely reason for what came of a call: by what its log and packets show, then by its cause alone.
    package static func of(_ facts: StoryFacts, cause: Cause? = nil) -> LikelyReason {
        let rules: [() -> LikelyReason?] = [
            { beforeTheAnswer(facts) }, { ofOurOwn(facts, cause) }, { withoutFax(facts) }, { withoutAgreement(facts) },
            { inThePages(facts) }, { success(facts) }, { cause.map(by) },
        ]
        for rule in rules {
            if let reason = rule() { return reason }
        }
        return LikelyReason(
            "The log tells too little.",
            "Switch fax debugging on (asterisk -rx \"fax set debug on\", and fax in logger.conf), and try again.")
    }

    // MARK: No call

    private static func beforeTheAnswer(_ facts: StoryFacts) -> LikelyReason? {
        guard !facts.isAnswered, facts.isSending != false else { return nil }
        if facts.isIgnored {
            return LikelyReason(
                "Nothing at the other address answered the call at all.",
                "Check the trunk's address (contact of its aor in pjsip.conf), that the other server runs, and that firewalls "
                    + "let SIP through, UDP port 5060 as a rule.")
        }
        if facts.isGivenUp { return nobody }
        return facts.refusal.map(refused)
    }

    private static let nobody = LikelyReason(
        "It rang, and nobody answered in time.",
        "Is the number right, and the machine switched on? Where it answers late, raise sending.wait_time.")

    private static func refused(_ status: Int) -> LikelyReason {
        switch status {
        case 401, 407:
            return LikelyReason(
                "The other server asks for a password and does not accept ours.",
                "Check outbound_auth of the trunk's endpoint in pjsip.conf.")
        case 486, 600:
            return LikelyReason(
                "The line was busy.",
                "Nothing needs mending: later calls get through. A number that is always busy may be wrong.")
        case 480, 408: return nobody
        case 403, 603, 607:
            return LikelyReason(
                "The call was turned away, by the provider or by the recipient.",
                "Ask the provider whether the account may call that number, and whether sending.caller_id is one that it "
                    + "accepts.", "A recipient may also refuse calls from unknown or hidden numbers.")
        case 404, 410, 484, 604:
            return LikelyReason(
                "There is no such number, or the provider expects it in another form.",
                "Check the number. Where all calls of a kind fail so, sending.numbers says in which form numbers are dialled."
            )
        case 488, 606:
            return LikelyReason(
                "The two servers have no way of coding sound in common.",
                "Allow alaw and ulaw for the trunk's endpoint: allow = alaw,ulaw in pjsip.conf.")
        case 500...599:
            return LikelyReason(
                "The network had no free line for the call, or is out of order.",
                "If it happens often, ask the provider how many calls at a time are allowed, and set sending.lines to that."
            )
        default:
            return LikelyReason(
                "The call could not be set up (SIP status \(status)).",
                "Ask whoever runs the other server what that status means there.")
        }
    }

    // MARK: Our own side

    private static func ofOurOwn(_ facts: StoryFacts, _ cause: Cause?) -> LikelyReason? {
        if facts.gateRefused || cause == .localGate {
            return LikelyReason(
                "The dialplan got no permission to go on: fax-agi could not be run, or could not write into the spool.",
                "Run fax-check as Asterisk's user: it names what is wrong with FAXAGI, FAXSPOOL and their permissions.")
        }
        switch facts.result {
        case "INIT_ERROR"?, "MEMORY_ERROR"?, "INVALID_ARGUMENTS"?:
            return LikelyReason(
                "Asterisk's own fax engine did not start.",
                "Look for WARNING and ERROR in Asterisk's log at that time. FAXMAXRATE must fit FAXMODEMS, and res_fax_spandsp "
                    + "must be loaded.")
        case let text? where T30Result.cause(of: text) == .fileUnusable || text == "FILE_ERROR":
            return by(.fileUnusable)
        default: return nil
        }
    }

    // MARK: No fax began

    private static func withoutFax(_ facts: StoryFacts) -> LikelyReason? {
        guard facts.isAnswered, !facts.heardFax else { return nil }
        if facts.t38 == .withoutPort {
            return LikelyReason(
                "The T.38 negotiation came to nothing: it was agreed to, but at port 0, where no packet can go.",
                "Whoever answered, or a gateway before the machine, says yes to T.38 and can't do it: sending.t38: false sends as "
                    + "sound.")
        }
        if facts.t38 == .agreed, facts.dataFromFarEnd == 0 {
            return LikelyReason(
                "T.38 was agreed, but none of its packets arrived: something on the way drops them, mostly a firewall or a "
                    + "router (NAT).",
                "Let UDP ports 4000 to 4999 through (udptl.conf) in both directions; behind NAT set t38_udptl_nat = yes and "
                    + "external_media_address.", "Until then sending.t38: false sends as sound.")
        }
        if facts.t38 != .agreed, facts.soundFromFarEnd == 0, facts.weHungUp != false || (facts.seconds ?? 9) >= 5 {
            return LikelyReason(
                "The call was answered, and not a single packet of sound came back: a dead line, or something on the way drops "
                    + "sound in one direction.",
                "If voice calls over that trunk are silent too, let the UDP ports of rtp.conf through, and behind NAT set "
                    + "external_media_address.", "If only this number is dead, ask the recipient.")
        }
        if facts.weHungUp == false {
            let soon = facts.seconds.map { $0 < 5 } ?? false
            return LikelyReason(
                "Whoever answered hung up\(soon ? " at once" : "") before a fax machine had spoken.",
                "Is it a fax number? Call it by telephone: a fax machine whistles within some seconds.",
                "A fax switch or a telephone system before the machine may need longer, or not know fax calls.")
        }
        return LikelyReason(
            "Something answered, and no fax machine was heard: a person, an answering machine, or a machine that is switched "
                + "off.",
            "Call the number by telephone: a fax machine whistles within some seconds.",
            "If it does whistle, sound is spoiled on the way: only G.711 (alaw, ulaw) carries faxes, other codecs and noise "
                + "suppression destroy them.")
    }

    // MARK: No agreement

    private static func withoutAgreement(_ facts: StoryFacts) -> LikelyReason? {
        guard facts.heardFax, facts.pagesConfirmed == 0, facts.pagesBegun == 0 else { return nil }
        switch facts.result.flatMap(T30Result.cause) {
        case .handshakeResolution?: return by(.handshakeResolution)
        case .handshakeIncompatible?: return by(.handshakeIncompatible)
        case .authRefused?: return by(.authRefused)
        default: break
        }
        if facts.failedTests > 0, !facts.passedTest {
            let tried = facts.rates.reduce(into: [Int]()) { if $0.last != $1 { $0.append($1) } }.map(Words.number)
            return LikelyReason(
                "The machines hear each other, but the test signal arrives damaged"
                    + (tried.isEmpty ? "." : ", at \(tried.joined(separator: ", ")) bit/s."), badSound(facts),
                "A slower start may do: fax-send -B 9600, or 4800.")
        }
        if facts.farEndSaidGoodbye {
            return LikelyReason(
                "The far machine was reached and broke off by itself before the first page.",
                "Ask the recipient: out of paper, memory full, or it takes faxes from known station ids only "
                    + "(sending.station_id is ours).")
        }
        if facts.weHungUp == false {
            return LikelyReason(
                "The far end hung up while the machines were still talking.",
                "Often a machine that is out of paper or being used. If it happens each time, try sending.t38: false, or "
                    + "fax-send -B 9600.")
        }
        return LikelyReason(
            "A fax machine was heard, but it did not react to ours: it does not hear us, or not well enough.",
            badSound(facts),
            "Try fax-send -B 9600.")
    }

    private static func badSound(_ facts: StoryFacts) -> String {
        facts.t38 == .agreed
            ? "Packets get lost between the servers: let t38_udptl_ec = redundancy repeat them, and look for an overloaded line."
            : "Sound between the servers has gaps: use T.38 where the other side knows it (t38_udptl = yes), G.711 without noise "
                + "suppression or echo cancelling otherwise."
    }

    // MARK: In the pages

    private static func inThePages(_ facts: StoryFacts) -> LikelyReason? {
        guard facts.heardFax, facts.result != "OK", facts.result != "SUCCESS" else { return nil }
        if facts.ranOutOfTime {
            return LikelyReason(
                "The call took longer than it may, and we ended it.",
                "A page of photographs takes minutes: fax-send --preview shows how long. Let --max-seconds or --quality document "
                    + "keep it short.")
        }
        if facts.repeatRequests > 2 || facts.result.flatMap(T30Result.cause) == .pageECM {
            return LikelyReason(
                "Much of the pages arrived damaged: the far machine had parts repeated "
                    + "\(Words.count(facts.repeatRequests, "time")) (\(Words.count(facts.framesRepeated, "block"))), until one side "
                    + "gave up.", badSound(facts), "A slower rate loses less: fax-send -B 9600.")
        }
        if facts.badPages > 0 {
            return LikelyReason(
                "The far machine called \(Words.count(facts.badPages, "page")) bad: the line damages what is sent without error "
                    + "correction.", "Send with error correction (sending.ecm: true, no -E).", badSound(facts))
        }
        if facts.farEndSaidGoodbye {
            return LikelyReason(
                "The far machine broke off by itself in the midst of the fax.",
                "Ask the recipient: out of paper, a paper jam, or memory full. What is left is sent in the next call.")
        }
        if facts.weHungUp == false {
            return LikelyReason(
                "The call was cut from the other side, in page \(facts.pagesConfirmed + 1): the far machine was switched off or "
                    + "reset, or the network dropped the call.",
                "What is left is sent in the next call. If it always breaks after the same time, ask the provider about limits "
                    + "and session timers.")
        }
        guard facts.isSending != false else {
            return LikelyReason(
                "The sending machine stopped in the midst of the fax.",
                "The pages before are kept. The sender will mostly try again.")
        }
        if facts.awaitsConfirmation {
            return LikelyReason(
                "The page was sent, and the far machine did not say whether it is good: it may have been printed all the same.",
                badSound(facts))
        }
        return nil
    }

    // MARK: Success

    private static func success(_ facts: StoryFacts) -> LikelyReason? {
        guard facts.pagesConfirmed > 0, facts.result == "OK" || facts.result == "SUCCESS" else { return nil }
        if facts.failedTests > 0 {
            return LikelyReason(
                "The fax arrived, but slowly: the line was too bad for \(Words.number(facts.rates.first ?? 14_400)) bit/s.",
                badSound(facts))
        }
        if facts.repeatRequests > 0 {
            return LikelyReason(
                "The fax arrived. \(Words.count(facts.framesRepeated, "block")) had to be sent again because of losses on the "
                    + "line.")
        }
        if facts.badRows > 0 {
            return LikelyReason(
                "The fax arrived with \(Words.count(facts.badRows, "damaged row")), because of losses on the line.",
                "With error correction (sending.ecm: true) damaged parts are sent again.")
        }
        if case .refused = facts.t38 {
            return LikelyReason(
                "The fax arrived, as sound: the other side refuses T.38.",
                "Nothing needs mending. sending.t38: false saves the question, some tenths of a second a call.")
        }
        return LikelyReason("The fax arrived, and nothing went wrong on the way.")
    }

    // MARK: By the cause alone

    /// What a cause of the queue's means to somebody who can change something.
    static func by(_ cause: Cause) -> LikelyReason {
        switch cause {
        case .dialBusy: return refused(486)
        case .dialNoAnswer: return nobody
        case .dialCongestion: return refused(503)
        case .dialRejected: return refused(403)
        case .dialUnallocated, .dialNoRoute: return refused(404)
        case .handshakeResolution:
            return LikelyReason(
                "The far machine can't print that many lines an inch.",
                "The queue sends it with fewer. fax-send -l (standard) or -m (fine) does so from the start.")
        case .handshakeIncompatible:
            return LikelyReason(
                "The far machine can't receive such a fax.",
                "Try fax-send -l. If it refuses everything, it may be set to send only.")
        case .authRefused:
            return LikelyReason(
                "The far machine asks for a password or a sub-address.", "Ask the recipient; Callfax has none to give.")
        case .fileUnusable:
            return LikelyReason(
                "Asterisk could not read the pages.",
                "Does Asterisk's user see the spool under the same path (FAXSPOOL), also in its chroot or container? Run fax-check."
            )
        case .localNoTrunk:
            return LikelyReason(
                "Asterisk has no such trunk, or it gave no channel.",
                "asterisk -rx \"pjsip show endpoints\" lists them; sending.trunk must name one.")
        case .localDown:
            return LikelyReason(
                "Asterisk does not pick up call files.",
                "Is it running, is pbx_spool loaded, and is asterisk.outgoing its directory?")
        case .t38Negotiation:
            return LikelyReason(
                "The two sides did not agree on T.38.", "Set sending.t38: false, or t38_udptl = yes on both sides.")
        default:
            let words = cause.explanation
            return LikelyReason(words.prefix(1).uppercased() + words.dropFirst() + ".")
        }
    }
}
