/// What a fax is in the documented rules.
struct ModelJob: Sendable {
    enum State: String, Sendable {
        case queued, calling, sending, waiting
        case delivered, partial, failed, cancelled, expired, unknown

        var isFinal: Bool {
            switch self {
            case .queued, .calling, .sending, .waiting: false
            case .delivered, .partial, .failed, .cancelled, .expired, .unknown: true
            }
        }
    }

    let id: Int
    var number: String
    var wanted: ModelMode
    /// How the next call transmits.
    var mode: ModelMode
    /// Its own calls showed that; otherwise it is as asked for.
    var isModeLearned = false
    /// Only faxes of one sender share a call.
    var sender: String
    /// The one trunk that it may use; nil for any.
    var trunk: String?
    /// Files that have to be there: the document, and its cover page.
    var documents: [String]
    var pages: Int
    var longest: Int64

    var state = State.queued
    var cause: String?
    var priority: Int
    var isHeld = false
    /// A person took it back.
    var isCancelled = false
    var maxDials: Int?
    var maxTries: Int?

    var dials = 0
    var tries = 0
    var pagesDone = 0
    /// How often in a row the cause came.
    var repeats = 0
    /// Answered calls in a row without a new page.
    var idle = 0
    /// Calls in a row that broke on the first page that is left.
    var stuck = 0
    /// Trunks that failed since the last that didn't.
    var failedTrunks: [String] = []
    /// Attempts so far.
    var attempts = 0

    var due: Int64
    /// `due` is a moment on the wall clock that a person or a window named; otherwise a pause that the queue counts.
    var isDueNamed: Bool
    var deadline: Int64
    /// Since when it counts as waiting in the line.
    var inLineSince: Int64

    var isUnderWay: Bool { state == .calling || state == .sending }
    var canBeClaimed: Bool { state == .queued || state == .waiting }
}
