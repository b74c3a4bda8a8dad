package import FaxModel

/// A channel of Asterisk's that carries one of our attempts.
package struct LiveCall: Hashable, Sendable, Codable {
    package var attempt: AttemptID
    package var channel: String
    /// The far end has answered.
    package var isUp: Bool

    package init(attempt: AttemptID, channel: String, isUp: Bool) {
        self.attempt = attempt
        self.channel = channel
        self.isUp = isUp
    }
}

/// How far a running transmission has come (res_fax.c, FAXSession).
package struct FaxProgress: Hashable, Sendable, Codable {
    package var attempt: AttemptID
    /// Pages confirmed in this call.
    package var pagesDone: Int
    /// In bit/s; means something only once `hasAnswer`.
    package var rate: Int?
    /// The far machine has spoken T.30: until then res_fax tells a resolution of 0x0.
    package var hasAnswer: Bool

    package init(attempt: AttemptID, pagesDone: Int, rate: Int?, hasAnswer: Bool) {
        self.attempt = attempt
        self.pagesDone = pagesDone
        self.rate = rate
        self.hasAnswer = hasAnswer
    }
}
