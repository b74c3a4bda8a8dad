package import FaxModel

/// The absolute path of a TIFF that Asterisk is to send: 1 to 255 of `A-Z a-z 0-9 . _ / -`, no `..` in it.
///
/// spandsp cuts a name at 256 bytes without a word, and `,` and `&` are syntax of SendFAX.
package struct FaxFilePath: ParsedText {
    package let text: String

    package init(parsing text: String) throws(FaxError) {
        for scalar in text.unicodeScalars {
            switch scalar {
            case "0"..."9", "A"..."Z", "a"..."z", ".", "_", "/", "-": continue
            default:
                throw FaxError(
                    .configuration,
                    "path \(quoted(text)): \(quoted(String(scalar))) can't be carried to SendFAX; "
                        + "keep the spool where paths have only letters, digits and . _ / -")
            }
        }
        guard text.first == "/", text.last != "/" else {
            throw FaxError(.configuration, "path \(quoted(text)) is not the absolute path of a file")
        }
        guard !text.split(separator: "/").contains("..") else {
            throw FaxError(.configuration, "path \(quoted(text)): '..' is not allowed")
        }
        guard text.utf8.count <= 255 else {
            throw FaxError(.configuration, "path \(quoted(text)): \(text.utf8.count) bytes; spandsp takes 255")
        }
        self.text = text
    }

    package var description: String { text }
}
