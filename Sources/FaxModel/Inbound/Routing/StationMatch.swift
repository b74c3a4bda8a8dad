/// Which station ids a rule is for: `*` stands for any letters, `?` for one; case and runs of blanks don't count.
package struct StationMatch: ParsedText {
    private let pattern: [Character]
    package let description: String

    package init(parsing text: String) throws(FaxError) {
        pattern = Self.folded(text)
        guard !pattern.isEmpty, text.utf8.count <= 80 else {
            throw FaxError(.configuration, "must be a station id, '*' and '?' stand for others, is \(quoted(text))")
        }
        description = text
    }

    package func matches(_ station: String) -> Bool {
        let text = Self.folded(station)
        var (at, place, star, resume) = (0, 0, -1, 0)
        while at < text.count {
            if place < pattern.count, pattern[place] == "*" {
                star = place
                resume = at
                place += 1
            } else if place < pattern.count, pattern[place] == "?" || pattern[place] == text[at] {
                at += 1
                place += 1
            } else if star >= 0 {
                // The last star takes one letter more.
                resume += 1
                at = resume
                place = star + 1
            } else {
                return false
            }
        }
        return pattern[place...].allSatisfy { $0 == "*" }
    }

    private static func folded(_ text: String) -> [Character] {
        Array(text.lowercased().split(separator: " ").joined(separator: " "))
    }
}
