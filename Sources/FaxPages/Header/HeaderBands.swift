import FaxModel

/// The header lines of an attempt's pages, as pixels and as T.4 one-dimensional rows.
struct HeaderBands {
    struct Band {
        let bits: PageBits
        /// Each row after an EOL that ends at a byte, lowest bit first.
        let coded: [UInt8]
    }

    /// By page, counted from 0 among the pages of the attempt.
    private let bands: [Int: Band]

    /// Those of the pages that have one.
    init(_ pages: [AssembledPage]) {
        var bands: [Int: Band] = [:]
        for (index, page) in pages.enumerated() {
            guard let header = page.header else { continue }
            let bits = header.band(at: page.resolution).fitted(to: page.rows)
            bands[index] = Band(bits: bits, coded: PageCoder(.g3OneDimensional, page.resolution).code(bits))
        }
        self.bands = bands
    }

    /// The band of a page, counted from 0 among the pages of the attempt; nil where none is drawn.
    func band(_ index: Int) -> Band? { bands[index] }
}

extension PageBits {
    /// As much of a band as a page has room for.
    fileprivate func fitted(to room: Int) -> PageBits {
        let kept = max(1, min(rows, room))
        guard kept < rows else { return self }
        return PageBits(width: width, rows: kept, bytes: Array(bytes.prefix(kept * bytesPerRow)))
    }
}
