/// A day of the week, as ISO 8601 counts them.
package enum Weekday: Int, CaseIterable, Hashable, Sendable, Codable {
    case monday = 1
    case tuesday, wednesday, thursday, friday, saturday, sunday

    /// Full or its first three letters, in any case.
    package init?(_ word: some StringProtocol) {
        let names = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
        let word = word.lowercased()
        guard let index = names.firstIndex(where: { $0 == word || $0.prefix(3) == word }) else { return nil }
        self.init(rawValue: index + 1)
    }
}

/// Days of the week as the settings write them: `mon-fri`, `sat,sun`, `all`.
package struct Weekdays: ParsedText {
    package let days: Set<Weekday>
    package let description: String

    package init(parsing text: String) throws(FaxError) {
        var days: Set<Weekday> = []
        for part in text.lowercased().filter({ $0 != " " }).split(separator: ",", omittingEmptySubsequences: false) {
            let ends = part.split(separator: "-", omittingEmptySubsequences: false).map { Weekday($0) }
            if part == "all" {
                days.formUnion(Weekday.allCases)
            } else if ends.count == 1, let day = ends[0] {
                days.insert(day)
            } else if ends.count == 2, let first = ends[0], let last = ends[1] {
                // fri-mon goes round the end of the week.
                var day = first.rawValue
                while true {
                    if let day = Weekday(rawValue: day) { days.insert(day) }
                    if day == last.rawValue { break }
                    day = day % 7 + 1
                }
            } else {
                throw FaxError(.configuration, "must be days like mon-fri or sat,sun, is \(quoted(text))")
            }
        }
        self.days = days
        description = text
    }
}
