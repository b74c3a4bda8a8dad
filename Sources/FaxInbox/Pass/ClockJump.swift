import FaxModel

/// The last jump of the date, and when it was seen.
struct ClockJump: Hashable {
    let seconds: Int64
    let at: UnixTime

    init(seconds: Int64, at: UnixTime) {
        self.seconds = seconds
        self.at = at
    }

    /// From `text`; nil for anything else.
    init?(text: String) {
        let words = text.split(separator: " ")
        guard words.count == 2, let seconds = Int64(words[0]), let at = Int64(words[1]) else { return nil }
        self.init(seconds: seconds, at: UnixTime(milliseconds: at))
    }

    var text: String { "\(seconds) \(at.milliseconds)" }
}

extension ClockJump? {
    /// A moment that a file tells, by the clock of now: one from before a jump forward moves along, or a call that is under
    /// way would look hours old. After a jump back nothing is given up too early, so nothing is moved.
    func moved(_ time: UnixTime) -> UnixTime {
        guard let jump = self, jump.seconds > 0 else { return time }
        let moved = time.adding(seconds: jump.seconds)
        return moved <= jump.at ? moved : time
    }
}
