import Foundation

/// The clock on the wall of a zone.
struct WallClock {
    let calendar: Calendar

    /// The first moment of that day at which the clock shows `seconds` since midnight or more: after the gap where
    /// daylight saving leaves the time out, the first of two where it comes twice. `day` is any moment of the day.
    ///
    /// Reckoned from the change itself, which need not be a whole hour (Lord Howe Island changes by thirty minutes).
    func moment(_ day: Date, seconds: Int) -> Date? {
        guard let start = calendar.dateInterval(of: .day, for: day)?.start else { return nil }
        // A day may begin at one o'clock, when the change is at midnight.
        let shown = calendar.dateComponents([.hour, .minute, .second], from: start)
        let first = (shown.hour ?? 0) * 3600 + (shown.minute ?? 0) * 60 + (shown.second ?? 0)
        let plain = start.addingTimeInterval(Double(max(0, seconds - first)))
        let zone = calendar.timeZone
        guard let change = zone.nextDaylightSavingTimeTransition(after: start), plain >= change else { return plain }
        let forward = zone.secondsFromGMT(for: change) - zone.secondsFromGMT(for: start)
        return max(change, plain.addingTimeInterval(Double(-forward)))
    }
}
