/// A sender's name that spandsp can draw and a call file can carry: at most 50 characters of printable ASCII.
///
/// spandsp draws it with an 8-bit font, and res_fax drops one of more than 50 bytes silently.
package struct PlainHeaderText: ParsedText {
    package let text: String

    package init(parsing text: String) throws(FaxError) {
        guard text.unicodeScalars.allSatisfy({ (32...126).contains($0.value) }) else {
            throw FaxError(.usage, "header \(quoted(text)): spandsp can only draw printable ASCII into the page")
        }
        guard text.unicodeScalars.count <= 50 else {
            throw FaxError(.usage, "header \(quoted(text)): \(text.count) characters; spandsp takes 50")
        }
        guard !text.contains("#"), !text.contains("\\") else {
            throw FaxError(.usage, "header \(quoted(text)): '#' and '\\' can't be carried by a call file")
        }
        self.text = text
    }

    package var description: String { text }
}
