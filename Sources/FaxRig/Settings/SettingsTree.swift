/// A piece of `callfax.yaml`: a scalar, a list or a mapping.
package indirect enum SettingsTree: Hashable, Sendable, Codable {
    case text(String)
    case number(Int64)
    case bool(Bool)
    case list([SettingsTree])
    case map([String: SettingsTree])

    /// `other` laid over this: mappings are merged key by key, anything else is replaced.
    package func merged(with other: SettingsTree) -> SettingsTree {
        guard case .map(let below) = self, case .map(let above) = other else { return other }
        return .map(below.merging(above) { $0.merged(with: $1) })
    }

    /// YAML 1.2 in block style, keys sorted, texts in double quotes.
    package var yaml: String {
        switch self {
        case .map(let map) where !map.isEmpty: lines(map, indent: "")
        default: inline + "\n"
        }
    }

    private func lines(_ map: [String: SettingsTree], indent: String) -> String {
        map.sorted { $0.key < $1.key }.map { key, value in
            switch value {
            case .map(let inner) where !inner.isEmpty:
                "\(indent)\(key):\n" + lines(inner, indent: indent + "  ")
            default: "\(indent)\(key): \(value.inline)\n"
            }
        }.joined()
    }

    /// The value in YAML's flow style, on one line.
    private var inline: String {
        switch self {
        case .text(let text): Self.quote(text)
        case .number(let number): String(number)
        case .bool(let flag): flag ? "true" : "false"
        case .list(let items): "[" + items.map(\.inline).joined(separator: ", ") + "]"
        case .map(let map):
            "{" + map.sorted { $0.key < $1.key }.map { "\($0.key): \($0.value.inline)" }.joined(separator: ", ") + "}"
        }
    }

    private static func quote(_ text: String) -> String {
        var out = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"", "\\": out += "\\\(scalar)"
            case _ where scalar.value < 32 || (127...159).contains(scalar.value):
                let hex = String(scalar.value, radix: 16)
                out += "\\x" + String(repeating: "0", count: 2 - hex.count) + hex
            default: out.unicodeScalars.append(scalar)
            }
        }
        return out + "\""
    }
}

extension SettingsTree: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral, ExpressibleByBooleanLiteral,
    ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral
{
    package init(stringLiteral value: String) { self = .text(value) }
    package init(integerLiteral value: Int64) { self = .number(value) }
    package init(booleanLiteral value: Bool) { self = .bool(value) }
    package init(arrayLiteral elements: SettingsTree...) { self = .list(elements) }
    package init(dictionaryLiteral elements: (String, SettingsTree)...) {
        self = .map(Dictionary(uniqueKeysWithValues: elements))
    }
}
