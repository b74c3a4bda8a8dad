import FaxModel

/// When a message that was not accepted is tried again.
enum MailRetry {
    /// Seconds: 5 days, as RFC 5321 §4.5.4.1 recommends.
    static let patience: Int64 = 5 * 24 * 3600

    /// The time after the `tries`th failed try: a minute, doubled each time up to an hour; nil when patience is over.
    static func next(tries: Int, since created: UnixTime, now: UnixTime) -> UnixTime? {
        guard now.seconds(since: created) < Double(patience) else { return nil }
        return now.adding(seconds: min(60 << Int64(min(max(tries, 1) - 1, 6)), 3600))
    }
}
