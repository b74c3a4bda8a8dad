package import FaxModel
import Foundation

/// When each fax may be sent. The first rule that fits a job decides; without one it may go at any time.
package struct SendingCalendar: Sendable {
    private let rules: [(rule: SendingRule, calendar: Calendar)]
    private let holidays: [Holiday]

    package init(rules: [SendingRule], holidays: [Holiday]) {
        self.holidays = holidays
        self.rules = rules.map { rule in
            var calendar = Calendar(identifier: .gregorian)
            calendar.timeZone = TimeZone(identifier: rule.zone) ?? .gmt
            return (rule, calendar)
        }
    }

    /// `now` where a fax to that number may go now, else the moment at which its window opens next, by the clock on the
    /// wall in its zone: a time that daylight saving leaves out is the first moment after the gap, an hour that comes
    /// twice is open twice. nil when it does not open within 400 days.
    package func opens(number: FaxNumber, dialled: FaxNumber?, isBulk: Bool, now: UnixTime) -> UnixTime? {
        guard let (rule, calendar) = rules.first(where: { $0.rule.fits(number, dialled: dialled, isBulk: isBulk) })
        else { return now }
        let date = Date(timeIntervalSince1970: Double(now.milliseconds) / 1000)
        if isOpen(rule, calendar, date) { return now }
        guard let today = calendar.dateInterval(of: .day, for: date)?.start else { return nil }
        for offset in 0...400 {
            guard let day = calendar.date(byAdding: .day, value: offset, to: today),
                isSendingDay(rule, calendar, day) != nil
            else { continue }
            let starts = rule.periods.filter { $0.days.contains(weekday(calendar, day)) }.compactMap { period in
                WallClock(calendar: calendar).moment(day, seconds: period.from * 60)
            }
            if let start = starts.filter({ $0 > date }).min() {
                return UnixTime(milliseconds: Int64((start.timeIntervalSince1970 * 1000).rounded()))
            }
        }
        return nil
    }

    private func isOpen(_ rule: SendingRule, _ calendar: Calendar, _ date: Date) -> Bool {
        let clock = calendar.dateComponents([.hour, .minute], from: date)
        let minute = (clock.hour ?? 0) * 60 + (clock.minute ?? 0)
        let yesterday = calendar.date(byAdding: .day, value: -1, to: date) ?? date
        let today = isSendingDay(rule, calendar, date)
        let before = isSendingDay(rule, calendar, yesterday)
        return rule.periods.contains { period in
            let wraps = period.to <= period.from
            if let today, period.days.contains(today), minute >= period.from, wraps || minute < period.to {
                return true
            }
            // The hours after midnight belong to the day before, unless they fall on a holiday of their own.
            if wraps, today != nil, let before, period.days.contains(before), minute < period.to { return true }
            return false
        }
    }

    /// The day of the week, unless it is a holiday that counts.
    private func isSendingDay(_ rule: SendingRule, _ calendar: Calendar, _ date: Date) -> Weekday? {
        let day = calendar.dateComponents([.year, .month, .day], from: date)
        let isHoliday = holidays.contains { holiday in
            holiday.month == day.month && holiday.day == day.day && (holiday.year ?? day.year) == day.year
        }
        return isHoliday && !rule.holidays ? nil : weekday(calendar, date)
    }

    private func weekday(_ calendar: Calendar, _ date: Date) -> Weekday {
        // Foundation's week begins with Sunday as 1.
        Weekday(rawValue: (calendar.component(.weekday, from: date) + 5) % 7 + 1) ?? .monday
    }
}
