/// The lines of a plain list that hold something, each with its number in the file from 1: without blanks around them
/// and without what follows a `#` at the beginning of a line or after a blank.
struct NumberLines: Sequence, IteratorProtocol {
    private var rest: Substring.UTF8View
    private var line = 0
    private var atEnd = false

    init(_ text: String) { rest = text[...].utf8 }

    mutating func next() -> (line: Int, text: String)? {
        while !atEnd {
            let end = rest.firstIndex(of: UInt8(ascii: "\n"))
            let found = rest[..<(end ?? rest.endIndex)]
            line += 1
            if let end { rest = rest[rest.index(after: end)...] } else { atEnd = true }
            let text = Self.content(found)
            if !text.isEmpty { return (line, text) }
        }
        return nil
    }

    private static func content(_ line: Substring.UTF8View) -> String {
        var kept: [UInt8] = []
        for byte in line {
            if byte == UInt8(ascii: "#"), kept.last.map(isBlank) ?? true { break }
            if kept.isEmpty, isBlank(byte) { continue }
            kept.append(byte)
        }
        while let last = kept.last, isBlank(last) { kept.removeLast() }
        return String(decoding: kept, as: UTF8.self)
    }

    private static func isBlank(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") || byte == UInt8(ascii: "\r")
    }
}
