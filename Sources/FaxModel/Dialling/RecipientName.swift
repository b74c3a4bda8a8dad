/// Who a fax is for, in a user's own words: shown in lists, never put into a call file.
package struct RecipientName: ParsedText {
    package let text: String

    package init(parsing text: String) throws(FaxError) {
        if let bad = text.unicodeScalars.first(where: \.isControl) {
            throw FaxError(.usage, "name \(quoted(text)): control character \(quoted(String(bad))) is not allowed")
        }
        guard (1...200).contains(text.utf8.count) else {
            throw FaxError(.usage, "name \(quoted(text)): 1 to 200 bytes")
        }
        self.text = text
    }

    package var description: String { text }
}
