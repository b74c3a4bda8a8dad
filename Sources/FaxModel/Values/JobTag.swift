/// A user's own words about a job: shown in lists, never put into a call file.
package struct JobTag: ParsedText {
    package let text: String

    package init(parsing text: String) throws(FaxError) {
        if let bad = text.unicodeScalars.first(where: \.isControl) {
            throw FaxError(.usage, "tag \(quoted(text)): control character \(quoted(String(bad))) is not allowed")
        }
        guard text.utf8.count <= 200 else { throw FaxError(.usage, "tag \(quoted(text)): more than 200 bytes") }
        self.text = text
    }

    package var description: String { text }
}
