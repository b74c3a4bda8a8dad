/// One mailbox, `local@domain`: printable ASCII without quoting, so that it can stand in a header and in RCPT TO as it is.
package struct EmailAddress: ParsedText {
    package let text: String

    package init(parsing text: String) throws(FaxError) {
        let parts = text.split(separator: "@", omittingEmptySubsequences: false)
        let allowed = Set("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.!#$%&'*+/=?^_`{|}~-")
        let domainAllowed = Set("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-")
        guard parts.count == 2, !parts[0].isEmpty, !parts[1].isEmpty, parts[0].allSatisfy(allowed.contains),
            parts[1].allSatisfy(domainAllowed.contains), text.utf8.count <= 254, parts[0].first != "."
        else { throw FaxError(.usage, "\(quoted(text)) is not a mail address of the form name@domain") }
        self.text = text
    }

    package var description: String { text }
}
