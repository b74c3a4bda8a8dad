import FaxModel

/// What the dialplan asks of fax-agi, as its arguments say it.
enum AGIRequest: Hashable {
    case start(AttemptID)
    case result(AttemptID)
    case failed(AttemptID)
    case receiving
    case received

    /// The arguments without the program's name.
    init(_ arguments: [String]) throws(FaxError) {
        switch (arguments.first, arguments.count) {
        case ("start", 2): self = .start(try AttemptID(parsing: arguments[1]))
        case ("result", 2): self = .result(try AttemptID(parsing: arguments[1]))
        case ("failed", 2): self = .failed(try AttemptID(parsing: arguments[1]))
        case ("receiving", 1): self = .receiving
        case ("received", 1): self = .received
        default:
            throw FaxError(
                .usage, "fax-agi start|result|failed ATTEMPT, or receiving|received; Asterisk runs it by AGI()")
        }
    }

    /// Whether a fax waits for the answer.
    var isGate: Bool {
        switch self {
        case .start, .receiving: true
        case .result, .failed, .received: false
        }
    }
}
