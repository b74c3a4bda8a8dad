import FaxModel
import FaxStore
import SpoolFiles

extension Inbox {
    private static let fact = "inbox-clock"

    /// Moves waiting messages along when the date jumps, and remembers the jump: what calls wrote before it is by the old
    /// clock.
    func followClock(now: UnixTime, _ pass: inout InboxPass) throws -> ClockJump? {
        guard let steady = steady() else { return nil }
        let parts = try store.fact(Self.fact)?.split(separator: "|").map(String.init) ?? []
        let known = parts.first.flatMap(ClockReading.init)
        let jump = parts.count > 1 ? ClockJump(text: parts[1]) : nil
        let (reading, finding) = ClockReading.take(after: known, now: now, steady: steady)
        switch finding {
        case .jumped(let seconds):
            let jump = ClockJump(seconds: seconds, at: now)
            let boot = UnixTime(milliseconds: now.milliseconds - seconds * 1000 - steady.milliseconds)
            try store.shiftClock(by: seconds, boot: boot, now: now, noting: Self.fact, "\(reading.text)|\(jump.text)")
            pass.problems.append("the clock jumped by \(seconds) s: messages that wait were moved along")
            // By the old clock, too.
            pause = nil
            return jump
        case .nothing:
            try store.setFact(Self.fact, reading.text + (jump.map { "|\($0.text)" } ?? ""))
        case .recent: break
        }
        return jump
    }
}
