/// Which dialled numbers a route is for. Numbers are compared digit by digit, as the dialplan gives them.
package enum DialledMatch: Hashable, Sendable {
    case exact(String)
    /// Every number that begins so.
    case prefix(String)
    /// Numbers of one length from the first to the last, both included.
    case range(String, String)

    /// From `5550200-5550299`; a `+` stands before both or before none.
    package static func range(parsing text: String) throws(FaxError) -> DialledMatch {
        let ends = text.filter { $0 != " " }.split(separator: "-", omittingEmptySubsequences: false).map(String.init)
        guard ends.count == 2, let first = ends.first, let last = ends.last, first.utf8.count == last.utf8.count,
            first.first == "+" ? last.first == "+" : last.first != "+", isNumber(first), isNumber(last), first <= last
        else {
            throw FaxError(
                .configuration, "must be two numbers of one length like 5550200-5550299, is \(quoted(text))")
        }
        return .range(first, last)
    }

    package func matches(_ number: String) -> Bool {
        switch self {
        case .exact(let text): number == text
        case .prefix(let text): number.hasPrefix(text)
        case .range(let first, let last):
            number.utf8.count == first.utf8.count && first <= number && number <= last && Self.isNumber(number)
                && (first.first == "+") == (number.first == "+")
        }
    }

    /// Exact before the longest prefix before the narrowest range: the larger goes first.
    package var rank: Int {
        switch self {
        case .exact: 3000
        case .prefix(let text): 2000 + min(text.utf8.count, 900)
        case .range(let first, let last):
            // The more digits the ends share, the narrower it is.
            1000 + zip(first.utf8, last.utf8).prefix { $0 == $1 }.count
        }
    }

    private static func isNumber(_ text: String) -> Bool {
        let digits = text.utf8.first == UInt8(ascii: "+") ? text.utf8.dropFirst() : text.utf8[...]
        return !digits.isEmpty && digits.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
    }
}

extension DialledMatch: CustomStringConvertible {
    package var description: String {
        switch self {
        case .exact(let text): "number \(text)"
        case .prefix(let text): "prefix \(text)"
        case .range(let first, let last): "range \(first)-\(last)"
        }
    }
}
