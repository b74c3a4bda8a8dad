import FaxModel

/// A message's text as HTML with the picture of a page below it.
///
/// Lines that are a label, a colon and at least two blanks are the rows of a table, whatever template they come from; all
/// others are kept as they are. Mail programs throw style
/// sheets away, so each element has its own style.
enum MessagePage {
    private static let font = "font-family: Helvetica, Arial, sans-serif; font-size: 14px; line-height: 1.4"

    /// `picture` is the Content-ID of the part that it is in.
    static func html(of message: MailMessage, picture: String) -> String {
        let language = message.language.map { " lang=\"\(Markup.escaped($0))\"" } ?? ""
        let blocks = message.text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
            .split(whereSeparator: \.isEmpty).map(block)
        return """
            <!DOCTYPE html>
            <html\(language)><head><meta charset="utf-8"><title>\(Markup.escaped(message.subject))</title></head>
            <body style="\(font)">
            \(blocks.joined(separator: "\n"))
            <p><img src="cid:\(Markup.escaped(picture))" alt="1" width="648" style="max-width: 100%; border: 1px solid #888"></p>
            </body></html>

            """
    }

    /// Lines between two empty ones.
    private static func block(_ lines: ArraySlice<Substring>) -> String {
        var parts: [String] = []
        var rest = lines
        while !rest.isEmpty {
            let rows = rest.prefix { row($0) != nil }
            if rows.isEmpty {
                let plain = rest.prefix { row($0) == nil }
                parts.append(
                    "<p style=\"\(font); white-space: pre-wrap; overflow-wrap: anywhere; margin: 0 0 12px 0\">"
                        + plain.map { Markup.escaped(String($0)) }.joined(separator: "\n") + "</p>")
                rest = rest.dropFirst(plain.count)
            } else {
                parts.append(
                    "<table cellpadding=\"0\" cellspacing=\"0\" style=\"\(font); margin: 0 0 12px 0\">\n"
                        + rows.compactMap(row).map(cells).joined(separator: "\n") + "\n</table>")
                rest = rest.dropFirst(rows.count)
            }
        }
        return parts.joined(separator: "\n")
    }

    private static func cells(_ row: (label: Substring, value: Substring)) -> String {
        "<tr><td style=\"color: #666; padding: 1px 16px 1px 0; vertical-align: top; white-space: nowrap\">"
            + "\(Markup.escaped(String(row.label)))</td>\n"
            + "<td style=\"padding: 1px 0; overflow-wrap: anywhere\">\(Markup.escaped(String(row.value)))</td></tr>"
    }

    /// Label and value of a line in two columns; nil for any other.
    private static func row(_ line: Substring) -> (label: Substring, value: Substring)? {
        guard let colon = line.firstIndex(of: ":"), colon > line.startIndex, line.first?.isWhitespace == false,
            line[..<colon].count <= 40
        else { return nil }
        let rest = line[line.index(after: colon)...]
        guard rest.hasPrefix("  ") else { return nil }
        let value = rest.drop { $0 == " " }
        return value.isEmpty ? nil : (line[..<colon], value)
    }
}
