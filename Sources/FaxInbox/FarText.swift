import FaxModel

/// Text of the far end, or of anything that passed through it, made harmless for terminals, letters and lists.
enum FarText {
    /// Without control characters, line separators and bidirectional overrides; runs of blanks are one; at most 200
    /// characters.
    static func visible(_ text: String) -> String {
        var kept = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            if kept.count == 200 { break }
            let steers =
                (0x200B...0x200F).contains(scalar.value) || (0x2028...0x202E).contains(scalar.value)
                || (0x2066...0x2069).contains(scalar.value) || scalar.value == 0xFEFF
            if scalar.isControl || scalar == " " {
                if let last = kept.last, last != " " { kept.append(" ") }
            } else if !steers {
                kept.append(scalar)
            }
        }
        if kept.last == " " { kept.removeLast() }
        return String(kept)
    }
}
