package import FaxModel

/// What both clocks showed at one moment, and the last jump of the date before it.
///
/// The steady clock tells a jump from a computer that was off; after a reboot there is nothing to compare with.
package struct ClockReading: Hashable, Sendable {
    /// What a look at the clocks brought out.
    package enum Finding: Hashable, Sendable {
        /// The date jumped by so many seconds since the reading before.
        case jumped(Int64)
        /// Nothing, and it is time to write the reading down.
        case nothing
        /// Nothing, and the reading before is recent enough.
        case recent
    }

    /// Seconds of difference between the two clocks that count as a jump of the date.
    package static let limit: Int64 = 30

    package private(set) var date: UnixTime
    package private(set) var steady: SteadyTime
    /// Seconds.
    package private(set) var jump: Int64

    /// How it is written down.
    package var text: String { "\(date.milliseconds) \(steady.milliseconds) \(steady.boot) \(jump)" }

    /// From `text`; nil for anything else.
    package init?(_ text: String) {
        let words = text.split(separator: " ")
        // Earlier versions noted no jump.
        guard words.count >= 3, let date = Int64(words[0]), let steady = Int64(words[1]) else { return nil }
        self.date = UnixTime(milliseconds: date)
        self.steady = SteadyTime(boot: String(words[2]), milliseconds: steady)
        jump = words.count > 3 ? Int64(words[3]) ?? 0 : 0
    }

    /// The reading of this moment, and what it says beside the one before.
    package static func take(after known: ClockReading?, now: UnixTime, steady: SteadyTime) -> (Self, Finding) {
        var reading = ClockReading(date: now, steady: steady, jump: known?.jump ?? 0)
        guard let known, known.steady.boot == steady.boot else { return (reading, .nothing) }
        let elapsed = steady.milliseconds - known.steady.milliseconds
        let seconds = (now.milliseconds - known.date.milliseconds - elapsed) / 1000
        if abs(seconds) >= limit {
            reading.jump = seconds
            return (reading, .jumped(seconds))
        }
        return (reading, elapsed < 3_600_000 ? .recent : .nothing)
    }

    private init(date: UnixTime, steady: SteadyTime, jump: Int64) {
        self.date = date
        self.steady = steady
        self.jump = jump
    }
}
