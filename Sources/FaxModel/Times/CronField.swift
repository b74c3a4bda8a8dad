/// One of the five fields of a cron expression.
enum CronField: CaseIterable {
    case minute, hour, day, month, weekday

    var name: String {
        switch self {
        case .minute: "minute"
        case .hour: "hour"
        case .day: "day of the month"
        case .month: "month"
        case .weekday: "day of the week"
        }
    }

    var range: ClosedRange<Int> {
        switch self {
        case .minute: 0...59
        case .hour: 0...23
        case .day: 1...31
        case .month: 1...12
        // Sunday is 0 and 7, as in every cron.
        case .weekday: 0...7
        }
    }

    /// The values of a field: `*`, numbers, names, ranges, each with a step if wanted, and lists of them.
    func values(_ text: Substring) throws(FaxError) -> Set<Int> {
        var values: Set<Int> = []
        for item in text.split(separator: ",", omittingEmptySubsequences: false) {
            let parts = item.split(separator: "/", omittingEmptySubsequences: false)
            let isRange = parts[0] == "*" || parts[0].contains("-")
            guard (1...2).contains(parts.count), parts.count == 1 || isRange else { throw wrong(item) }
            let step = try parts.count == 2 ? positive(parts[1]) : 1
            let whole = self == .weekday ? 0...6 : range
            let span = parts[0] == "*" ? whole : try self.span(parts[0])
            for value in stride(from: span.lowerBound, through: span.upperBound, by: step) {
                values.insert(self == .weekday ? value % 7 : value)
            }
        }
        return values
    }

    private func span(_ text: Substring) throws(FaxError) -> ClosedRange<Int> {
        let ends = text.split(separator: "-", omittingEmptySubsequences: false)
        guard let first = ends.first, let last = ends.last, (1...2).contains(ends.count) else { throw wrong(text) }
        let from = try value(first)
        var to = try value(last)
        // fri-sun: a Sunday that ends a range is the seventh day.
        if self == .weekday, ends.count == 2, to == 0 { to = 7 }
        guard from <= to else {
            throw FaxError(.configuration, "\(name) \(quoted(String(text))): the range ends before it begins")
        }
        return from...to
    }

    private func value(_ text: Substring) throws(FaxError) -> Int {
        let word = text.lowercased()
        switch self {
        case .month: if let index = Self.months.firstIndex(of: word) { return index + 1 }
        case .weekday: if let index = Self.days.firstIndex(of: word) { return index }
        default: break
        }
        guard let number = number(text), range.contains(number) else { throw wrong(text) }
        return number
    }

    private func positive(_ text: Substring) throws(FaxError) -> Int {
        guard let number = number(text), number > 0 else {
            throw FaxError(.configuration, "\(name): a step must be a number above 0, is \(quoted(String(text)))")
        }
        return number
    }

    private func number(_ text: Substring) -> Int? {
        text.utf8.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) } ? Int(text) : nil
    }

    private func wrong(_ text: Substring) -> FaxError {
        FaxError(
            .configuration,
            "\(name): must be *, a number from \(range.lowerBound) to \(range.upperBound)"
                + (self == .month ? " or jan to dec" : self == .weekday ? " or sun to sat" : "")
                + ", a range or a list, with /step after * or a range; is \(quoted(String(text)))")
    }

    private static let months = [
        "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
    ]
    private static let days = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"]
}
