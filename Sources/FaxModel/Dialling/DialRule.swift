/// What is dialled instead of a number that fits a pattern.
package struct DialRule: Hashable, Sendable {
    package enum Action: Hashable, Sendable {
        /// The first `strip` symbols go (a `+` is one), `prefix` comes before the rest.
        case rewrite(strip: Int, prefix: String)
        case refuse
    }

    /// Held against the canonical form when it begins with `+`, else against the number as typed.
    package var pattern: DialPattern
    package var action: Action

    /// Throws `FaxError.usage` for a prefix that can't be dialled.
    package init(_ pattern: DialPattern, _ action: Action) throws(FaxError) {
        if case .rewrite(_, let prefix) = action, !prefix.isEmpty {
            // Whatever begins a number is a number with a digit behind it.
            guard try FaxNumber(parsing: prefix + "0").digits == prefix + "0" else {
                throw FaxError(.usage, "prefix \(quoted(prefix)): only digits, '*', '#' and a leading '+'")
            }
        }
        self.pattern = pattern
        self.action = action
    }

    /// What is dialled for `number`, which fits the pattern; nil when the rule refuses.
    func rewritten(_ number: FaxNumber) throws(FaxError) -> FaxNumber? {
        guard case .rewrite(let strip, let prefix) = action else { return nil }
        return try FaxNumber(parsing: prefix + String(number.digits.dropFirst(strip)))
    }
}
