package import FaxModel

/// A TIFF/F being written, page by page; it takes its name only by `finish`, and dropped before that it never was.
///
/// Each page is one strip, MinIsWhite, lowest bit first in a little-endian file, with NewSubfileType and PageNumber:
/// the minimal set of RFC 3949 §3 (profile S) and what spandsp writes itself. There is no date in it, so equal
/// pages make equal bytes.
package struct FaxTIFFWriter: ~Copyable {
    /// How the pages are coded.
    package enum Coding: Sendable {
        /// T.4 one-dimensional, each EOL ending at a byte, as TIFF class F wants it; what every fax machine reads.
        case g3OneDimensional
        /// T.4 two-dimensional, each EOL ending at a byte, as spandsp writes what it receives.
        case g3TwoDimensional
        /// T.6.
        case g4
    }

    private let handle: TIFFHandle
    private let file: TemporaryFile
    private let totalPages: Int?
    private var digests: [UInt64] = []

    /// Begins a TIFF of `totalPages` pages (1 to 65535) that will be found at `path`; of as many as come if nil, and then
    /// PageNumber has no total (TIFF 6.0, PageNumber).
    package init(path: String, totalPages: Int?) throws(FaxError) {
        guard (1...65535).contains(totalPages ?? 1) else {
            throw FaxError(.data, "\(quoted(path)): a TIFF holds 1 to 65535 pages, not \(totalPages ?? 0)")
        }
        let file = try TemporaryFile(for: path)
        let handle = try TIFFHandle(writing: file)
        self.file = file
        self.handle = handle
        self.totalPages = totalPages
    }

    /// Writes one page.
    package mutating func add(
        _ page: PageBits, _ resolution: Resolution, _ coding: Coding = .g3OneDimensional
    ) throws(FaxError) {
        try add(CodedPage(page, resolution, coding))
    }

    /// Writes one page that is coded already.
    package mutating func add(_ page: CodedPage) throws(FaxError) {
        try handle.writePage(page, index: digests.count, of: totalPages ?? 0)
        digests.append(page.digest)
    }

    /// Decodes every page again, compares it with what was given, and publishes the file.
    ///
    /// Fails when a page is missing, or when a page does not decode to exactly the pixels that were rendered.
    package consuming func finish() throws(FaxError) -> [PageInfo] {
        guard digests.count == totalPages ?? digests.count, !digests.isEmpty else {
            throw FaxError(
                .software, "\(quoted(file.target)): \(digests.count) of \(totalPages ?? 1) pages were written")
        }
        try handle.finish()
        let pages = try TIFFFile.verified(file.path, digests: digests)
        try file.publish()
        return pages
    }
}
