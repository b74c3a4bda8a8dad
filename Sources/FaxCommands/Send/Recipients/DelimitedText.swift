/// Records of text between commas, semicolons or tabs (RFC 4180, and what spreadsheets make of it): fields in double
/// quotes may hold separators, line ends and doubled quotes.
struct DelimitedText {
    struct Record {
        /// Where it begins, from 1.
        var line: Int
        var fields: [String]
        /// What is wrong with its quotes, if anything.
        var problem: String?
    }

    /// Splits at `separator`; empty lines, and lines that begin with `#`, are left out.
    static func records(_ text: String, separator: UInt8) -> [Record] {
        var reader = DelimitedText(bytes: Array(text.utf8), separator: separator)
        var records: [Record] = []
        while let record = reader.next() {
            if record.fields.count > 1 || record.fields.first?.isEmpty == false || record.problem != nil {
                records.append(record)
            }
        }
        return records
    }

    private let bytes: [UInt8]
    private let separator: UInt8
    private var position = 0
    private var line = 1

    private init(bytes: [UInt8], separator: UInt8) {
        self.bytes = bytes
        self.separator = separator
    }

    private mutating func next() -> Record? {
        while position < bytes.count, bytes[position] == UInt8(ascii: "#") { skipLine() }
        guard position < bytes.count else { return nil }
        var record = Record(line: line, fields: [])
        repeat { record.fields.append(field(&record.problem)) } while take(separator)
        if position < bytes.count {
            // After a closing quote only a separator or the end of the line makes sense.
            if bytes[position] != UInt8(ascii: "\n") { record.problem = record.problem ?? "text after a closing quote" }
            skipLine()
        }
        return record
    }

    private mutating func field(_ problem: inout String?) -> String {
        var kept: [UInt8] = []
        while position < bytes.count, bytes[position] == UInt8(ascii: " ") { position += 1 }
        if take(UInt8(ascii: "\"")) {
            while position < bytes.count {
                if take(UInt8(ascii: "\"")) {
                    guard take(UInt8(ascii: "\"")) else {
                        while take(UInt8(ascii: " ")) || take(UInt8(ascii: "\r")) {}
                        return String(decoding: kept, as: UTF8.self)
                    }
                    kept.append(UInt8(ascii: "\""))
                } else {
                    if bytes[position] == UInt8(ascii: "\n") { line += 1 }
                    kept.append(bytes[position])
                    position += 1
                }
            }
            problem = "a quote is opened here and never closed"
            return String(decoding: kept, as: UTF8.self)
        }
        while position < bytes.count, bytes[position] != separator, bytes[position] != UInt8(ascii: "\n") {
            kept.append(bytes[position])
            position += 1
        }
        while let last = kept.last, last == UInt8(ascii: " ") || last == UInt8(ascii: "\r") { kept.removeLast() }
        return String(decoding: kept, as: UTF8.self)
    }

    private mutating func take(_ byte: UInt8) -> Bool {
        guard position < bytes.count, bytes[position] == byte else { return false }
        position += 1
        return true
    }

    private mutating func skipLine() {
        while position < bytes.count, bytes[position] != UInt8(ascii: "\n") { position += 1 }
        position += 1
        line += 1
    }
}
