/// Who is told by mail what becomes of a job.
package struct Notify: Hashable, Sendable, Codable {
    package enum Wish: String, CaseIterable, Hashable, Sendable, Codable {
        case never
        /// Only when it was not delivered.
        case failed
        /// At the end, whatever it was.
        case done
        /// At the end, and each time that it has to be tried again.
        case requeue
    }

    package var address: EmailAddress
    package var wish: Wish
    /// With the document as a PDF.
    package var attachesDocument: Bool

    package init(address: EmailAddress, wish: Wish, attachesDocument: Bool = false) {
        self.address = address
        self.wish = wish
        self.attachesDocument = attachesDocument
    }
}
