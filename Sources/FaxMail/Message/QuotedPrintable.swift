/// Text as RFC 2045 §6.7 wants it: lines of at most 76 ASCII characters, line breaks as the transport's own.
enum QuotedPrintable {
    /// Every kind of line break in `text` becomes `newline`; other control characters except tab become blanks.
    static func encode(_ text: String, newline: String) -> String {
        var out = ""
        // Unicode scalars, because CR LF is one Character.
        var line: [UInt8] = []
        var previous: Unicode.Scalar = " "
        for scalar in text.unicodeScalars {
            defer { previous = scalar }
            switch scalar {
            case "\r":
                out += encodeLine(line, newline: newline) + newline
                line = []
            case "\n":
                guard previous != "\r" else { continue }
                out += encodeLine(line, newline: newline) + newline
                line = []
            case "\t": line.append(9)
            default: line += scalar.isControlOfText ? [32] : Array(String(scalar).utf8)
            }
        }
        if !line.isEmpty { out += encodeLine(line, newline: newline) + newline }
        return out
    }

    private static func encodeLine(_ bytes: [UInt8], newline: String) -> String {
        var out = ""
        var width = 0
        for (index, byte) in bytes.enumerated() {
            let last = index == bytes.count - 1
            let plain = (33...126).contains(byte) && byte != UInt8(ascii: "=")
            // A blank at the end of a line does not survive every relay.
            let piece =
                plain || ((byte == 32 || byte == 9) && !last) ? String(UnicodeScalar(byte)) : escape(byte)
            if width + piece.utf8.count > 75 {
                out += "=" + newline
                width = 0
            }
            out += piece
            width += piece.utf8.count
        }
        return out
    }

    private static func escape(_ byte: UInt8) -> String {
        let hex = String(byte, radix: 16, uppercase: true)
        return hex.count == 1 ? "=0\(hex)" : "=\(hex)"
    }
}

extension Unicode.Scalar {
    fileprivate var isControlOfText: Bool { value < 32 || (127...159).contains(value) }
}
