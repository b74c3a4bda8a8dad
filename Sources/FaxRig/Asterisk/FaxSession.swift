/// A line of `fax show sessions` (res_fax.c).
package struct FaxSession: Hashable, Sendable {
    package var channel: String
    package var id: Int
    /// Audio or T.38.
    package var type: String
    /// send or receive.
    package var operation: String
    /// Uninitialized, Initialized, Open, Active, Complete and so on.
    package var state: String

    /// Reads the table: one line of heads, then a session a line, until the line of totals.
    static func parse(_ text: String) -> [FaxSession] {
        text.split(separator: "\n").compactMap { line in
            let words = line.split(separator: " ").map(String.init)
            guard words.count >= 6, let id = Int(words[2]) else { return nil }
            return FaxSession(channel: words[0], id: id, type: words[3], operation: words[4], state: words[5])
        }
    }

    /// Reads `name: value` lines.
    static func fields(_ text: String) -> [String: String] {
        var fields: [String: String] = [:]
        for line in text.split(separator: "\n") {
            let parts = line.split(separator: ":", maxSplits: 1)
            guard parts.count == 2 else { continue }
            fields[trimmed(parts[0])] = trimmed(parts[1])
        }
        return fields
    }

    private static func trimmed(_ text: Substring) -> String {
        var rest = text.drop { $0 == " " || $0 == "\t" }
        while rest.last == " " || rest.last == "\r" { rest.removeLast() }
        return String(rest)
    }
}
