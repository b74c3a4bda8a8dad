import FaxModel

/// Makes the pieces of a template from its text.
struct CoverTemplateParser {
    private let name: String
    private var scanner: SVGScanner
    private var pieces: [CoverTemplate.Piece] = []
    /// The elements that are open, the outermost first.
    private var open: [SVGTag] = []

    init(_ text: String, name: String) {
        self.name = name
        scanner = SVGScanner(text, name: name)
    }

    mutating func parse() throws(FaxError) -> [CoverTemplate.Piece] {
        var previous: SVGToken?
        var token = try scanner.next()
        var isSVG = false
        while let current = token {
            let next = try scanner.next()
            switch current.kind {
            case .note:
                try checkNote(current)
                pieces.append(.literal(current.raw))
            case .verbatim:
                try refusePlaceholders(current, "CDATA")
                try checkStyle(current)
                pieces.append(.literal(current.raw))
            case .start(let tag):
                if !isSVG, tag.localName != "svg" {
                    throw problem(current.line, "begins with <\(tag.name)>; a template is an SVG file")
                }
                isSVG = true
                try check(tag, current.line)
                pieces.append(.literal(current.raw))
                if !tag.isEmpty { open.append(tag) }
            case .end(let closed):
                guard open.popLast()?.name == closed else {
                    throw problem(current.line, "</\(closed)> closes what is not open")
                }
                pieces.append(.literal(current.raw))
            case .text: try addText(current, previous, next)
            }
            (previous, token) = (current, next)
        }
        guard isSVG else { throw problem(1, "is no SVG file") }
        if let left = open.last { throw FaxError(.configuration, "\(name): <\(left.name)> is not closed") }
        return pieces
    }

    private mutating func addText(_ token: SVGToken, _ previous: SVGToken?, _ next: SVGToken?) throws(FaxError) {
        if let outer = open.last?.localName, ["style", "script"].contains(outer) {
            try refusePlaceholders(token, "<\(outer)>")
            try checkStyle(token)
            pieces.append(.literal(token.raw))
            return
        }
        let parts = try split(token)
        let isBlank = { (piece: CoverTemplate.Piece) in
            if case .literal(let text) = piece { text.allSatisfy(\.isWhitespace) } else { false }
        }
        let told = parts.filter { !isBlank($0) }
        if told.count == 1, case .field(let placeholder) = told[0], case .start = previous?.kind,
            case .end = next?.kind,
            let block = try block(for: placeholder, token.line)
        {
            pieces.append(.block(placeholder, block))
        } else {
            pieces += parts
        }
    }

    /// The room for a placeholder that is all there is in an open `<text>`, or in a `<tspan>` of one; nil where it is a
    /// text of one line.
    private func block(for placeholder: CoverPlaceholder, _ line: Int) throws(FaxError) -> CoverBlock? {
        guard let start = open.lastIndex(where: { $0.localName == "text" }) else { return nil }
        // The innermost one that says it counts.
        func value(_ attribute: String) -> String? {
            open[start...].reversed().lazy.compactMap { $0.value(attribute) }.first
        }
        guard placeholder == .comments || value("data-wrap") != nil else { return nil }
        func number(_ attribute: String, _ usual: Int) throws(FaxError) -> Int {
            guard let text = value(attribute) else { return usual }
            guard let number = Int(text), (1...500).contains(number) else {
                throw problem(line, "\(attribute)=\(quoted(text)): must be a whole number from 1 to 500")
            }
            return number
        }
        // A drawing program may give each letter a place of its own: the first is where lines begin.
        let x = value("x")?.split { $0 == " " || $0 == "," }.first.map(String.init) ?? "0"
        guard x.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F && !"<>&\"'".utf8.contains($0) }) else {
            throw problem(line, "x=\(quoted(x)): must be a number")
        }
        return CoverBlock(
            x: x, columns: try number("data-wrap", CoverBlock.usualColumns),
            lines: try number("data-lines", CoverBlock.usualLines))
    }

    /// Text and placeholders in turn.
    private func split(_ token: SVGToken) throws(FaxError) -> [CoverTemplate.Piece] {
        var parts: [CoverTemplate.Piece] = []
        var rest = token.raw[...]
        var line = token.line
        while let mark = rest.firstRange(of: "${") {
            line += rest[..<mark.lowerBound].count(where: \.isNewline)
            guard let end = rest[mark.upperBound...].firstIndex(of: "}") else {
                throw problem(line, "${ is not closed by a } in the same text; a drawing program may have parted them")
            }
            let word = String(rest[mark.upperBound..<end])
            guard let placeholder = CoverPlaceholder(word) else {
                throw problem(line, "${\(plain(word))} is not known; there are \(CoverPlaceholder.list)")
            }
            if mark.lowerBound > rest.startIndex { parts.append(.literal(String(rest[..<mark.lowerBound]))) }
            parts.append(.field(placeholder))
            rest = rest[rest.index(after: end)...]
        }
        if !rest.isEmpty { parts.append(.literal(String(rest))) }
        return parts
    }

    private func check(_ tag: SVGTag, _ line: Int) throws(FaxError) {
        if let outside = SVGReferences.outside(of: tag) { throw problem(line, Self.refusal(outside)) }
        for (attribute, value) in tag.attributes where value.contains("${") {
            // What a program notes for itself, such as a layer's name, may quote the text.
            if attribute.contains(":"), !attribute.hasPrefix("xlink:"), !attribute.hasPrefix("xml:") { continue }
            throw problem(line, "${ stands in the attribute \(quoted(attribute)); only texts are filled in")
        }
    }

    private func checkNote(_ token: SVGToken) throws(FaxError) {
        let lower = token.raw.prefix(1000).lowercased()
        if lower.hasPrefix("<?xml-stylesheet") { throw problem(token.line, Self.refusal("a stylesheet")) }
        if lower.hasPrefix("<?xml "), let encoding = lower.firstRange(of: "encoding") {
            let value = lower[encoding.upperBound...].drop { "= \"'".contains($0) }
            if !value.hasPrefix("utf-8") { throw problem(token.line, "says that it isn't UTF-8; save it as UTF-8") }
        }
    }

    private func checkStyle(_ token: SVGToken) throws(FaxError) {
        guard open.last?.localName == "style" else { return }
        if let outside = SVGReferences.outside(ofStyle: token.raw) { throw problem(token.line, Self.refusal(outside)) }
    }

    private func refusePlaceholders(_ token: SVGToken, _ place: String) throws(FaxError) {
        guard let mark = token.raw.firstRange(of: "${") else { return }
        let line = token.line + token.raw[..<mark.lowerBound].count(where: \.isNewline)
        throw problem(line, "${ stands in \(place); only texts are filled in")
    }

    private static func refusal(_ outside: String) -> String {
        "takes \(quoted(outside, limit: 80)) from outside; a template is one file: embed it, pictures as data:"
    }

    private func plain(_ text: String) -> String { String(quoted(text, limit: 60).dropFirst().dropLast()) }

    private func problem(_ line: Int, _ text: String) -> FaxError {
        FaxError(.configuration, "\(name):\(line): \(text)")
    }
}
