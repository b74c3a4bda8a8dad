/// When something that was not accepted is tried again.
package enum MailRetry {
    /// Seconds: 5 days, as RFC 5321 §4.5.4.1 recommends.
    package static let patience: Int64 = 5 * 24 * 3600

    /// The time after the `tries`th failed try: a minute, doubled each time up to an hour; nil when patience is over, which
    /// counts from when it was first due.
    ///
    /// What may have arrived already waits four hours, doubled up to a day: each further try may be a further copy.
    package static func next(
        _ kind: MailFailure.Kind = .temporary, tries: Int, since due: UnixTime, now: UnixTime
    ) -> UnixTime? {
        guard now.seconds(since: due) < Double(patience) else { return nil }
        let (first, longest): (Int64, Int64) = kind == .unanswered ? (4 * 3600, 86_400) : (60, 3600)
        return now.adding(seconds: min(first << Int64(min(max(tries, 1) - 1, 6)), longest))
    }
}
