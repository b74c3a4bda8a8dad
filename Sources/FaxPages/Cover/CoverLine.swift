package import FaxModel

/// One line of a cover page in the sender's words, such as what the fax is about: 1 to 240 bytes.
package struct CoverLine: ParsedText {
    package let text: String

    package init(parsing text: String) throws(FaxError) {
        if let bad = text.unicodeScalars.first(where: \.isControl) {
            throw FaxError(
                .usage, "cover page: \(quoted(text)): control character \(quoted(String(bad))) is not allowed")
        }
        guard (1...240).contains(text.utf8.count) else {
            throw FaxError(.usage, "cover page: \(quoted(text)): \(text.utf8.count) bytes; 1 to 240 are allowed")
        }
        self.text = text
    }

    package var description: String { text }
}
