package import FaxModel

/// An SVG file with `${…}` in its texts, to be filled in for each recipient.
package struct CoverTemplate: Hashable, Sendable {
    enum Piece: Hashable {
        case literal(String)
        case field(CoverPlaceholder)
        /// A text of several lines.
        case block(CoverPlaceholder, CoverBlock)
    }

    /// The path, for messages.
    package let name: String
    let pieces: [Piece]

    /// Reads a template from its text.
    ///
    /// Fails with one line that begins with the name and the line number for: a placeholder that there isn't or that
    /// stands where nothing is filled in, a DOCTYPE or ENTITY, a reference to another file, tags that aren't closed,
    /// and what is no SVG.
    package init(parsing text: String, name: String) throws(FaxError) {
        var parser = CoverTemplateParser(text, name: name)
        self.name = name
        pieces = try parser.parse()
    }

    /// What the template wants to know.
    package var placeholders: Set<CoverPlaceholder> {
        Set(
            pieces.compactMap { piece in
                switch piece {
                case .literal: nil
                case .field(let placeholder), .block(let placeholder, _): placeholder
                }
            })
    }

    /// The SVG with every placeholder filled in. No line end is added, so a line number of it is the template's.
    func filled(with fields: CoverFields) -> String {
        var out = ""
        for piece in pieces {
            switch piece {
            case .literal(let text): out += text
            case .field(let placeholder):
                let words = fields.text(placeholder).split(whereSeparator: \.isNewline)
                out += Self.escaped(words.joined(separator: " "))
            case .block(let placeholder, let block):
                // An empty line has no letters to be moved: the next one makes its step too.
                var step = 0
                for line in block.wrapped(fields.text(placeholder)) {
                    if !line.isEmpty {
                        out += "<tspan x=\"\(block.x)\" dy=\"\(step * 13 / 10).\(step * 13 % 10)em\">"
                        out += Self.escaped(line) + "</tspan>"
                        step = 0
                    }
                    step += 1
                }
            }
        }
        return out
    }

    private static func escaped(_ text: String) -> String {
        Markup.escaped(text).replacing("'", with: "&apos;")
    }
}
