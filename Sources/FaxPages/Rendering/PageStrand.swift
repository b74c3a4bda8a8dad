import Synchronization

/// Pages of one document that one run of the renderer draws, in their order.
///
/// Starting the renderer and having it read the document costs as much as some pages of text. So a run draws many pages, and
/// runs that go side by side share consecutive pages between them, as many hands deal cards: what each makes is wanted soon,
/// and little has to be kept until it is its turn.
struct PageStrand: Sendable {
    let document: SourceDocument
    /// Counted from 0, all of one size.
    let pages: [Int]
    /// The document's first page among those of all documents, counted from 0.
    let firstPlace: Int

    /// Pages of one run at most: its limits of the kernel are for all of them.
    private static let longest = 64

    /// All pages of the documents, for so many runs side by side.
    static func all(of documents: [SourceDocument], sideBySide: Int) -> [PageStrand] {
        var strands: [PageStrand] = []
        var place = 0
        for document in documents {
            for run in document.runs {
                let shares = document.isDrawn ? sideBySide : 1
                for start in stride(from: run.lowerBound, to: run.upperBound, by: shares * longest) {
                    let block = start..<min(run.upperBound, start + shares * longest)
                    for share in 0..<min(shares, block.count) {
                        let pages = stride(from: block.lowerBound + share, to: block.upperBound, by: shares)
                        strands.append(PageStrand(document: document, pages: Array(pages), firstPlace: place))
                    }
                }
            }
            place += document.count
        }
        return strands
    }
}

/// Strands that nobody has begun, in their order.
final class StrandQueue: Sendable {
    private let waiting: Mutex<ArraySlice<PageStrand>>

    init(_ strands: [PageStrand]) { waiting = Mutex(strands[...]) }

    func next() -> PageStrand? { waiting.withLock { $0.popFirst() } }
}
