import FaxModel
import Foundation

/// A timespec of at(1), read word by word.
struct TimeWords {
    private let text: String
    private let now: Date
    private var calendar = Calendar(identifier: .gregorian)
    private var words: [String] = []

    init(_ text: String, now: UnixTime, zone: TimeZone) {
        self.text = text
        self.now = Date(timeIntervalSince1970: Double(now.milliseconds) / 1000)
        calendar.timeZone = zone
        let spaced = text.lowercased().replacing("+", with: " + ").replacing(",", with: " ")
        words = spaced.split(whereSeparator: \.isWhitespace).map(String.init)
    }

    private func refusal(_ what: String) -> FaxError {
        FaxError(
            .usage, "time \(quoted(text)): \(what); write it like 'tomorrow 8:30', 'now + 2 hours' or 2026-11-24T18:30")
    }

    // ISO 8601

    /// nil where the text is no such date and time.
    func iso8601() throws(FaxError) -> UnixTime? {
        let halves = text.split(whereSeparator: { $0 == "T" || $0 == "t" }).map(String.init)
        guard halves.count == 2, let day = Self.day(halves[0]) else { return nil }
        var clock = halves[1]
        var offset: Int?
        if clock.hasSuffix("Z") || clock.hasSuffix("z") {
            offset = 0
            clock.removeLast()
        } else if let sign = clock.lastIndex(where: { $0 == "+" || $0 == "-" }) {
            let digits = clock[clock.index(after: sign)...].filter { $0 != ":" }
            guard digits.count == 4 || digits.count == 2, let number = Int(digits) else {
                throw refusal("its offset is not like +01:00")
            }
            let minutes = digits.count == 2 ? number * 60 : number / 100 * 60 + number % 100
            offset = (clock[sign] == "-" ? -60 : 60) * minutes
            clock = String(clock[..<sign])
        }
        let parts = clock.split(separator: ":", omittingEmptySubsequences: false).map { Int($0) }
        guard (2...3).contains(parts.count), let hour = parts[0], let minute = parts[1], let second = parts.last ?? 0,
            (0..<24).contains(hour), (0..<60).contains(minute), (0..<60).contains(second)
        else { throw refusal("its time of day is not like 18:30") }
        var calendar = calendar
        if let offset {
            guard let zone = TimeZone(secondsFromGMT: offset) else { throw refusal("there is no such offset") }
            calendar.timeZone = zone
        }
        let moment = try date(day, hour, minute, parts.count == 3 ? second : 0, calendar)
        return try notOver(moment)
    }

    /// `2026-11-24`.
    private static func day(_ text: String) -> DateComponents? {
        let parts = text.split(separator: "-", omittingEmptySubsequences: false)
        guard parts.count == 3, parts[0].count == 4, let year = Int(parts[0]), let month = Int(parts[1]),
            let day = Int(parts[2])
        else { return nil }
        return DateComponents(year: year, month: month, day: day)
    }

    // at(1)

    mutating func moment() throws(FaxError) -> UnixTime {
        guard !words.isEmpty else { throw refusal("it is empty") }
        if words.last == "utc" {
            calendar.timeZone = .gmt
            words.removeLast()
        }
        let increments = try increment()
        if words.first == "now" {
            words.removeFirst()
            guard words.isEmpty else { throw refusal("\(quoted(words[0])) is not understood") }
            return unix(try added(increments, to: now))
        }
        let clock = try timeOfDay()
        let day = try self.day()
        guard words.isEmpty else { throw refusal("\(quoted(words[0])) is not understood") }
        guard clock != nil || day != nil || !increments.isEmpty else { throw refusal("it is not understood") }
        let today = calendar.dateComponents([.year, .month, .day, .hour, .minute], from: now)
        // A day alone is the same time of day; an increment alone counts from now.
        guard let clock else {
            guard let day else { return unix(try added(increments, to: now)) }
            return try notOver(added(increments, to: date(day, today.hour ?? 0, today.minute ?? 0, 0, calendar)))
        }
        if let day { return try notOver(added(increments, to: date(day, clock.hour, clock.minute, 0, calendar))) }
        var moment = try date(today, clock.hour, clock.minute, 0, calendar)
        if moment <= now, let tomorrow = calendar.date(byAdding: .day, value: 1, to: now) {
            let next = calendar.dateComponents([.year, .month, .day], from: tomorrow)
            moment = try date(next, clock.hour, clock.minute, 0, calendar)
        }
        return unix(try added(increments, to: moment))
    }

    /// `+ 2 hours` or `next week` at the end.
    private mutating func increment() throws(FaxError) -> [(Calendar.Component, Int)] {
        if words.count >= 2, words[words.count - 2] == "next", let unit = Self.unit(words[words.count - 1]) {
            words.removeLast(2)
            return [Self.plain(unit, 1)]
        }
        guard let plus = words.firstIndex(of: "+") else { return [] }
        var rest = words[(plus + 1)...].map { $0 }
        if rest.count == 1 {
            // Like +90min.
            let digits = rest[0].prefix(while: \.isNumber)
            rest = [String(digits), String(rest[0].dropFirst(digits.count))]
        }
        words.removeSubrange(plus...)
        guard rest.count == 2, let count = Int(rest[0]), (0...100_000).contains(count), let unit = Self.unit(rest[1])
        else { throw refusal("after + comes a number and minutes, hours, days, weeks, months or years") }
        return [Self.plain(unit, count)]
    }

    private enum Unit: String { case minute, hour, day, week, month, year }

    private static func unit(_ word: String) -> Unit? {
        if word == "min" || word == "mins" { return .minute }
        return Unit(rawValue: word) ?? (word.hasSuffix("s") ? Unit(rawValue: String(word.dropLast())) : nil)
    }

