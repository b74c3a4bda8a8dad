/// Reads a call file as Asterisk does (pbx_spool.c, apply_outgoing): what it would take, and what it would pass over.
enum CallFileReader {
    /// Longest line that Asterisk takes, in bytes without its newline; its buffer has 1024.
    static let lineLimit = 1022

    enum Line: Hashable {
        case entry(number: Int, key: String, value: String)
        case ignored(number: Int, reason: String)
    }

    /// Every line that is not empty and not all comment.
    static func lines(of bytes: [UInt8]) -> [Line] {
        bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).enumerated().compactMap {
            line(Array($0.element), number: $0.offset + 1)
        }
    }

    private static func line(_ bytes: [UInt8], number: Int) -> Line? {
        guard bytes.count <= lineLimit else {
            return .ignored(number: number, reason: "longer than \(lineLimit) bytes")
        }
        // C ends a string at the first NUL.
        var rest = Array(bytes.prefix { $0 != 0 })
        cutHash(&rest)
        cutSemicolon(&rest)
        while let last = rest.last, last < 33 { rest.removeLast() }
        if rest.isEmpty { return nil }
        guard let colon = rest.firstIndex(of: UInt8(ascii: ":")) else {
            return .ignored(number: number, reason: "no ':'")
        }
        let key = String(decoding: rest[..<colon], as: UTF8.self)
        guard CallFileKey(key) != nil else { return .ignored(number: number, reason: "unknown key") }
        let value = String(decoding: rest[(colon + 1)...].drop { $0 < 33 }, as: UTF8.self)
        return .entry(number: number, key: key, value: value)
    }

    /// `#` begins a comment in column 0 and after a blank or a tab; nothing escapes it.
    private static func cutHash(_ bytes: inout [UInt8]) {
        for (index, byte) in bytes.enumerated() where byte == UInt8(ascii: "#") {
            if index == 0 || bytes[index - 1] == 32 || bytes[index - 1] == 9 {
                bytes.removeSubrange(index...)
                return
            }
        }
    }

    /// `;` begins a comment anywhere; a backslash before it is removed and saves it.
    private static func cutSemicolon(_ bytes: inout [UInt8]) {
        var index = 0
        while let found = bytes[min(index, bytes.count)...].firstIndex(of: UInt8(ascii: ";")) {
            guard found > 0, bytes[found - 1] == UInt8(ascii: "\\") else {
                bytes.removeSubrange(found...)
                return
            }
            bytes.remove(at: found - 1)
            // The C code steps over the character that moved into this place, whatever it is.
            index = found + 1
        }
    }
}
