/// A number to dial or that was dialled: an optional `+`, then 1 to 32 of `0-9`, `*` and `#`.
///
/// The only form in which a number reaches a call file, a dialplan or a file name.
package struct FaxNumber: ParsedText {
    package let digits: String

    /// Accepts what people type: blanks, `(`, `)`, `-`, `.` and `/` between digits are dropped.
    package init(parsing text: String) throws(FaxError) {
        var kept = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "0"..."9", "*", "#": kept.unicodeScalars.append(scalar)
            case "+" where kept.isEmpty: kept.unicodeScalars.append(scalar)
            case " ", "(", ")": continue
            case "-", ".", "/": if kept.isEmpty { fallthrough }
            default:
                throw FaxError(
                    .usage,
                    "number \(quoted(text)): \(quoted(String(scalar))) can't be dialled; use digits, '+', '*' and '#'")
            }
        }
        let dialled = kept.first == "+" ? kept.count - 1 : kept.count
        guard kept.first != "#" else {
            throw FaxError(.usage, "number \(quoted(text)): a call file can't carry one that begins with '#'")
        }
        guard kept.contains(where: \.isNumber) else { throw FaxError(.usage, "number \(quoted(text)): no digit in it") }
        guard dialled <= 32 else { throw FaxError(.usage, "number \(quoted(text)): more than 32 digits") }
        digits = kept
    }

    package var description: String { digits }
}
