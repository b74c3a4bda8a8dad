package import FaxModel
import Foundation

/// The moments of a cron expression, by the clock on the wall of a zone.
///
/// A time that daylight saving leaves out is due once, at the change; one that comes twice is due the first time alone.
/// Where it is due in every hour the runs follow each other as time passes: the change leaves no hole and makes no heap,
/// only the clock skips or repeats what it shows. (So does Vixie's cron.)
package struct CronClock: Sendable {
    private let expression: CronExpression
    private let calendar: Calendar

    package init(_ expression: CronExpression, zone: String) {
        self.expression = expression
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = TimeZone(identifier: zone) ?? .gmt
        self.calendar = calendar
    }

    /// The first moment after `moment`; nil where there is none in the next nine years.
    package func next(after moment: UnixTime) -> UnixTime? {
        var found: UnixTime?
        forEachDay(from: moment, days: 9 * 366) { moments in
            found = moments.first { $0 > moment }
            return found == nil
        }
        return found
    }

    /// All moments after `start` up to `end`, oldest first.
    package func moments(after start: UnixTime, upTo end: UnixTime) -> [UnixTime] {
        guard start < end else { return [] }
        var found: [UnixTime] = []
        forEachDay(from: start, days: Int.max) { moments in
            found += moments.filter { $0 > start && $0 <= end }
            return true
        } while: {
            $0 <= end
        }
        return found
    }

    private func forEachDay(
        from start: UnixTime, days: Int, _ body: ([UnixTime]) -> Bool,
        while goesOn: (UnixTime) -> Bool = { _ in true }
    ) {
        var day = calendar.dateInterval(of: .day, for: Date(timeIntervalSince1970: Double(start.seconds)))
        var count = 0
        while let interval = day, count < days, goesOn(UnixTime(interval.start)) {
            guard body(moments(of: interval)) else { return }
            day = calendar.dateInterval(of: .day, for: interval.end)
            count += 1
        }
    }

    /// Those of one day, in order.
    private func moments(of day: DateInterval) -> [UnixTime] {
        let parts = calendar.dateComponents([.month, .day, .weekday], from: day.start)
        guard expression.fits(month: parts.month ?? 0, day: parts.day ?? 0, weekday: (parts.weekday ?? 1) - 1)
        else { return [] }
        let clock = DayClock(day, calendar)
        let times = expression.hours.flatMap { hour in expression.minutes.map { hour * 3600 + $0 * 60 } }
        return Set(times.flatMap { expression.isEveryHour ? clock.all($0) : [clock.first($0)] })
            .map(UnixTime.init(seconds:)).sorted()
    }
}

/// What the clock on the wall shows on one day. (Two changes on one day are unknown to the database.)
private struct DayClock {
    /// In seconds since 1970.
    private let start: Int64
    private let end: Int64
    /// What the clock shows when the day begins: one o'clock where the change is at midnight.
    private let firstShown: Int
    /// The daylight saving change; after the day where there is none.
    private let change: Int64
    /// Seconds by which the clock is set forward then.
    private let forward: Int64

    init(_ day: DateInterval, _ calendar: Calendar) {
        let zone = calendar.timeZone
        let shown = calendar.dateComponents([.hour, .minute, .second], from: day.start)
        start = UnixTime(day.start).seconds
        end = UnixTime(day.end).seconds
        firstShown = (shown.hour ?? 0) * 3600 + (shown.minute ?? 0) * 60 + (shown.second ?? 0)
        if let next = zone.nextDaylightSavingTimeTransition(after: day.start), next < day.end {
            change = UnixTime(next).seconds
            forward = Int64(zone.secondsFromGMT(for: next) - zone.secondsFromGMT(for: day.start))
        } else {
            change = end
            forward = 0
        }
    }

    /// The first moment at which it shows that many seconds since midnight, or more.
    func first(_ seconds: Int) -> Int64 {
        let plain = start + Int64(max(0, seconds - firstShown))
        return plain < change ? plain : max(change, plain - forward)
    }

    /// Every moment at which it shows exactly that.
    func all(_ seconds: Int) -> [Int64] {
        guard seconds >= firstShown else { return [] }
        let plain = start + Int64(seconds - firstShown)
        let before = plain < change ? [plain] : []
        let later = plain - forward
        return before + (later >= change && later < end ? [later] : [])
    }
}

extension UnixTime {
    fileprivate init(_ date: Date) { self.init(seconds: Int64(date.timeIntervalSince1970.rounded(.down))) }
}
