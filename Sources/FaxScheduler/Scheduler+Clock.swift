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
    func followClock(now: UnixTime, into report: inout PassReport) throws {
        guard let steady = hands.steady() else { return }
        let known = try store.fact("clock").flatMap(Reading.init)
        if let known, known.steady.boot == steady.boot {
            let elapsed = steady.milliseconds - known.steady.milliseconds
            let seconds = (now.milliseconds - known.date.milliseconds - elapsed) / 1000
            if abs(seconds) >= Self.jump {
                try store.shiftClock(
                    by: seconds, now: now, noting: "clock", Reading(date: now, steady: steady).text)
                report.add(problem: "the clock jumped by \(seconds) s: what is planned was moved along")
                return
            }
            if elapsed < 3_600_000 { return }
        }
        try store.setFact("clock", Reading(date: now, steady: steady).text)
    }

    /// What both clocks showed at one moment.
    private struct Reading {
        var date: UnixTime
        var steady: SteadyTime

        var text: String { "\(date.milliseconds) \(steady.milliseconds) \(steady.boot)" }

        init(date: UnixTime, steady: SteadyTime) {
            self.date = date
            self.steady = steady
        }

        init?(_ text: String) {
            let words = text.split(separator: " ")
            guard words.count == 3, let date = Int64(words[0]), let steady = Int64(words[1]) else { return nil }
            self.date = UnixTime(milliseconds: date)
            self.steady = SteadyTime(boot: String(words[2]), milliseconds: steady)
        }
    }
}
