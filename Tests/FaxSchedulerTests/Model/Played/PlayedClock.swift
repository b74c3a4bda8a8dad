/// Two clocks: one that nothing moves, and the date, which somebody may set. Milliseconds.
final class PlayedClock {
    /// Each event has a moment of its own.
    private(set) var steady: Int64 = 5_000_000
    private var offset: Int64 = 1_700_000_000_000

    var date: Int64 { steady + offset }

    func tick() { steady += 1 }
    func advance(to moment: Int64) { steady = max(steady, moment) }
    func setDate(by seconds: Int64) { offset += seconds * 1000 }
}
