import CTIFF
import FaxModel

/// The header lines of an attempt's pages, as pixels and as T.4 one-dimensional rows.
struct HeaderBands {
    struct Band {
        let bits: PageBits
        /// Each row after an EOL that ends at a byte, lowest bit first.
        let coded: [UInt8]
    }

    private let bands: [Band]

    /// One header for each of the pages, or none at all; libtiff codes them in a file beside `target` that goes at once.
    init(_ headers: [PageHeader], on pages: [PageInfo], beside target: String) throws(FaxError) {
        guard !headers.isEmpty else {
            bands = []
            return
        }
        guard headers.count == pages.count else {
            throw FaxError(.software, "\(quoted(target)): \(headers.count) header lines for \(pages.count) pages")
        }
        let resolutions = pages.map { $0.resolution ?? .fine }
        let bits = zip(headers, zip(resolutions, pages)).map { header, page in
            header.band(at: page.0).fitted(to: page.1)
        }
        let file = try TemporaryFile(for: target)
        let output = try TIFFHandle(writing: file)
        for (index, band) in bits.enumerated() {
            try output.writePage(band, resolutions[index], .g3OneDimensional, index: index, of: bits.count)
        }
        try output.finish()
        let input = try TIFFHandle(reading: file.path)
        var bands: [Band] = []
        for (index, band) in bits.enumerated() {
            if index > 0, try !input.nextPage() {
                throw FaxError(.software, "\(quoted(target)): \(index) of \(bits.count) header lines were coded")
            }
            bands.append(Band(bits: band, coded: input.codedStrip(0).bytes))
        }
        self.bands = bands
    }

    /// The band of a page, counted from 0 among the pages of the attempt; nil where none is drawn.
    func band(_ index: Int) -> Band? { bands.indices.contains(index) ? bands[index] : nil }
}

extension PageBits {
    /// As much of a band as a page has room for.
    fileprivate func fitted(to page: PageInfo) -> PageBits {
        let kept = max(1, min(rows, page.rows))
        guard kept < rows else { return self }
        return PageBits(width: width, rows: kept, bytes: Array(bytes.prefix(kept * bytesPerRow)))
    }
}
