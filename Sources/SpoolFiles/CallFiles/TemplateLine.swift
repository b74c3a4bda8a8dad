import FaxModel

/// One line of a template that goes into the call file.
struct TemplateLine: Hashable {
    let number: Int
    let key: CallFileKey
    /// The variable's name of a Set line, as Asterisk splits it: everything before the first `=`.
    let name: String?
    /// The value; of a Set line what follows the `=`.
    let text: TemplateText

    /// nil for a comment and an empty line; throws what is wrong, in one line without a place.
    init?(_ raw: Substring, number: Int) throws(FaxError) {
        let bytes = Array(raw.utf8)
        guard let first = bytes.first(where: { $0 > 32 }) else { return nil }
        if first == UInt8(ascii: "#") || first == UInt8(ascii: ";") { return nil }
        try Self.checkShape(bytes)
        guard let colon = bytes.firstIndex(of: UInt8(ascii: ":")) else {
            throw FaxError(.configuration, "no ':' after a key; write 'Key: value', or '#' before a comment")
        }
        let keyText = String(decoding: bytes[..<colon], as: UTF8.self)
        guard keyText.last != " ", keyText.last != "\t" else {
            throw FaxError(.configuration, "blank before ':', so Asterisk would ignore the line; remove it")
        }
        guard let key = CallFileKey(keyText) else {
            throw FaxError(.configuration, "unknown key \(quoted(keyText)), so Asterisk would ignore the line")
        }
        guard case .entry(_, _, let value)? = CallFileReader.lines(of: bytes).first else {
            throw FaxError(.configuration, "Asterisk would ignore the line")
        }
        self.number = number
        self.key = key
        guard key.isSet else {
            name = nil
            text = try TemplateText(parsing: value)
            return
        }
        guard let equals = value.firstIndex(of: "=") else {
            throw FaxError(.configuration, "no '=', so Asterisk would ignore the line; write 'Set: NAME=value'")
        }
        let name = String(value[..<equals])
        guard !name.isEmpty, name.last != " ", name.last != "\t", !name.contains("$") else {
            throw FaxError(.configuration, "\(quoted(name)) can't be a variable's name; write 'Set: NAME=value'")
        }
        self.name = name
        text = try TemplateText(parsing: String(value[value.index(after: equals)...]))
    }

    /// Everything that makes Asterisk drop a line, or a part of it, without a word.
    private static func checkShape(_ bytes: [UInt8]) throws(FaxError) {
        guard bytes[0] > 32 else {
            throw FaxError(
                .configuration, "begins with a blank, so Asterisk would ignore it; begin in the first column")
        }
        guard bytes.count <= CallFileTemplate.lineLimit else {
            throw FaxError(.configuration, "more than \(CallFileTemplate.lineLimit) bytes; shorten it")
        }
        for (index, byte) in bytes.enumerated() {
            let before = index > 0 ? bytes[index - 1] : 32
            switch byte {
            case 0..<9, 10..<32, 127: throw FaxError(.configuration, "control character \(byte); remove it")
            case UInt8(ascii: "#") where before == 32 || before == 9:
                throw FaxError(.configuration, "'#' after a blank cuts the line short; put the comment on its own line")
            case UInt8(ascii: ";") where before != UInt8(ascii: "\\"):
                throw FaxError(
                    .configuration, "';' cuts the line short; write '\\;', or put the comment on its own line")
            default: continue
            }
        }
    }
}
