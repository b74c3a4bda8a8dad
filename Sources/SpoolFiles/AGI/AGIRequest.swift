import FaxModel

/// What the dialplan asks of fax-agi, as its arguments say it.
enum AGIRequest: Hashable {
    case start(AttemptID)
    case result(AttemptID)
    case failed(AttemptID)
    /// A line shared with people rings: may it be answered to listen for a fax machine?
    case listening
    case receiving
    case received

    /// The arguments without the program's name. An empty one is none: dialplan/fax-agi.conf hands on two in any case.
    init(_ arguments: [String]) throws(FaxError) {
        let arguments = arguments.filter { !$0.isEmpty }
        switch (arguments.first, arguments.count) {
        case ("start", 2): self = .start(try AttemptID(parsing: arguments[1]))
        case ("result", 2): self = .result(try AttemptID(parsing: arguments[1]))
        case ("failed", 2): self = .failed(try AttemptID(parsing: arguments[1]))
        case ("listening", 1): self = .listening
        case ("receiving", 1): self = .receiving
        case ("received", 1): self = .received
        default:
            throw FaxError(
                .usage,
                "fax-agi start|result|failed ATTEMPT, or listening|receiving|received; Asterisk runs it by AGI()")
        }
    }

    /// Milliseconds for all round trips to Asterisk. A far end waits in silence for the answer of a gate; the scheduler gives
    /// a call's report ten seconds from the call file's end on; for what was received nobody waits.
    var patience: Int64 {
        switch self {
        case .start, .listening, .receiving: 10_000
        case .result, .failed: 8_000
        case .received: 30_000
        }
    }

    /// Whether a fax waits for the answer.
    var isGate: Bool {
        switch self {
        case .start, .listening, .receiving: true
        case .result, .failed, .received: false
        }
    }
}
