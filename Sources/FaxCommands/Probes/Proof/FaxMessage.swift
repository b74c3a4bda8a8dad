import FaxModel
import Foundation

/// What is needed of a message about a fax: the `X-Fax-…` fields, and the fax that comes with it.
struct FaxMessage {
    struct Part {
        /// In lower case.
        var type: String
        var bytes: [UInt8]
    }

    private let fields: [(name: String, value: String)]
    private let body: Substring

    /// Takes any bytes; what is no message has no fields.
    init(_ bytes: [UInt8]) {
        let text = String(
            String.UnicodeScalarView(String(decoding: bytes, as: UTF8.self).unicodeScalars.filter { $0 != "\r" }))
        self.init(text[...])
    }

    private init(_ text: Substring) {
        let end = text.firstRange(of: "\n\n")
        body = end.map { text[$0.upperBound...] } ?? ""
        var fields: [(name: String, value: String)] = []
        for line in text[..<(end?.lowerBound ?? text.endIndex)].split(separator: "\n") {
            if line.first == " " || line.first == "\t", !fields.isEmpty {
                fields[fields.count - 1].value += " " + line.drop { $0 == " " || $0 == "\t" }
            } else if let colon = line.firstIndex(of: ":") {
                let value = line[line.index(after: colon)...].drop { $0 == " " || $0 == "\t" }
                fields.append((line[..<colon].lowercased(), String(value)))
            }
        }
        self.fields = fields
    }

    /// Whether one of its fields about the fax holds that mark.
    func isAbout(_ mark: ProbeMark) -> Bool { fields.contains { $0.name.hasPrefix("x-fax-") && mark.isIn($0.value) } }

    func value(_ name: String) -> String? { fields.first { $0.name == name.lowercased() }?.value }

    /// All attachments and texts, those of a multipart message inside another one, too.
    func parts(depth: Int = 0) -> [Part] {
        let type = value("Content-Type") ?? "text/plain"
        guard type.lowercased().hasPrefix("multipart/"), depth < 8, let boundary = Self.parameter("boundary", of: type)
        else {
            let kind = type.prefix { $0 != ";" && $0 != " " }.lowercased()
            return [Part(type: kind, bytes: decoded)]
        }
        // What stands before the first boundary belongs to nobody, nor does what follows the last.
        return ("\n" + body).components(separatedBy: "\n--" + boundary).dropFirst().filter { !$0.hasPrefix("--") }
            .flatMap { FaxMessage($0.drop { $0 != "\n" }.dropFirst()).parts(depth: depth + 1) }
    }

    private var decoded: [UInt8] {
        guard value("Content-Transfer-Encoding")?.lowercased().hasPrefix("base64") == true else {
            return Array(body.utf8)
        }
        return Data(base64Encoded: String(body), options: .ignoreUnknownCharacters).map(Array.init) ?? []
    }

    private static func parameter(_ name: String, of value: String) -> String? {
        guard let start = value.range(of: name + "=", options: .caseInsensitive)?.upperBound else { return nil }
        let rest = value[start...]
        if rest.first == "\"" { return String(rest.dropFirst().prefix { $0 != "\"" }) }
        return String(rest.prefix { $0 != ";" && $0 != " " })
    }
}
