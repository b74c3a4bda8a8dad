import FaxModel

/// A strict reader of RFC 8259: no duplicate keys, no lone surrogates, no invalid UTF-8, bounded depth.
struct JSONParser {
    private let bytes: [UInt8]
    private var position = 0
    private static let depthLimit = 16

    init(_ bytes: [UInt8]) { self.bytes = bytes }

    mutating func parseDocument() throws(FaxError) -> JSONValue {
        let value = try parseValue(depth: 0)
        skipBlanks()
        guard position == bytes.count else { throw wrong("something after the end") }
        return value
    }

    private func wrong(_ what: String) -> FaxError { FaxError(.data, "not JSON: \(what) at byte \(position)") }

    private var next: UInt8? { position < bytes.count ? bytes[position] : nil }

    private mutating func skipBlanks() {
        while let byte = next, byte == 32 || byte == 10 || byte == 13 || byte == 9 { position += 1 }
    }

    private mutating func take(_ character: Unicode.Scalar) -> Bool {
        guard next == UInt8(ascii: character) else { return false }
        position += 1
        return true
    }

    private mutating func parseValue(depth: Int) throws(FaxError) -> JSONValue {
        guard depth < Self.depthLimit else { throw wrong("more than \(Self.depthLimit) levels") }
        skipBlanks()
        guard let next else { throw wrong("no value") }
        switch next {
        case UInt8(ascii: "{"): return try parseObject(depth: depth)
        case UInt8(ascii: "["): return try parseArray(depth: depth)
        case UInt8(ascii: "\""): return .string(try parseString())
        case UInt8(ascii: "t"): return try parseWord("true", .bool(true))
        case UInt8(ascii: "f"): return try parseWord("false", .bool(false))
        case UInt8(ascii: "n"): return try parseWord("null", .null)
        case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): return .number(try parseNumber())
        default: throw wrong("no value")
        }
    }

    private mutating func parseWord(_ word: String, _ value: JSONValue) throws(FaxError) -> JSONValue {
        guard bytes[position...].starts(with: word.utf8) else { throw wrong("an unknown word") }
        position += word.utf8.count
        return value
    }

    private mutating func parseObject(depth: Int) throws(FaxError) -> JSONValue {
        position += 1
        var members: [String: JSONValue] = [:]
        skipBlanks()
        if take("}") { return .object(members) }
        while true {
            skipBlanks()
            guard next == UInt8(ascii: "\"") else { throw wrong("no key") }
            let key = try parseString()
            skipBlanks()
            guard take(":") else { throw wrong("no ':'") }
            let value = try parseValue(depth: depth + 1)
            guard members.updateValue(value, forKey: key) == nil else { throw wrong("key \(quoted(key)) twice") }
            skipBlanks()
            if take(",") { continue }
            guard take("}") else { throw wrong("no '}'") }
            return .object(members)
        }
    }

    private mutating func parseArray(depth: Int) throws(FaxError) -> JSONValue {
        position += 1
        var items: [JSONValue] = []
        skipBlanks()
        if take("]") { return .array(items) }
        while true {
            items.append(try parseValue(depth: depth + 1))
            skipBlanks()
            if take(",") { continue }
            guard take("]") else { throw wrong("no ']'") }
            return .array(items)
        }
    }

    private mutating func parseNumber() throws(FaxError) -> String {
        let start = position
        _ = take("-")
        if !take("0") { try parseDigits() }
        if take(".") { try parseDigits() }
        if take("e") || take("E") {
            if !take("+") { _ = take("-") }
            try parseDigits()
        }
        return String(decoding: bytes[start..<position], as: UTF8.self)
    }

    private mutating func parseDigits() throws(FaxError) {
        let start = position
        while let byte = next, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) { position += 1 }
        guard position > start else { throw wrong("no digit") }
    }

    private mutating func parseString() throws(FaxError) -> String {
        position += 1
        var text: [UInt8] = []
        while let byte = next {
            position += 1
            switch byte {
            case UInt8(ascii: "\""):
                guard let string = String(validating: text, as: UTF8.self) else { throw wrong("invalid UTF-8") }
                return string
            case UInt8(ascii: "\\"): text += try parseEscape()
            case 0..<32: throw wrong("a control character")
            default: text.append(byte)
            }
        }
        throw wrong("a string without an end")
    }

    private mutating func parseEscape() throws(FaxError) -> [UInt8] {
        guard let byte = next else { throw wrong("a string without an end") }
        position += 1
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): return [byte]
        case UInt8(ascii: "b"): return [8]
        case UInt8(ascii: "f"): return [12]
        case UInt8(ascii: "n"): return [10]
        case UInt8(ascii: "r"): return [13]
        case UInt8(ascii: "t"): return [9]
        case UInt8(ascii: "u"):
            var value = try parseHex()
            if (0xD800..<0xDC00).contains(value) {
                guard take("\\"), take("u") else { throw wrong("half a surrogate pair") }
                let low = try parseHex()
                guard (0xDC00..<0xE000).contains(low) else { throw wrong("half a surrogate pair") }
                value = 0x10000 + (value - 0xD800) << 10 + (low - 0xDC00)
            }
            guard let scalar = Unicode.Scalar(value) else { throw wrong("half a surrogate pair") }
            return Array(String(Character(scalar)).utf8)
        default: throw wrong("an unknown escape")
        }
    }

    private mutating func parseHex() throws(FaxError) -> UInt32 {
        guard position + 4 <= bytes.count else { throw wrong("a short \\u") }
        var value: UInt32 = 0
        for byte in bytes[position..<position + 4] {
            guard let digit = hexDigit(byte) else { throw wrong("a bad \\u") }
            value = value << 4 | UInt32(digit)
        }
        position += 4
        return value
    }
}

/// 0 to 15, or nil where the byte is no hexadecimal digit.
func hexDigit(_ byte: UInt8) -> UInt8? {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
    case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - UInt8(ascii: "a") + 10
    case UInt8(ascii: "A")...UInt8(ascii: "F"): byte - UInt8(ascii: "A") + 10
    default: nil
    }
}
