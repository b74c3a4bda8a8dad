import FaxModel

/// One document that was looked at, ready to become fax pages.
struct SourceDocument: Sendable {
    enum Content: Sendable {
        /// A PDF that is drawn: where it is, and the size of each page; nil for one that isn't there.
        case drawn(path: String, pages: [PDFPageSize?])
        /// Fax pages already: each goes as it is, its rows repeated where the fax has more lines an inch.
        case fax(path: String, pages: [PageInfo])
    }

    /// The path that its user knows.
    let name: String
    var content: Content
    /// Holds what it was converted into, or its mended copy.
    var workshop: JobDirectory?
    /// Its list of pages had to be made anew, perhaps without some: the last page isn't one of it and says so.
    var isGuessed = false

    /// Pages of its own.
    var ownCount: Int { isGuessed ? count - 1 : count }

    var count: Int {
        switch content {
        case .drawn(_, let pages): pages.count
        case .fax(_, let pages): pages.count
        }
    }

    /// Whether the renderer has to be run for it.
    var isDrawn: Bool { if case .drawn = content { true } else { false } }

    /// Consecutive pages that one run makes, as ranges counted from 0: those of equal size.
    var runs: [Range<Int>] {
        guard case .drawn(_, let pages) = content else { return [0..<count] }
        var runs: [Range<Int>] = []
        var start = 0
        for index in pages.indices.dropFirst() where pages[index] != pages[start] {
            runs.append(start..<index)
            start = index
        }
        if start < pages.count { runs.append(start..<pages.count) }
        return runs
    }
}
