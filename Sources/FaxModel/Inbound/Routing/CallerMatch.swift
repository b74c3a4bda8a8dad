/// Which calling numbers a rule is for: a number, a pattern of Asterisk's, or `anonymous`.
package struct CallerMatch: ParsedText {
    private enum Kind: Hashable {
        case anonymous
        case pattern(DialPattern)
    }

    private let kind: Kind
    package let description: String

    package init(parsing text: String) throws(FaxError) {
        description = text
        kind = text.lowercased() == "anonymous" ? .anonymous : .pattern(try DialPattern(parsing: text))
    }

    /// `number` as the call gives it; without a digit in it, it is nobody's.
    package func matches(_ number: String) -> Bool {
        guard number.utf8.contains(where: { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }) else {
            return kind == .anonymous
        }
        guard case .pattern(let pattern) = kind, let number = try? FaxNumber(parsing: number) else { return false }
        return pattern.matches(number)
    }
}
