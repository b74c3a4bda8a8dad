import FaxModel

/// A message's text as HTML with the picture of a page below it.
enum MessagePage {
    /// `picture` is the Content-ID of the part that it is in.
    static func html(of message: MailMessage, picture: String) -> String {
        let language = message.language.map { " lang=\"\(Markup.escaped($0))\"" } ?? ""
        // What a fixed width keeps in columns stays in columns, and long lines break.
        return """
            <!DOCTYPE html>
            <html\(language)><head><meta charset="utf-8"><title>\(Markup.escaped(message.subject))</title></head>
            <body>
            <pre style="white-space: pre-wrap; font-family: monospace; font-size: 14px">
            \(Markup.escaped(message.text))</pre>
            <p><img src="cid:\(Markup.escaped(picture))" alt="page 1" width="648" style="max-width: 100%; border: 1px solid #888"></p>
            </body></html>

            """
    }
}
