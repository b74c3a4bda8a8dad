/// The sender's name in the line at the top of each page: at most 60 characters, in any script.
package struct HeaderText: ParsedText {
    package let text: String

    package init(parsing text: String) throws(FaxError) {
        for scalar in text.unicodeScalars {
            switch scalar.properties.generalCategory {
            case .control, .format, .lineSeparator, .paragraphSeparator:
                throw FaxError(.usage, "header \(quoted(text)): control characters can't be drawn into the page")
            default: continue
            }
        }
        // A character may be a letter with a tower of marks: the bytes are bounded as well.
        guard text.count <= 60, text.utf8.count <= 240 else {
            throw FaxError(.usage, "header \(quoted(text)): \(text.count) characters; 60 fit")
        }
        self.text = text
    }

    package var description: String { text }
}
