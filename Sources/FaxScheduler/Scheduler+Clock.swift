import FaxModel
import FaxStore
import SpoolFiles

extension Scheduler {
    /// Moves what is planned along with the date when that jumps: a clock that is set back an hour holds up no retry, one
    /// that is set forward ends no job.
    ///
    /// Returns the last jump, in seconds: what others wrote into files before it is still by the old clock.
    func followClock(now: UnixTime, into report: inout PassReport) throws -> Int64 {
        guard let steady = hands.steady() else { return 0 }
        let known = try store.fact("clock").flatMap(ClockReading.init)
        let (reading, finding) = ClockReading.take(after: known, now: now, steady: steady)
        switch finding {
        case .jumped(let seconds):
            try store.shiftClock(by: seconds, now: now, noting: "clock", reading.text)
            report.add(problem: "the clock jumped by \(seconds) s: what is planned was moved along")
        case .nothing: try store.setFact("clock", reading.text)
        case .recent: break
        }
        return reading.jump
    }
}
