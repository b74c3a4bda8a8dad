import FaxModel
import Foundation

/// A moment as the people here would tell it.
struct LocalTime {
    private let parts: DateComponents
    private let zone: TimeZone
    /// Seconds east of UTC at that moment.
    let utcOffset: Int

    init(_ time: UnixTime, in zone: TimeZone) {
        let date = Date(timeIntervalSince1970: Double(time.seconds))
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = zone
        parts = calendar.dateComponents([.year, .month, .day, .hour, .minute, .second], from: date)
        utcOffset = zone.secondsFromGMT(for: date)
        self.zone = zone
    }

    /// `20261122-220651`
    var stamp: String { "\(four(parts.year))\(two(parts.month))\(two(parts.day))-" + clock(separator: "") }

    /// `2026-11-22 22:06:51 +01:00 (Europe/Berlin)`
    var text: String {
        let minutes = abs(utcOffset) / 60
        let offset = (utcOffset < 0 ? "-" : "+") + two(minutes / 60) + ":" + two(minutes % 60)
        let day = "\(four(parts.year))-\(two(parts.month))-\(two(parts.day))"
        return "\(day) \(clock(separator: ":")) \(offset) (\(zone.identifier))"
    }

    private func clock(separator: String) -> String {
        [parts.hour, parts.minute, parts.second].map(two).joined(separator: separator)
    }

    private func two(_ number: Int?) -> String { padded(number, 2) }

    private func four(_ number: Int?) -> String { padded(number, 4) }

    private func padded(_ number: Int?, _ width: Int) -> String {
        let digits = String(number ?? 0)
        return String(repeating: "0", count: max(0, width - digits.count)) + digits
    }
}
