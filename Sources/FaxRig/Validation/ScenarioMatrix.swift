import FaxModel

/// Everything that `fax-rig validate` tries.
package enum ScenarioMatrix {
    package static let all =
        transport + gateways + modems + pages + losses + order + farEnds + slowEnds + strangers
        + broken

    package static var quick: [Scenario] { all.filter(\.isQuick) }

    private static let one = ScenarioDocument.sparse(pages: 1)

    private static func fax(
        _ name: String, _ about: String, _ document: ScenarioDocument = one, line: ScenarioLine = .t38,
        options: [String] = [], quick: Bool = false, _ expected: ExpectedOutcome
    ) -> Scenario {
        Scenario(
            name: name, about: about, document: document, options: options, line: line, expected: expected,
            isQuick: quick)
    }

    private static let transport = [
        fax("t38-redundancy", "T.38 with redundancy", quick: true, .delivered(1, mode: "T38")),
        fax("t38-fec", "T.38 with forward error correction", line: .t38FEC, .delivered(1, mode: "T38")),
        fax("t38-none", "T.38 without any correction", line: .t38Plain, .delivered(1, mode: "T38")),
        fax("t38-maxdatagram", "T.38 with datagrams of 1400 bytes", line: .t38Large, .delivered(1, mode: "T38")),
        fax("t38-auth", "the far end asks for a password", line: .t38Auth, quick: true, .delivered(1, mode: "T38")),
        fax("g711-ulaw", "G.711 µ-law", line: .ulaw, quick: true, .delivered(1, mode: "audio")),
        fax("g711-alaw", "G.711 A-law", line: .alaw, .delivered(1, mode: "audio")),
        fax(
            "t38-refused", "T.38 is refused, and the same call goes on as audio", line: .refused, quick: true,
            .delivered(1, mode: "audio")),
    ]

    private static let gateways = [
        fax(
            "gateway-g711-t38", "sound as far as a gateway, T.38 behind it", .sparse(pages: 3), line: .gatewayToT38,
            options: ["-l"], .delivered(3, mode: "audio", receiverMode: "T38")),
        fax(
            "gateway-t38-g711", "T.38 as far as a gateway, sound behind it", .sparse(pages: 3), line: .gatewayToAudio,
            options: ["-l", "-B", "9600"], .delivered(3, mode: "T38", receiverMode: "audio", rate: 9600)),
        // V.17 that a gateway makes of T.38 needs its samples in time: beside other work the first call may fail to train.
        fax(
            "gateway-t38-g711-v17", "the same from 14,400 bit/s down", .sparse(pages: 3), line: .gatewayToAudio,
            options: ["-l", "-T", "4"],
            ExpectedOutcome(calls: 1...3, pages: 3...3, mode: "T38", receiverMode: "audio")),
        fax(
            "gateway-t38-t38", "T.38 on both sides of a gateway", .sparse(pages: 3), line: .gatewayOfT38,
            options: ["-l"], .delivered(3, mode: "T38", receiverMode: "T38")),
    ]

    private static let modems = [
        fax("v17", "V.17 at 14,400 bit/s", line: .ulaw, .delivered(1, mode: "audio", rate: 14_400)),
        fax("v29", "V.29 at 9,600 bit/s", options: ["-B", "9600"], quick: true, .delivered(1, rate: 9600)),
        fax("v27ter", "V.27ter at 4,800 bit/s", options: ["-B", "4800"], .delivered(1, rate: 4800)),
        fax(
            "v29-g711", "V.29 as sound", line: .alaw, options: ["-B", "9600"], .delivered(1, mode: "audio", rate: 9600)),
        fax(
            "v27ter-g711", "V.27ter as sound", line: .alaw, options: ["-B", "4800"],
            .delivered(1, mode: "audio", rate: 4800)),
        fax("ecm-off", "no error correction", options: ["-E"], quick: true, .delivered(1)),
        fax("ecm-off-g711", "no error correction, as sound", line: .ulaw, options: ["-E"], .delivered(1)),
    ]

    private static let pages = [
        fax("lines-98", "98 lines an inch", options: ["-l"], quick: true, .delivered(1)),
        fax("lines-391", "391 lines an inch", options: ["-G"], .delivered(1)),
        fax("pages-3", "3 pages", .sparse(pages: 3), options: ["-l"], quick: true, .delivered(3)),
        fax("pages-30", "30 pages", .sparse(pages: 30), options: ["-l"], .delivered(30)),
        fax("pages-100", "100 pages", .sparse(pages: 100), options: ["-l"], .delivered(100)),
        fax("page-white", "an empty page", .white, quick: true, .delivered(1)),
        fax("page-black", "a black page", .black, quick: true, .delivered(1)),
        fax("page-text", "a page of text", .letter, .delivered(1)),
        fax("page-photograph", "a photograph", .photograph, options: ["-l"], .delivered(1)),
        fax("page-noise", "noise in a strip", .noise, options: ["-l"], .delivered(1)),
        fax("page-shortest", "the shortest page", .shortest, options: ["-l"], .delivered(1)),
        fax("page-longest", "a page of a metre becomes several", .longest, options: ["-l"], .delivered(4)),
    ]

    /// Redundancy and ECM leave nothing of a loss to be seen; without ECM, lines are damaged, and how many is what counts.
    private static let losses =
        [
            ("0.1", ScenarioLine.t38Loss01, ScenarioLine.audioLoss01), ("0.5", .t38Loss05, .audioLoss05),
            ("1", .t38Loss1, .audioLoss1), ("2", .t38Loss2, .audioLoss2),
        ].flatMap { percent, t38, audio in
            [
                fax(
                    "loss-\(percent)-t38", "\(percent) % lost each way, T.38", .letter, line: t38, options: ["-l"],
                    quick: percent == "1", .delivered(1, mode: "T38")),
                fax(
                    "loss-\(percent)-g711", "\(percent) % lost each way, sound with ECM", .letter, line: audio,
                    options: ["-l"],
                    onALossyLine(damaged: 0...0)),
                fax(
                    "loss-\(percent)-g711-noecm", "\(percent) % lost each way, sound without ECM", .letter, line: audio,
                    options: ["-l", "-E"], onALossyLine(damaged: anyRows)),
            ]
        } + [
            fax(
                "loss-5-t38", "5 % lost each way, T.38", .letter, line: .t38Loss5, options: ["-l"],
                onALossyLine(damaged: 0...0)),
            fax(
                "loss-burst-t38", "bursts of 3 packets, T.38", .letter, line: .t38Burst, options: ["-l"],
                onALossyLine(damaged: 0...0)),
            fax(
                "loss-burst-g711", "bursts of 0.1 s, sound with ECM", .letter, line: .audioBurst, options: ["-l"],
                onALossyLine(damaged: 0...0)),
            fax(
                "loss-break-g711", "2 s of silence in mid-page", .letter, line: .audioBreak, options: ["-l"],
                onALossyLine(damaged: anyRows)),
        ]

    /// Packets in another order, and late ones. A relay between the sides sees to it.
    private static let order = [
        fax(
            "reorder-t38", "every 11th packet is overtaken by two, T.38", .letter, line: .t38Reorder, options: ["-l"],
            .delivered(1, mode: "T38")),
        fax(
            "reorder-g711", "every 51st packet is overtaken by two, sound with ECM", .letter, line: .audioReorder,
            options: ["-l"], onALossyLine(damaged: 0...0)),
        fax(
            "jitter-t38", "packets come 0 to 60 ms late, T.38", .letter, line: .t38Jitter, options: ["-l"],
            .delivered(1, mode: "T38")),
        fax(
            "jitter-g711", "packets come 0 to 60 ms late, sound", .letter, line: .audioJitter, options: ["-l"],
            .delivered(1, mode: "audio")),
    ]

    /// All of a page: where an end of line is lost, everything below moves up and differs.
    private static let anyRows = 0...1200

    /// One call, which may break where a loss hits a command; what is delivered is as good as it must be.
    private static func onALossyLine(damaged: ClosedRange<Int>) -> ExpectedOutcome {
        ExpectedOutcome(
            states: [.delivered, .failed, .partial, .unknown],
            causes: [
                .pageDropped, .pageNoResponse, .pageECM, .pageMissing, .handshakeTrain, .handshakeNoFax,
                .handshakeHangup, .handshakeRefused, .outcomeLastPage, .timeExpired,
            ], calls: 1...1, pages: 0...1, damagedRows: damaged)
    }

    private static func call(
        _ name: String, _ about: String, _ end: FarEnd, quick: Bool = false, _ expected: ExpectedOutcome
    ) -> Scenario {
        Scenario(
            name: name, about: about, document: one, options: ["-l"], farEnd: end, expected: expected, isQuick: quick)
    }

    private static let farEnds = [
        call("busy-486", "busy", .busy, quick: true, .failed(.dialBusy)),
        call("rings-out", "nobody answers", .rings, .failed(.dialNoAnswer)),
        call("rejected-403", "the call is refused", .rejected, quick: true, .failed(.dialRejected)),
        call("no-such-number-404", "there is no such number", .noSuchNumber, quick: true, .failed(.dialUnallocated)),
        call("unavailable-480", "nobody is there", .unavailable, quick: true, .failed(.dialNoAnswer, .dialFailed)),
        call("congestion-503", "no line", .congestion, quick: true, .failed(.dialCongestion)),
        call("declined-603", "the call is declined", .declined, quick: true, .failed(.dialRejected)),
        call("dead", "answers and is dead", .dead, .failed(.handshakeNoFax, .timeExpired)),
        call("silence", "answers and says nothing", .silence, .failed(.handshakeNoFax, .timeExpired)),
        call("voice", "a voice answers", .voice, .failed(.handshakeNoFax, .t38Negotiation)),
        // Asterisk 16 takes it for a T.38 that could not be agreed on.
        call(
            "hangs-up", "answers and hangs up before training", .hangsUp, quick: true,
            .failed(.handshakeHangup, .handshakeNoFax, .pageDropped, .t38Negotiation)),
    ]

    /// Far ends that are fax machines in the end, or would be if somebody listened.
    private static let slowEnds = [
        late("t38-late", "T.38 is offered 9 s after the answer", .lateT38),
        late("t38-very-late", "T.38 is offered when the call has gone on as sound", .veryLateT38),
        late("early-tones", "tones before the answer (SIP 183)", .earlyTones),
        fax(
            "session-timer-t38", "a call that outlasts the SIP session's timer, T.38", .sparse(pages: 30),
            line: .t38Timer, options: ["-l"], .delivered(30, mode: "T38")),
        fax(
            "session-timer-g711", "a call that outlasts the SIP session's timer, sound", .sparse(pages: 30),
            line: .audioTimer, options: ["-l"], .delivered(30, mode: "audio")),
        fax(
            "no-listener", "nobody listens at the far end's address", line: .deaf, options: ["-l"],
            .failed(.dialNoAnswer, .dialFailed)),
    ]

    private static func late(_ name: String, _ about: String, _ end: FarEnd) -> Scenario {
        call(name, about, end, .delivered(1, mode: "T38", receiverMode: "T38"))
    }

    /// Peers that are no Asterisk.
    private static let strangers = [
        strange(
            "stranger-183-then-488", "T.38 gets a 183 and is refused 3 s later", .refusesLate, .failed(.handshakeNoFax)),
        strange(
            "stranger-488-too-late", "T.38 gets a 183 and is refused 8 s later", .refusesTooLate,
            .failed(.handshakeNoFax)),
        strange("stranger-port-0-agreed", "T.38 is agreed to at port 0", .agreesToNothing, .failed(.t38Negotiation)),
        strange("stranger-port-0-offered", "T.38 is offered at port 0", .offersNothing, .failed(.handshakeNoFax)),
        strange(
            "stranger-rubbish", "T.38 is agreed on, and malformed packets come", .sendsRubbish, .failed(.handshakeNoFax)
        ),
        Scenario(
            name: "stranger-calls-t38", about: "a call that offers nothing but T.38 is refused, and a fax follows it",
            document: one, options: ["-l"], event: .strangerCalls(.callsWithT38), expected: .delivered(1)),
        Scenario(
            name: "stranger-calls-rubbish", about: "a call that brings malformed packets, and a fax follows it",
            document: one, options: ["-l"], event: .strangerCalls(.callsWithRubbish), expected: .delivered(1)),
    ]

    private static func strange(
        _ name: String, _ about: String, _ stranger: Stranger, _ expected: ExpectedOutcome
    ) -> Scenario {
        Scenario(
            name: name, about: about, document: one, options: ["-l"], line: .stranger, stranger: stranger,
            expected: expected)
    }

    private static let broken = [
        Scenario(
            name: "breaks-then-resumes", about: "hangs up after page 1 of 3; the next call brings the rest",
            document: .sparse(pages: 3), options: ["-l", "-T", "3"], event: .receiverHangsUp(afterPages: 1),
            expected: ExpectedOutcome(calls: 2...3, pages: 3...3)),
        Scenario(
            name: "breaks-for-good", about: "hangs up after page 1 of 3, and there is no second call",
            document: .sparse(pages: 3), options: ["-l"], event: .receiverHangsUp(afterPages: 1),
            expected: ExpectedOutcome(
                states: [.partial], causes: [.pageDropped, .pageNoResponse, .outcomeLastPage], pages: 1...2)),
        Scenario(
            name: "breaks-unconfirmed", about: "hangs up after the last page, before it confirms it; sent once more",
            document: one, options: ["-l", "-T", "3"], line: .t38Cut, event: .receiverHangsUpUnconfirmed,
            expected: ExpectedOutcome(
                firstCauses: [.pageDropped, .pageNoResponse], calls: 2...2, pages: 1...1, arrivals: 2...2)),
        Scenario(
            name: "disk-full", about: "the receiver's disk is full: not answered, and delivered when it has room",
            document: one, options: ["-l", "-T", "3"], event: .receiverDiskFull,
            expected: ExpectedOutcome(
                firstCauses: [.dialCongestion], calls: 2...3, pages: 1...1, arrivals: 1...1)),
        Scenario(
            name: "receiver-killed", about: "the receiver's Asterisk is killed after page 1 of 3; the rest comes later",
            document: .sparse(pages: 3), options: ["-l", "-T", "3"], event: .killed([.b], afterPages: 1),
            expected: ExpectedOutcome(
                firstCauses: [.pageDropped, .pageNoResponse], calls: 2...3, pages: 3...3, arrivals: 2...3)),
        Scenario(
            name: "sender-killed", about: "the sender's Asterisk is killed after page 1 of 3: not sent again",
            document: .sparse(pages: 3), options: ["-l", "-T", "3"], event: .killed([.a], afterPages: 1),
            expected: unknown),
        Scenario(
            name: "both-killed", about: "both Asterisks are killed after page 1 of 3: not sent again",
            document: .sparse(pages: 3), options: ["-l", "-T", "3"], event: .killed([.a, .b], afterPages: 1),
            expected: unknown),
    ]

    /// Nobody knows what became of the fax, so that it stays with one call; the pages that the far end has reach a person.
    private static let unknown = ExpectedOutcome(
        states: [.unknown], causes: [.outcomeUnknown], pages: 0...0, arrivals: 1...1)
}
