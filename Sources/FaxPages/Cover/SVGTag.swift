/// The tag that begins an element: `<name attribute="value">`.
struct SVGTag {
    var name: String
    var attributes: [(name: String, value: String)] = []
    /// `<name/>`: there is no end tag.
    var isEmpty = false

    /// Without the prefix of its namespace.
    var localName: String { Self.local(name) }

    func value(_ attribute: String) -> String? { attributes.first { $0.name == attribute }?.value }

    static func local(_ name: String) -> String { name.split(separator: ":").last.map(String.init) ?? name }
}
