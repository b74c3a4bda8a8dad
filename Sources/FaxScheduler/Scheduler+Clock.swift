import FaxModel
import FaxStore
import SpoolFiles

extension Scheduler {
    /// Seconds of difference between the two clocks that count as a jump of the date.
    private static let jump: Int64 = 30

    /// Moves what is planned along with the date when that jumps: a clock that is set back an hour holds up no retry, one
    /// that is set forward ends no job.
    ///
    /// The steady clock tells a jump from a computer that was off; after a reboot there is nothing to compare with.
    ///
    /// Returns the last jump, in seconds: what others wrote into files before it is still by the old clock.
    func followClock(now: UnixTime, into report: inout PassReport) throws -> Int64 {
        guard let steady = hands.steady() else { return 0 }
        let known = try store.fact("clock").flatMap(Reading.init)
        var reading = Reading(date: now, steady: steady, jump: known?.jump ?? 0)
        if let known, known.steady.boot == steady.boot {
            let elapsed = steady.milliseconds - known.steady.milliseconds
            let seconds = (now.milliseconds - known.date.milliseconds - elapsed) / 1000
            if abs(seconds) >= Self.jump {
                reading.jump = seconds
                try store.shiftClock(by: seconds, now: now, noting: "clock", reading.text)
                report.add(problem: "the clock jumped by \(seconds) s: what is planned was moved along")
                return seconds
            }
            if elapsed < 3_600_000 { return reading.jump }
        }
        try store.setFact("clock", reading.text)
        return reading.jump
    }

    /// What both clocks showed at one moment, and the last jump before it.
    private struct Reading {
        var date: UnixTime
        var steady: SteadyTime
        var jump: Int64

        var text: String { "\(date.milliseconds) \(steady.milliseconds) \(steady.boot) \(jump)" }

        init(date: UnixTime, steady: SteadyTime, jump: Int64) {
            self.date = date
            self.steady = steady
            self.jump = jump
        }

        init?(_ text: String) {
            let words = text.split(separator: " ")
            // Earlier versions noted no jump.
            guard words.count >= 3, let date = Int64(words[0]), let steady = Int64(words[1]) else { return nil }
            self.date = UnixTime(milliseconds: date)
            self.steady = SteadyTime(boot: String(words[2]), milliseconds: steady)
            jump = words.count > 3 ? Int64(words[3]) ?? 0 : 0
        }
    }
}
