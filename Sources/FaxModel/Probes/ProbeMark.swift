/// What one run of a probe calls itself: 14 digits, by which the receiving side knows it whatever becomes of the
/// caller's number on the way.
///
/// The station id has them after a word. Only the digits count when it is looked for: they are what T.30 Table 3 knows,
/// and what machines and gateways that drop letters or blanks let through.
package struct ProbeMark: ParsedText {
    package let digits: String

    package init(random: UInt64) {
        let text = String(random % 100_000_000_000_000)
        digits = String(repeating: "0", count: Self.length - text.count) + text
    }

    package init(parsing text: String) throws(FaxError) {
        guard text.utf8.count == Self.length, text.utf8.allSatisfy(Self.isDigit) else {
            throw FaxError(.data, "\(quoted(text)) is not the mark of a probe's run")
        }
        digits = text
    }

    package var description: String { digits }

    /// 20 characters, as many as there may be.
    package var station: String { "PROBE \(digits)" }

    /// Whether a station id that came out at the far end is this one.
    package func isIn(_ text: String) -> Bool {
        String(decoding: text.utf8.filter(Self.isDigit), as: UTF8.self).contains(digits)
    }

    private static let length = 14

    private static func isDigit(_ byte: UInt8) -> Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) }
}
