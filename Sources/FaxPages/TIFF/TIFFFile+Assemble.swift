package import FaxModel

extension TIFFFile {
    /// Writes the pages of all parts, in their order, as one TIFF: what one call sends.
    ///
    /// Headers are drawn over the pages' topmost rows. A page with more lines an inch than `resolution` is brought down
    /// to it before that, and coded anew as it was coded; no page is made finer. Pages with neither are copied as coded
    /// data. What was drawn or brought down is decoded again before the file is published.
    ///
    /// Takes T.4 and T.6 pages in strips; fails for others, for a part without pages or beyond its document, and for
    /// coded data that isn't all there. The target appears whole and durable, or not at all.
    package static func assemble(
        _ parts: [AttemptPart], to target: String, resolution: Resolution? = nil
    ) throws(FaxError) -> [PageInfo] {
        let pages = try AssembledPage.all(of: parts, for: target, resolution)
        let file = try TemporaryFile(for: target)
        let bands = HeaderBands(pages)
        let output = try TIFFHandle(writing: file)
        var digests: [UInt64?] = []
        var index = 0
        for part in parts {
            let input = try TIFFHandle(reading: part.document)
            for number in 0..<part.pages.upperBound {
                if number > 0, try !input.nextPage() {
                    throw FaxError(.data, "\(quoted(part.document)): page \(number + 1) is gone; it was there before")
                }
                guard part.pages.contains(number) else { continue }
                if let lower = pages[index].lower {
                    let bits = try output.reducePage(
                        of: input, to: lower, index: index, of: pages.count, under: bands.band(index))
                    digests.append(bits.digest)
                } else {
                    try output.copyPage(from: input, index: index, of: pages.count, under: bands.band(index))
                    digests.append(nil)
                }
                index += 1
            }
        }
        try output.finish()
        let isChanged = pages.contains { $0.header != nil || $0.lower != nil }
        let written = isChanged ? try verified(file.path, digests: digests) : try inspect(file.path)
        guard written.count == pages.count else {
            throw FaxError(.software, "\(quoted(target)): \(written.count) of \(pages.count) pages were written")
        }
        try file.publish()
        return written
    }

    /// Writes some of the pages (counted from 0) of one TIFF as another: `assemble` with one part.
    package static func extract(
        pages: Range<Int>, from source: String, to target: String, headers: [PageHeader] = []
    ) throws(FaxError) -> [PageInfo] {
        try assemble([AttemptPart(document: source, pages: pages, headers: headers)], to: target)
    }
}
