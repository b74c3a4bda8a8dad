/// The form of a message about a received fax.
package struct MessageStyle: Hashable, Sendable, Codable {
    /// The languages that messages are written in.
    package enum Language: String, CaseIterable, Hashable, Sendable, Codable { case en, de, fr, es }

    /// From the most to the least.
    package enum Carries: String, CaseIterable, Hashable, Sendable, Codable {
        /// The file.
        case attach
        /// An address from which the file can be fetched.
        case link
        /// The text alone.
        case nothing
    }

    package enum Files: String, CaseIterable, Hashable, Sendable, Codable { case pdf, tiff, both }

    package var language: Language = .en
    package var carries: Carries = .attach
    package var files: Files = .pdf
    /// The paper that the attached PDF is laid on; nil: as large as the fax was.
    package var paper: PaperSize?
    /// The first page as a picture in the text, where the file goes along: who is to fetch the fax shows nothing of it in the
    /// mailbox.
    package var hasPicture = true

    package init() {}

    /// Whether the message shows the first page.
    package var showsPicture: Bool { hasPicture && carries == .attach }

    /// This style, carrying no more of the fax than `other` does.
    package func noMore(than other: MessageStyle) -> MessageStyle {
        let order = Carries.allCases
        var style = self
        if let own = order.firstIndex(of: carries), let limit = order.firstIndex(of: other.carries), own < limit {
            style.carries = other.carries
        }
        style.hasPicture = hasPicture && other.hasPicture
        return style
    }
}
