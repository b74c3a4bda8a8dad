import FaxModel
import Foundation

/// The one way into a header field: free text becomes printable ASCII that no reader takes for another field.
///
/// Control characters, line separators and bidirectional overrides become blanks, runs of blanks become one, and
/// whatever is not ASCII is written as encoded words (RFC 2047 §2: 75 characters each, lines of 76).
enum HeaderValue {
    /// The text as an unstructured value, folded; `column` is what already stands on the first line.
    static func text(_ text: String, after column: Int, newline: String) -> String {
        let clean = visible(text)
        let words = clean.split(separator: " ")
        // "=?" in plain text would be read as an encoded word; a word of more than 600 bytes can't be folded.
        guard clean.utf8.allSatisfy({ $0 < 127 }), !clean.contains("=?"), words.allSatisfy({ $0.utf8.count <= 600 })
        else { return encodedWords(clean, after: column, newline: newline) }
        return folded(words, after: column, newline: newline)
    }

    /// A display name before an address (RFC 5322 §3.4): quoted, or encoded words where it is not ASCII.
    static func phrase(_ text: String, after column: Int, newline: String) -> String {
        let clean = visible(text)
        guard clean.utf8.allSatisfy({ $0 < 127 }), !clean.contains("=?"), clean.utf8.count <= 600 else {
            return encodedWords(clean, after: column, newline: newline)
        }
        let escaped = clean.replacingOccurrences(of: "\\", with: "\\\\").replacingOccurrences(of: "\"", with: "\\\"")
        return "\"\(escaped)\""
    }

    /// The text without anything that steers a terminal, a mail reader or a header.
    static func visible(_ text: String) -> String {
        var scalars = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            let steers =
                scalar.isControl || (0x2028...0x202E).contains(scalar.value) || (0x2066...0x2069).contains(scalar.value)
            if steers || scalar == " " {
                if let last = scalars.last, last != " " { scalars.append(" ") }
            } else {
                scalars.append(scalar)
            }
        }
        if scalars.last == " " { scalars.removeLast() }
        return String(scalars)
    }

    private static func folded(_ words: [Substring], after column: Int, newline: String) -> String {
        var out = ""
        var width = column
        for word in words {
            if out.isEmpty {
                out += word
            } else if width + 1 + word.utf8.count > 76 {
                out += newline + " " + word
                width = 0
            } else {
                out += " " + word
            }
            width += 1 + word.utf8.count
        }
        return out
    }

    private static func encodedWords(_ text: String, after column: Int, newline: String) -> String {
        var words: [String] = []
        var bytes: [UInt8] = []
        // "=?UTF-8?B?" and "?=" take 12 of the 75; base64 makes 4 characters of 3 bytes.
        var room = max((76 - column - 12) / 4 * 3, 6)
        func flush() {
            words.append("=?UTF-8?B?\(Data(bytes).base64EncodedString())?=")
            bytes = []
            room = 45
        }
        for scalar in text.unicodeScalars {
            let next = Array(String(scalar).utf8)
            if bytes.count + next.count > room { flush() }
            bytes += next
        }
        if !bytes.isEmpty { flush() }
        return words.joined(separator: newline + " ")
    }
}
