package import FaxModel

/// The message on a cover page: lines as the sender made them, 20,000 bytes at most.
package struct CoverComments: ParsedText {
    package let text: String

    package init(parsing text: String) throws(FaxError) {
        let isBad = { (scalar: Unicode.Scalar) in
            scalar.isControl && scalar != "\n" && scalar != "\r" && scalar != "\t"
        }
        if let bad = text.unicodeScalars.first(where: isBad) {
            throw FaxError(
                .usage,
                "comments \(quoted(text, limit: 40)): control character \(quoted(String(bad))) is not allowed")
        }
        guard text.utf8.count <= 20_000 else {
            throw FaxError(
                .usage, "comments \(quoted(text, limit: 40)): \(text.utf8.count) bytes; 20000 at most are allowed")
        }
        self.text = text
    }

    package var description: String { text }
}
