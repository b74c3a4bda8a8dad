package import FaxModel

/// Whether the date can be trusted so far that files are removed by it. A clock that was set years ahead, or a machine that
/// woke up with a wrong date, would empty the archive in an hour.
///
/// A date more than a day ahead of the look before is believed only when it has gone on from there for two days; a machine
/// that was off for a week waits for them as well, and loses nothing by it.
package struct KeepingClock: Sendable {
    private static let day: Int64 = 86_400
    /// Seconds between two looks that need no explanation.
    private static let step = day + 7200
    private static let wait = 2 * day

    /// The last date that was believed.
    private var trusted: UnixTime
    /// Where the date that is not believed yet began, and the last look at it; nil while it is.
    private var doubt: (from: UnixTime, seen: UnixTime)?

    /// `known` is the text of the look before; nil at the first, which believes what it sees.
    package init(_ known: String?, now: UnixTime) {
        let parts = (known ?? "").split(separator: " ").compactMap { Int64($0) }.map(UnixTime.init(milliseconds:))
        trusted = parts.first ?? now
        if parts.count == 3 { doubt = (parts[1], parts[2]) }
        if now <= trusted.adding(seconds: Self.step) {
            trusted = now
            doubt = nil
        } else if let doubt, doubt.from <= now, now <= doubt.seen.adding(seconds: Self.step) {
            self.doubt = (doubt.from, now)
            if now >= doubt.from.adding(seconds: Self.wait) {
                trusted = now
                self.doubt = nil
            }
        } else {
            doubt = (now, now)
        }
    }

    /// When the date is believed; nil: it is.
    package var believedAt: UnixTime? { doubt?.from.adding(seconds: Self.wait) }

    /// How it is written down.
    package var text: String {
        ([trusted] + (doubt.map { [$0.from, $0.seen] } ?? [])).map { "\($0.milliseconds)" }.joined(separator: " ")
    }
}
