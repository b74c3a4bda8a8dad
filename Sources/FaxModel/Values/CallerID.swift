/// Who the called side sees: `"Name" <number>` or a bare number.
///
/// Asterisk keeps 79 bytes of each part (pbx_spool.c, callerid.c). The name may hold UTF-8, but nothing that a call
/// file, a SIP header or a quoted string would read as syntax.
package struct CallerID: ParsedText {
    package let name: String
    package let number: FaxNumber

    package init(name: String, number: FaxNumber) throws(FaxError) {
        for scalar in name.unicodeScalars where scalar.isControl || "\"<>;#\\$`{}".unicodeScalars.contains(scalar) {
            throw FaxError(.usage, "caller id name \(quoted(name)): \(quoted(String(scalar))) is not allowed")
        }
        guard name.utf8.count <= 79 else {
            throw FaxError(.usage, "caller id name \(quoted(name)): \(name.utf8.count) bytes; 79 fit")
        }
        self.name = name
        self.number = number
    }

    /// Reads `"Name" <number>`, `Name <number>` and a bare number.
    package init(parsing text: String) throws(FaxError) {
        guard let open = text.lastIndex(of: "<"), text.last == ">" else {
            try self.init(name: "", number: FaxNumber(parsing: text))
            return
        }
        let inner = text[text.index(after: open)..<text.index(before: text.endIndex)]
        var name = text[..<open]
        while name.last == " " { name.removeLast() }
        while name.first == " " { name.removeFirst() }
        if name.count >= 2, name.first == "\"", name.last == "\"" { name = name.dropFirst().dropLast() }
        try self.init(name: String(name), number: FaxNumber(parsing: String(inner)))
    }

    package var description: String { name.isEmpty ? number.digits : "\"\(name)\" <\(number.digits)>" }
}
