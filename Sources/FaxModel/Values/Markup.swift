/// Text among the tags of XML and HTML.
package enum Markup {
    /// `text` with nothing in it that either would take for a tag, a reference or the end of an attribute in double quotes.
    package static func escaped(_ text: String) -> String {
        var out = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "&": out += "&amp;"
            case "<": out += "&lt;"
            case ">": out += "&gt;"
            case "\"": out += "&quot;"
            default: out.unicodeScalars.append(scalar)
            }
        }
        return out
    }
}
