import FaxModel

/// The value side of a template's line: literal text and variables in turn.
struct TemplateText: Hashable {
    enum Part: Hashable {
        case literal(String)
        case variable(TemplateVariable)
    }

    let parts: [Part]

    init(parts: [Part]) { self.parts = parts }

    /// Throws one line without a place for an unknown variable or a `${` without its end.
    init(parsing text: String) throws(FaxError) {
        var parts: [Part] = []
        var rest = text[...]
        while let dollar = rest.firstIndex(of: "$") {
            let after = rest.index(after: dollar)
            guard after < rest.endIndex, rest[after] == "{" else {
                parts.append(.literal(String(rest[...dollar])))
                rest = rest[after...]
                continue
            }
            guard let end = rest[after...].firstIndex(of: "}") else {
                throw FaxError(.configuration, "'${' without '}'; close it")
            }
            let name = String(rest[rest.index(after: after)..<end])
            guard let variable = TemplateVariable(rawValue: name) else {
                let known = TemplateVariable.allCases.map(\.rawValue).joined(separator: ", ")
                throw FaxError(.configuration, "unknown variable \(quoted(name)); known are \(known)")
            }
            parts.append(.literal(String(rest[..<dollar])))
            parts.append(.variable(variable))
            rest = rest[rest.index(after: end)...]
        }
        parts.append(.literal(String(rest)))
        self.parts = parts.filter { $0 != .literal("") }
    }

    /// The text without any variable; nil where there is one.
    var literal: String? {
        var text = ""
        for part in parts {
            guard case .literal(let piece) = part else { return nil }
            text += piece
        }
        return text
    }

    /// The only part, where that is a variable.
    var variable: TemplateVariable? {
        guard parts.count == 1, case .variable(let variable) = parts[0] else { return nil }
        return variable
    }

    func uses(_ variable: TemplateVariable) -> Bool { parts.contains(.variable(variable)) }

    /// Filled in once: what a value holds is never looked at again.
    func text(_ values: CallFileValues) -> String {
        parts.reduce(into: "") { text, part in
            switch part {
            case .literal(let piece): text += piece
            case .variable(let variable): text += variable.text(values)
            }
        }
    }
}
