import FaxModel

/// Texts as they cross the AGI pipes.
enum AGIText {
    /// Stands for a colon on its way through Asterisk (unit separator).
    static let hiddenColon: Unicode.Scalar = "\u{1F}"

    /// Undoes URIENCODE and makes the bytes a harmless text: invalid UTF-8 repaired, control characters made blanks, at
    /// most `limit` bytes, cut between characters. A broken `%` stays as it is.
    static func decode(_ encoded: some Collection<UInt8>, limit: Int, revealingColons: Bool = false) -> String {
        var bytes: [UInt8] = []
        var rest = Array(encoded)[...]
        while let byte = rest.popFirst() {
            if byte == UInt8(ascii: "%"), let high = rest.first.flatMap(hexDigit),
                let low = rest.dropFirst().first.flatMap(hexDigit)
            {
                bytes.append(high << 4 | low)
                rest = rest.dropFirst(2)
            } else {
                bytes.append(byte)
            }
        }
        var text = ""
        var length = 0
        for scalar in String(decoding: bytes, as: UTF8.self).unicodeScalars {
            let isColon = revealingColons && scalar == hiddenColon
            let kept: Unicode.Scalar = isColon ? ":" : scalar.isControl ? " " : scalar
            length += UTF8.width(kept)
            if length > limit { break }
            text.unicodeScalars.append(kept)
        }
        return text
    }

    /// The text as it may stand between double quotes of an AGI command: printable ASCII without `"`, `\` and `$`.
    static func quotable(_ text: String) -> String {
        var out = ""
        for scalar in text.unicodeScalars.prefix(400) {
            let harmless = (32...126).contains(scalar.value) && !"\"\\$".unicodeScalars.contains(scalar)
            out.unicodeScalars.append(harmless ? scalar : "'")
        }
        return out
    }
}
