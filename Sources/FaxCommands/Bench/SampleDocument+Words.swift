import FaxModel
import FaxPages

extension SampleDocument {
    /// Pages full of words, as a letter has them.
    static func words(pages: Int) -> SampleDocument {
        let words = "the quick brown fox jumps over the lazy dog and comes back by fax before the office closes"
        return SampleDocument(
            pages: (1...pages).map { number in
                var page = SampleDocument.Page(.a4, lines: (1...50).map { "\($0). page \(number): \(words)" })
                page.isDecorated = false
                return page
            })
    }
}
