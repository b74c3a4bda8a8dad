/// Where a received fax goes, in which form, and how long it is kept.
package struct InboundHandling: Hashable, Sendable {
    package var recipients: [EmailAddress] = []
    package var style = MessageStyle()
    /// No mail and no printing then, by the clock on the wall.
    package var quiet: [SendingRule.Period] = []
    /// A queue of lp(1).
    package var printer: String?
    /// Absolute path of a directory that gets a copy.
    package var folder: String?
    /// A program and its arguments; empty for none.
    package var command: [String] = []
    /// Days until the files are removed; nil: never.
    package var keepDays: Int?
    /// Whether calls without a page are mailed, too.
    package var tellsEmpty = false
    /// Whether the text is read (by tesseract) for searching.
    package var readsText = false

    package init() {}

    /// Somebody or something gets the fax.
    package var leadsSomewhere: Bool {
        !recipients.isEmpty || printer != nil || folder != nil || !command.isEmpty
    }
}
