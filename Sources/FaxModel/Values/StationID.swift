/// What a fax machine calls itself: the TSI or CSI of T.30, at most 20 characters.
///
/// res_fax drops a longer one silently (res_fax_spandsp.c), so it is refused here. T.30 Table 3 knows digits, `+` and
/// space; letters and a little punctuation are what machines show in practice.
package struct StationID: ParsedText {
    package let text: String

    package init(parsing text: String) throws(FaxError) {
        for scalar in text.unicodeScalars {
            switch scalar {
            case "0"..."9", "A"..."Z", "a"..."z", " ", "+", "-", ".", "/", "&", "_", ":", "*", "(", ")": continue
            default:
                throw FaxError(
                    .usage,
                    "station id \(quoted(text)): \(quoted(String(scalar))) is not allowed; "
                        + "use letters, digits, blanks and + - . / & _ : * ( )")
            }
        }
        guard text.unicodeScalars.count <= 20 else {
            throw FaxError(.usage, "station id \(quoted(text)): \(text.count) characters; a fax machine takes 20")
        }
        guard !text.allSatisfy({ $0 == " " }) else { throw FaxError(.usage, "station id is empty") }
        self.text = text
    }

    package var description: String { text }
}
