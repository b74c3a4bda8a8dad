/// The form of a message about a received fax.
package struct MessageStyle: Hashable, Sendable, Codable {
    /// The languages that messages are written in.
    package enum Language: String, CaseIterable, Hashable, Sendable, Codable { case en, de, fr, es }

    package enum Carries: String, CaseIterable, Hashable, Sendable, Codable {
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
    /// The first page as a picture in the text.
    package var hasPicture = true

    package init() {}
}
