/// The head of a SIP message, line by line in its order (RFC 3261 §7.3), with short names written out.
struct SIPHeaders: Hashable, Sendable {
    private struct Field: Hashable, Sendable {
        /// In lower case.
        var name: String
        var value: String
    }

    private var fields: [Field] = []

    /// The lines between the first one and the empty one.
    init(_ lines: some Sequence<Substring>) {
        let long = ["i": "call-id", "f": "from", "t": "to", "c": "content-type", "v": "via", "m": "contact"]
        for line in lines {
            guard let colon = line.firstIndex(of: ":") else { continue }
            let name = SIPMessage.trimmed(line[..<colon]).lowercased()
            fields.append(
                Field(name: long[name] ?? name, value: SIPMessage.trimmed(line[line.index(after: colon)...])))
        }
    }

    /// The head of a whole message.
    init(text: String) {
        self.init(SIPMessage.lines(text).dropFirst().prefix { !$0.isEmpty })
    }

    /// The first value of that name, in lower case; nil without one.
    subscript(name: String) -> String? { fields.first { $0.name == name }?.value }

    /// All values of that name.
    func all(_ name: String) -> [String] { fields.filter { $0.name == name }.map(\.value) }
}
