import CTIFF
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

    /// Those of the pages that have one; libtiff codes them in a file beside `target` that goes at once.
    init(_ pages: [AssembledPage], beside target: String) throws(FaxError) {
        let headed = pages.enumerated().compactMap { index, page in
            page.header.map { header in
                (index, page.resolution, header.band(at: page.resolution).fitted(to: page.rows))
            }
        }
        guard !headed.isEmpty else {
            bands = [:]
            return
        }
        let file = try TemporaryFile(for: target)
        let output = try TIFFHandle(writing: file)
        for (place, (_, resolution, bits)) in headed.enumerated() {
            try output.writePage(bits, resolution, .g3OneDimensional, index: place, of: headed.count)
        }
        try output.finish()
        let input = try TIFFHandle(reading: file.path)
        var bands: [Int: Band] = [:]
        for (place, (index, _, bits)) in headed.enumerated() {
            if place > 0, try !input.nextPage() {
                throw FaxError(.software, "\(quoted(target)): \(place) of \(headed.count) header lines were coded")
            }
            bands[index] = Band(bits: bits, coded: input.codedStrip(0).bytes)
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
