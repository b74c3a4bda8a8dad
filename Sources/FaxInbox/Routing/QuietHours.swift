import FaxModel
import Foundation

/// Times at which nobody shall be disturbed, by the clock on the wall.
struct QuietHours {
    let periods: [SendingRule.Period]
    private let calendar: Calendar

    init(_ periods: [SendingRule.Period], in zone: TimeZone) {
        self.periods = periods
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = zone
        self.calendar = calendar
    }

    /// When they end, or nil where they are not on. Quiet for a week or longer is no quiet hours: nil.
    func end(at now: UnixTime) -> UnixTime? {
        let date = Date(timeIntervalSince1970: Double(now.milliseconds) / 1000)
        guard isQuiet(date) else { return nil }
        let ends = (-1...8).flatMap { offset -> [Date] in
            guard let day = calendar.date(byAdding: .day, value: offset, to: date) else { return [] }
            return periods.compactMap { period in
                calendar.date(
                    bySettingHour: period.to % 1440 / 60, minute: period.to % 60, second: 0,
                    of: period.to == 1440 ? calendar.date(byAdding: .day, value: 1, to: day) ?? day : day)
            }
        }
        return ends.filter { $0 > date && !isQuiet($0) }.min().map {
            UnixTime(milliseconds: Int64(($0.timeIntervalSince1970 * 1000).rounded()))
        }
    }

    private func isQuiet(_ date: Date) -> Bool {
        let parts = calendar.dateComponents([.hour, .minute], from: date)
        let minute = (parts.hour ?? 0) * 60 + (parts.minute ?? 0)
        let today = weekday(date)
        let yesterday = weekday(calendar.date(byAdding: .day, value: -1, to: date) ?? date)
        return periods.contains { period in
            let wraps = period.to <= period.from
            if period.days.contains(today), minute >= period.from, wraps || minute < period.to { return true }
            return wraps && period.days.contains(yesterday) && minute < period.to
        }
    }

    private func weekday(_ date: Date) -> Weekday {
        // Foundation's week begins with Sunday as 1.
        Weekday(rawValue: (calendar.component(.weekday, from: date) + 5) % 7 + 1) ?? .monday
    }
}
