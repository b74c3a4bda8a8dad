/// A text that exists only in the form that its one parser let through; coded as a plain string.
package protocol ParsedText: Hashable, Sendable, Codable, CustomStringConvertible {
    init(parsing text: String) throws(FaxError)
}

extension ParsedText {
    package init(from decoder: any Decoder) throws {
        try self.init(parsing: try decoder.singleValueContainer().decode(String.self))
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(description)
    }
}
