package import FaxModel

/// A JSON text (RFC 8259), for programs that can't carry Foundation; numbers keep their digits.
package enum JSONValue: Hashable, Sendable {
    case null
    case bool(Bool)
    case number(String)
    case string(String)
    case array([JSONValue])
    case object([String: JSONValue])

    /// The longest text that is read, in bytes.
    package static let sizeLimit = 65536

    /// Reads exactly one value with nothing but white space around it; strict, at most 16 levels and 64 KiB.
    package init(parsing bytes: [UInt8]) throws(FaxError) {
        guard bytes.count <= Self.sizeLimit else { throw FaxError(.data, "JSON of more than \(Self.sizeLimit) bytes") }
        var parser = JSONParser(bytes)
        self = try parser.parseDocument()
    }

    /// One line, keys sorted, with a newline at its end.
    package var line: [UInt8] {
        var writer = JSONWriter()
        writer.write(self)
        return writer.bytes + [UInt8(ascii: "\n")]
    }

    /// A member of an object; nil where it is missing, null, or this is no object.
    package subscript(_ key: String) -> JSONValue? {
        guard case .object(let members) = self, let value = members[key], value != .null else { return nil }
        return value
    }

    package var string: String? { if case .string(let text) = self { text } else { nil } }

    /// The number as a whole one of that type; nil for a fraction, an exponent, or what does not fit.
    package func integer<T: FixedWidthInteger>(_ type: T.Type = T.self) -> T? {
        if case .number(let digits) = self { T(digits) } else { nil }
    }
}
