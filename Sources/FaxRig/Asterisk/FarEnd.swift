/// What answers on either side, by number. Everything else doesn't exist (SIP 404).
package enum FarEnd: String, CaseIterable, Sendable {
    /// SIP 486.
    case busy = "5551001"
    /// Rings and is never answered.
    case rings = "5551002"
    /// SIP 403.
    case rejected = "5551003"
    /// SIP 404.
    case noSuchNumber = "5551004"
    /// Answers and sends nothing at all, not even silence.
    case dead = "5551005"
    /// Answers and sends silence: somebody who says nothing.
    case silence = "5551006"
    /// Answers and hangs up at once.
    case hangsUp = "5551007"
    /// SIP 503.
    case congestion = "5551008"

    /// SIP 480.
    case unavailable = "5551009"
    /// SIP 603.
    case declined = "5551010"
    /// Answers and speaks: tones as long and as high as a voice's.
    case voice = "5551011"
    /// Answers, rings on as some switches do, and is a fax machine after 6 s: it offers T.38 three seconds later, while the
    /// caller still calls (CNG) and waits for that.
    case lateT38 = "5551012"
    /// The same after 14 s: the caller has gone on as sound by then.
    case veryLateT38 = "5551013"
    /// Tones before the answer (SIP 183), and then a fax machine.
    case earlyTones = "5551014"

    /// A fax machine: 5550 and three digits.
    package static let fax = "5550269"

    /// The pattern of all fax machines.
    static let faxPattern = "_5550XXX"

    /// What the dialplan does with a call to it; cause numbers are Q.850's.
    var steps: [String] {
        switch self {
        case .busy: ["Hangup(17)"]
        case .rings: ["Ringing()", "Wait(3600)", "Hangup()"]
        case .rejected: ["Hangup(21)"]
        case .noSuchNumber: ["Hangup(1)"]
        case .dead: ["Answer()", "Wait(3600)", "Hangup()"]
        case .silence: ["Answer()", "Playtones(0/60000)", "Wait(3600)", "Hangup()"]
        case .hangsUp: ["Answer()", "Hangup()"]
        case .congestion: ["Hangup(34)"]
        case .unavailable: ["Hangup(19)"]
        case .declined: ["PJSIPHangup(603)"]
        case .lateT38: Self.machine("Answer()", after: 6)
        case .veryLateT38: Self.machine("Answer()", after: 14)
        case .earlyTones: Self.machine("Progress()", after: 3)
        case .voice: ["Answer()", "Playtones(180+520/300,0/120,220+740/220,0/60,150+610/400,0/500)", "Wait(3600)"]
        }
    }

    /// Tones for so many seconds, and then a fax machine.
    private static func machine(_ first: String, after seconds: Int) -> [String] {
        [
            first, "Playtones(425/1000,0/4000)", "Wait(\(seconds))", "StopPlaytones()",
            "Goto(fax-inbound,${EXTEN},1)",
        ]
    }

    /// The context that calls from the other side arrive in.
    static let context = "rig-far-end"

    static var dialplan: String {
        var text = "[\(context)]\nexten => \(faxPattern),1,Goto(fax-inbound,${EXTEN},1)\n"
        for end in allCases {
            for (index, step) in end.steps.enumerated() {
                text += index == 0 ? "exten => \(end.rawValue),1,\(step)\n" : " same => n,\(step)\n"
            }
        }
        return text
    }
}
