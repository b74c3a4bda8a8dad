/// Pages that one document gives to an attempt.
package struct AttemptPart: Hashable, Sendable {
    /// Path of a TIFF.
    package var document: String
    /// Counted from 0.
    package var pages: Range<Int>
    /// One for each of the pages, or none at all.
    package var headers: [PageHeader]

    package init(document: String, pages: Range<Int>, headers: [PageHeader] = []) {
        self.document = document
        self.pages = pages
        self.headers = headers
    }
}
