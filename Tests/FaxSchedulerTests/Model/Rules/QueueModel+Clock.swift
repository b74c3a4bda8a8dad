extension QueueModel {
    /// A date that jumps takes along what the queue itself planned: one set back holds up nothing, one set forward ends
    /// nothing. Moments that people named stay where they are on the wall.
    mutating func followClock(date: Int64, steady: Int64) {
        guard let known = clock else {
            clock = (date, steady)
            return
        }
        let elapsed = steady - known.steady
        let jump = date - known.date - elapsed
        if abs(jump) >= rules.jump {
            lastJump = jump
            shift(by: jump, now: date)
        } else if elapsed < 3_600_000 {
            return
        }
        clock = (date, steady)
    }

    /// What others wrote into files doesn't move: it is of the new clock or of the old one, whichever can be, and is not
    /// thought older than it must be. nil where it can be of neither.
    func moment(_ stamp: Int64, from earliest: Int64, now: Int64) -> Int64? {
        // A date set back by less than a jump leaves times a little ahead: they are of this moment.
        let fitting = [stamp, stamp + lastJump].filter { earliest <= $0 && $0 <= now + rules.jump }
        return fitting.max().map { min($0, now) }
    }

    private mutating func shift(by jump: Int64, now: Int64) {
        for job in unfinished {
            // What was submitted since is by the new clock; only its age can tell.
            let age = now - job.due
            if job.attempts == 0, !job.isDueNamed, age >= 0, age < abs(jump) / 2 { continue }
            // What begins at a named moment doesn't end before it.
            self[job.id].deadline += job.isDueNamed ? max(jump, 0) : jump
            if !job.isDueNamed {
                self[job.id].due += jump
                self[job.id].inLineSince += jump
            }
        }
        for id in calls.keys {
            calls[id]?.claimed += jump
            calls[id]?.published? += jump
            calls[id]?.started? += jump
        }
        for number in numberFree.keys { numberFree[number]? += jump }
    }
}
