/// Consecutive pages of one size in one document: what one run of the renderer draws, or what is copied in one go.
struct PageChunk: Sendable {
    let document: SourceDocument
    /// Counted from 0.
    let pages: Range<Int>

    /// Cuts documents into chunks of at most `limit` pages, in their order.
    static func all(of documents: [SourceDocument], limit: Int) -> [PageChunk] {
        documents.flatMap { document in
            document.runs.flatMap { run in
                stride(from: run.lowerBound, to: run.upperBound, by: limit).map { start in
                    PageChunk(document: document, pages: start..<min(run.upperBound, start + limit))
                }
            }
        }
    }
}
