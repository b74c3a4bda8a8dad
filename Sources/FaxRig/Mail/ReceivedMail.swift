/// One message in a Maildir: where it lies, and its header fields, unfolded but not decoded.
package struct ReceivedMail: Hashable, Sendable {
    package struct Field: Hashable, Sendable {
        package var name: String
        package var value: String
    }

    package var path: String
    package var fields: [Field]
    /// The whole message as it arrived.
    package var bytes: [UInt8]

    package init(path: String, bytes: [UInt8]) {
        self.path = path
        self.bytes = bytes
        fields = []
        for line in String(decoding: bytes, as: UTF8.self).replacingCRLF.split(
            separator: "\n", omittingEmptySubsequences: false)
        {
            if line.isEmpty { break }
            if line.first == " " || line.first == "\t", !fields.isEmpty {
                fields[fields.count - 1].value += " " + line.drop { $0 == " " || $0 == "\t" }
            } else if let colon = line.firstIndex(of: ":") {
                let value = line[line.index(after: colon)...].drop { $0 == " " }
                fields.append(Field(name: String(line[..<colon]), value: String(value)))
            }
        }
    }

    /// The first field of that name, in any case of letters.
    package func value(_ name: String) -> String? {
        fields.first { $0.name.lowercased() == name.lowercased() }?.value
    }

    /// Whom the mail server delivered it to.
    package var recipient: String? { value("Delivered-To") }

    /// All messages of a Maildir, oldest name first.
    static func all(in maildir: String) -> [ReceivedMail] {
        ["new", "cur"].flatMap { part in
            FileTree.names(in: "\(maildir)/\(part)").compactMap { name in
                let path = "\(maildir)/\(part)/\(name)"
                return (try? FileTree.bytes(path)).map { ReceivedMail(path: path, bytes: $0) }
            }
        }
    }
}

extension String {
    /// With line feeds only. (A CR LF is one Character, so splitting at "\n" would miss it.)
    fileprivate var replacingCRLF: String {
        String(String.UnicodeScalarView(unicodeScalars.filter { $0 != "\r" }))
    }
}
