/// One call file and the call that came of it, as far as the queue can know.
struct ModelCall: Sendable {
    struct Part: Hashable, Sendable {
        var job: Int
        var sequence: Int
        /// Counted from 0.
        var firstPage: Int
        var pages: Int
    }

    enum Place: Hashable, Sendable {
        /// In `outgoing/`; with the moment that Asterisk noted when it began to dial.
        case outgoing(dialled: Int64?)
        case archived(status: String?)
        case absent
    }

    enum Gate: Hashable, Sendable {
        case open
        case closed
        case taken(channel: String, at: Int64, life: Int)
    }

    /// What fax-agi wrote at the end of a channel.
    struct Report: Hashable, Sendable {
        /// Of the real channel; otherwise the word of the `failed` extension.
        var isHandlers: Bool
        var at: Int64
        var end: FarEnd
        var confirmed: Int
        var usedAudio: Bool
        var rate: Int?
    }

    var id = ""
    var parts: [Part]
    var number: String
    var trunk: String
    var mode: ModelMode
    var longest: Int64
    var claimed: Int64
    /// When the queue noted that the file is out.
    var published: Int64?
    /// When the call began to transmit, noted by the queue.
    var started: Int64?
    var place = Place.absent
    var gate = Gate.open
    /// The last one of each channel.
    var reports: [String: Report] = [:]

    var pages: Int { parts.reduce(0) { $0 + $1.pages } }
    /// What the store calls the state of its attempts.
    var state: String { started != nil ? "started" : published != nil ? "published" : "claimed" }
}
