/// When faxes to some numbers may be sent.
package struct SendingRule: Hashable, Sendable {
    /// Which jobs it is for.
    package enum Class: String, CaseIterable, Hashable, Sendable {
        case all
        /// Not of a broadcast.
        case normal
        case bulk
    }

    /// A stretch of some days, by the clock on the wall there.
    package struct Period: Hashable, Sendable {
        package var days: Set<Weekday>
        /// Minutes since midnight, 0 to 1439.
        package var from: Int
        /// 1 to 1440; at or before `from`: past midnight into the next day.
        package var to: Int

        package init(days: Set<Weekday>, from: Int, to: Int) {
            self.days = days
            self.from = from
            self.to = to
        }
    }

    /// Of the canonical number or the one that is dialled; none: all numbers.
    package var match: [DialPattern]
    package var jobs: Class
    /// A name of the time zone database.
    package var zone: String
    package var periods: [Period]
    /// Open on holidays too.
    package var holidays: Bool

    package init(match: [DialPattern], jobs: Class, zone: String, periods: [Period], holidays: Bool) {
        self.match = match
        self.jobs = jobs
        self.zone = zone
        self.periods = periods
        self.holidays = holidays
    }

    package func fits(_ number: FaxNumber, dialled: FaxNumber?, isBulk: Bool) -> Bool {
        guard jobs == .all || isBulk == (jobs == .bulk) else { return false }
        return match.isEmpty || match.contains { $0.matches(number) || $0.matches(dialled ?? number) }
    }
}

/// A day on which nothing is sent: `2026-12-25`, or `12-25` of every year.
package struct Holiday: ParsedText {
    /// nil: every year.
    package let year: Int?
    package let month: Int
    package let day: Int

    package init(parsing text: String) throws(FaxError) {
        let parts = text.split(separator: "-", omittingEmptySubsequences: false).map { Int($0) ?? 0 }
        let date = parts.suffix(2)
        let longest = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
        guard (2...3).contains(parts.count), let month = date.first, let day = date.last, (1...12).contains(month),
            (1...longest[month - 1]).contains(day), parts.count == 2 || (1970...9999).contains(parts[0])
        else { throw FaxError(.configuration, "must be a day like 2026-12-25 or 12-25, is \(quoted(text))") }
        year = parts.count == 3 ? parts[0] : nil
        self.month = month
        self.day = day
    }

    package var description: String {
        func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
        return (year.map { "\($0)-" } ?? "") + two(month) + "-" + two(day)
    }
}