    private static func plain(_ unit: Unit, _ count: Int) -> (Calendar.Component, Int) {
        switch unit {
        case .minute: (.minute, count)
        case .hour: (.hour, count)
        case .day: (.day, count)
        case .week: (.day, count * 7)
        case .month: (.month, count)
        case .year: (.year, count)
        }
    }

    private mutating func timeOfDay() throws(FaxError) -> (hour: Int, minute: Int)? {
        guard let first = words.first else { return nil }
        if let named = ["noon": (12, 0), "midnight": (0, 0), "teatime": (16, 0)][first] {
            words.removeFirst()
            return named
        }
        var digits = first
        var half: String?
        for suffix in ["am", "pm"] where digits.hasSuffix(suffix) {
            half = suffix
            digits.removeLast(2)
        }
        let parts = digits.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.allSatisfy({ (1...4).contains($0.count) && $0.allSatisfy(\.isNumber) }), parts.count <= 2,
            let number = Int(parts[0])
        else { return nil }
        let follows = words.count > 1 && half == nil && ["am", "pm"].contains(words[1])
        var clock: (hour: Int, minute: Int)
        if parts.count == 2 {
            guard parts[0].count <= 2, parts[1].count == 2, let minute = Int(parts[1]) else {
                throw refusal("a time of day is like 8:30")
            }
            clock = (number, minute)
        } else if parts[0].count >= 3 {
            clock = (number / 100, number % 100)
        } else if half != nil || follows {
            clock = (number, 0)
        } else {
            throw refusal("a time of day is like 8:30, 0830 or 8am")
        }
        words.removeFirst()
        if follows { half = words.removeFirst() }
        if half != nil {
            guard (1...12).contains(clock.hour) else { throw refusal("with am or pm an hour is 1 to 12") }
            clock.hour = clock.hour % 12 + (half == "pm" ? 12 : 0)
        }
        guard (0..<24).contains(clock.hour), (0..<60).contains(clock.minute) else {
            throw refusal("there is no such time of day")
        }
        return clock
    }

    private mutating func day() throws(FaxError) -> DateComponents? {
        guard let word = words.first else { return nil }
        let today = calendar.dateComponents([.year, .month, .day, .weekday], from: now)
        func after(_ days: Int) -> DateComponents {
            let date = calendar.date(byAdding: .day, value: days, to: now) ?? now
            return calendar.dateComponents([.year, .month, .day], from: date)
        }
        if word == "today" || word == "tomorrow" {
            words.removeFirst()
            return after(word == "today" ? 0 : 1)
        }
        if let weekday = Weekday(word) {
            words.removeFirst()
            let current = ((today.weekday ?? 1) + 5) % 7 + 1
            return after((weekday.rawValue - current + 6) % 7 + 1)
        }
        let months = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
        if word.count >= 3, word.allSatisfy(\.isLetter), let index = months.firstIndex(of: String(word.prefix(3))) {
            guard words.count > 1, let day = Int(words[1]) else { throw refusal("after a month comes its day") }
            words.removeFirst(2)
            var year: Int?
            if let next = words.first, next.count == 4, let number = Int(next) {
                year = number
                words.removeFirst()
            }
            return try yearOf(index + 1, day, year)
        }
        if let day = Self.day(word) {
            words.removeFirst()
            return day
        }
        for separator in ["/", "."] where word.contains(separator) {
            let numbers = word.split(separator: separator, omittingEmptySubsequences: false).map { Int($0) }
            guard numbers.count == 3, let first = numbers[0], let second = numbers[1], var year = numbers[2] else {
                throw refusal("a date is like 07/31/27, 31.07.27 or 2027-07-31")
            }
            if year < 100 { year += 2000 }
            words.removeFirst()
            return separator == "/"
                ? DateComponents(year: year, month: first, day: second)
                : DateComponents(year: year, month: second, day: first)
        }
        return nil
    }

    /// A day without a year is the next one of that name.
    private func yearOf(_ month: Int, _ day: Int, _ year: Int?) throws(FaxError) -> DateComponents {
        let today = calendar.dateComponents([.year, .month, .day], from: now)
        let isOver = (month, day) < (today.month ?? 1, today.day ?? 1)
        return DateComponents(year: year ?? (today.year ?? 2000) + (isOver ? 1 : 0), month: month, day: day)
    }

    // Reckoning

    private func date(
        _ day: DateComponents, _ hour: Int, _ minute: Int, _ second: Int, _ calendar: Calendar
    ) throws(FaxError) -> Date {
        var midday = DateComponents(year: day.year, month: day.month, day: day.day)
        midday.hour = 12
        guard (1970...9999).contains(day.year ?? 0), let middle = calendar.date(from: midday) else {
            throw refusal("there is no such day")
        }
        let real = calendar.dateComponents([.year, .month, .day], from: middle)
        guard real.month == day.month, real.day == day.day, real.year == day.year,
            let moment = WallClock(calendar: calendar).moment(middle, seconds: (hour * 60 + minute) * 60 + second)
        else { throw refusal("there is no such day") }
        return moment
    }

    private func added(_ increments: [(Calendar.Component, Int)], to date: Date) throws(FaxError) -> Date {
        var date = date
        for (component, count) in increments {
            guard let next = calendar.date(byAdding: component, value: count, to: date) else {
                throw refusal("it is too far away")
            }
            date = next
        }
        return date
    }

    private func notOver(_ date: Date) throws(FaxError) -> UnixTime {
        // The minute that is running counts.
        guard date > now.addingTimeInterval(-60) else { throw refusal("that is over") }
        return unix(date)
    }

    private func unix(_ date: Date) -> UnixTime {
        UnixTime(milliseconds: Int64((date.timeIntervalSince1970 * 1000).rounded()))
    }
}
