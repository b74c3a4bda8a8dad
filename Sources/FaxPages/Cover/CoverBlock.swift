/// Where a template has room for a text of several lines, and how the text is broken to fit.
struct CoverBlock: Hashable {
    /// Where each line begins, in the units of the template.
    var x: String
    /// Letters a line, at most; those of East Asia count twice.
    var columns: Int
    /// The rest is cut, and its place shown by "…".
    var lines: Int

    static let usualColumns = 60
    static let usualLines = 12

    /// The text in lines: broken at blanks, and within a word only where the word is longer than a line.
    func wrapped(_ text: String) -> [String] {
        var out: [String] = []
        for paragraph in text.split(separator: "\n", omittingEmptySubsequences: false) {
            // What is beyond the last line is cut anyway: a text without end isn't worth the time.
            guard out.count <= lines else { break }
            append(paragraph, to: &out)
        }
        while let last = out.last, last.isEmpty { out.removeLast() }
        if out.count > lines {
            out.removeSubrange(lines...)
            out[lines - 1] = shortened(out[lines - 1])
        }
        return out
    }

    private func append(_ paragraph: Substring, to out: inout [String]) {
        var line = ""
        var used = 0
        for word in paragraph.split(separator: " ") {
            let width = word.reduce(0) { $0 + $1.columns }
            if used > 0, used + 1 + width <= columns {
                line += " " + word
                used += 1 + width
                continue
            }
            if used > 0 { out.append(line) }
            (line, used) = ("", 0)
            for letter in word {
                if used > 0, used + letter.columns > columns {
                    out.append(line)
                    guard out.count <= lines else { return }
                    (line, used) = ("", 0)
                }
                line.append(letter)
                used += letter.columns
            }
        }
        out.append(line)
    }

    private func shortened(_ line: String) -> String {
        var kept = line
        while kept.reduce(0, { $0 + $1.columns }) >= columns, !kept.isEmpty { kept.removeLast() }
        while kept.last == " " { kept.removeLast() }
        return kept + "…"
    }
}

extension Character {
    /// The letters of East Asia are as wide as two others (Unicode's UAX #11, roughly).
    fileprivate var columns: Int {
        switch unicodeScalars.first?.value ?? 0 {
        case 0x1100...0x115F, 0x2E80...0xA4CF, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE30...0xFE6F, 0xFF00...0xFF60,
            0xFFE0...0xFFE6, 0x1F300...0x1FAFF, 0x20000...0x3FFFD:
            2
        default: 1
        }
    }
}
