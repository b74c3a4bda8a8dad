/// What a probe is called in the settings, in lists and by monitoring: letters, digits, `.`, `-` and `_`, at most 40.
package struct ProbeName: ParsedText {
    package let text: String

    package init(parsing text: String) throws(FaxError) {
        let allowed = Set("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-_")
        guard (1...40).contains(text.count), text.allSatisfy(allowed.contains), text.first != "-" else {
            throw FaxError(
                .usage, "\(quoted(text)) is no probe's name: 1 to 40 letters, digits, '.', '-' and '_'")
        }
        self.text = text
    }

    package var description: String { text }
}
