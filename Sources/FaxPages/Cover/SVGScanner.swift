import FaxModel

/// Takes an SVG file apart, so far as a template needs it: whether it is right in all else is for librsvg to say.
///
/// Refuses document type declarations: entities can read files and fill the memory, and no SVG needs them.
struct SVGScanner {
    private let bytes: [UInt8]
    private let name: String
    private var position = 0
    private var line = 1

    /// `name` is the file's, for messages.
    init(_ text: String, name: String) {
        bytes = Array(text.utf8)
        self.name = name
    }

    /// The next piece, nil at the end; all pieces' `raw` together are the file.
    mutating func next() throws(FaxError) -> SVGToken? {
        guard position < bytes.count else { return nil }
        let (start, first) = (position, line)
        let kind: SVGToken.Kind
        if bytes[position] != UInt8(ascii: "<") {
            skip { $0 != UInt8(ascii: "<") }
            kind = .text
        } else if take("<!--") {
            try skip(past: "-->", "the comment")
            kind = .note
        } else if take("<![CDATA[") {
            try skip(past: "]]>", "the CDATA")
            kind = .verbatim
        } else if take("<?") {
            try skip(past: "?>", "the processing instruction")
            kind = .note
        } else if take("<!") {
            throw problem("has a DOCTYPE or an ENTITY; take it out, an SVG needs none")
        } else if take("</") {
            let found = word()
            try skip(past: ">", "the tag </\(found)")
            kind = .end(name: found)
        } else {
            kind = .start(try tag())
        }
        return SVGToken(kind: kind, raw: String(decoding: bytes[start..<position], as: UTF8.self), line: first)
    }

    private mutating func tag() throws(FaxError) -> SVGTag {
        position += 1
        var tag = SVGTag(name: word())
        guard !tag.name.isEmpty else { throw problem("has a \"<\" that begins no tag; write &lt;") }
        while true {
            skip { $0 <= 0x20 }
            if take(">") { return tag }
            if take("/>") {
                tag.isEmpty = true
                return tag
            }
            let attribute = word()
            skip { $0 <= 0x20 }
            guard !attribute.isEmpty, take("=") else { throw problem("the tag <\(tag.name) is not well-formed") }
            skip { $0 <= 0x20 }
            guard position < bytes.count, [UInt8(ascii: "\""), UInt8(ascii: "'")].contains(bytes[position]) else {
                throw problem("the tag <\(tag.name) has an attribute without quotes")
            }
            let quote = bytes[position]
            position += 1
            let start = position
            skip { $0 != quote }
            guard position < bytes.count else { throw problem("the tag <\(tag.name) is not closed") }
            tag.attributes.append((attribute, String(decoding: bytes[start..<position], as: UTF8.self)))
            position += 1
        }
    }

    private mutating func word() -> String {
        let start = position
        let ends = Set("=/>\"'<".utf8)
        skip { $0 > 0x20 && !ends.contains($0) }
        return String(decoding: bytes[start..<position], as: UTF8.self)
    }

    private mutating func take(_ text: StaticString) -> Bool {
        let wanted = text.withUTF8Buffer { Array($0) }
        guard bytes[position...].starts(with: wanted) else { return false }
        position += wanted.count
        return true
    }

    private mutating func skip(while condition: (UInt8) -> Bool) {
        while position < bytes.count, condition(bytes[position]) {
            if bytes[position] == UInt8(ascii: "\n") { line += 1 }
            position += 1
        }
    }

    private mutating func skip(past end: StaticString, _ what: String) throws(FaxError) {
        let first = line
        while position < bytes.count {
            if take(end) { return }
            if bytes[position] == UInt8(ascii: "\n") { line += 1 }
            position += 1
        }
        throw FaxError(.configuration, "\(name):\(first): \(what) is not closed")
    }

    private func problem(_ text: String) -> FaxError { FaxError(.configuration, "\(name):\(line): \(text)") }
}
