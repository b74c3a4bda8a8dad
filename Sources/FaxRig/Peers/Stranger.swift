/// SIP peers that are no Asterisk, and do what no Asterisk does. They are called by number, or call with it as their own.
package enum Stranger: String, CaseIterable, Hashable, Sendable, Codable {
    /// Says 183 to an offer of T.38 and refuses it three seconds later, while Asterisk still waits for that.
    case refusesLate = "5552001"
    /// The same after eight seconds, when Asterisk has waited long enough.
    case refusesTooLate = "5552002"
    /// Agrees to T.38 with a port of 0.
    case agreesToNothing = "5552003"
    /// Offers T.38 with a port of 0 itself.
    case offersNothing = "5552004"
    /// Agrees on T.38 and then sends what no UDPTL packet should be.
    case sendsRubbish = "5552005"
    /// Calls, and offers T.38 from the first INVITE on.
    case callsWithT38 = "5552006"
    /// Calls, agrees on T.38 and then sends what no UDPTL packet should be.
    case callsWithRubbish = "5552007"

    /// What it says to an offer of T.38 within a call.
    enum Answer: Hashable, Sendable {
        case agrees
        /// 200, and `m=image 0`.
        case agreesAtPortZero
        /// 488.
        case refuses
    }

    var answer: Answer {
        switch self {
        case .refusesLate, .refusesTooLate, .offersNothing, .callsWithT38: .refuses
        case .agreesToNothing: .agreesAtPortZero
        case .sendsRubbish, .callsWithRubbish: .agrees
        }
    }

    /// Milliseconds between a 183 and that answer; nil where it answers at once.
    var hesitation: Int? {
        switch self {
        case .refusesLate: 3000
        case .refusesTooLate: 8000
        default: nil
        }
    }

    /// Whether it offers T.38 itself a second after it has answered.
    var offersT38: Bool { self == .offersNothing || self == .sendsRubbish }

    var sendsRubbishPackets: Bool { self == .sendsRubbish || self == .callsWithRubbish }

    /// Milliseconds after which it hangs up what it was answered; nil where it leaves that to the other side.
    var patience: Int? {
        switch self {
        case .callsWithT38: 2000
        case .callsWithRubbish: 15_000
        default: nil
        }
    }

    /// What the called side notes of its call: a call that is refused before the dialplan is none.
    var receipts: Int { self == .callsWithRubbish ? 1 : 0 }

    /// What it must have said in the end, or else it never came to do what it is there for.
    package var deeds: [String] {
        let deeds =
            switch self {
            case .refusesLate, .refusesTooLate: ["183 and then 488 to an offer of T.38"]
            case .agreesToNothing: ["200 to an offer of T.38, port 0"]
            case .offersNothing: ["offered T.38, port 0"]
            case .sendsRubbish, .callsWithRubbish: ["sent \(RubbishPackets.count) packets of rubbish"]
            case .callsWithT38: ["called with T.38", "was answered 488"]
            }
        return deeds.map { "\(rawValue): \($0)" }
    }
}
