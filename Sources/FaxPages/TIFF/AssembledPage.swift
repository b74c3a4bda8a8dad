import FaxModel

/// One page of an attempt before it is written: where it comes from, and what it will be.
struct AssembledPage {
    let document: String
    /// In its document, counted from 0.
    let number: Int
    let header: PageHeader?
    /// As the document has it.
    let info: PageInfo
    /// The lower resolution that it is to have; nil where it stays as it is.
    let lower: Resolution?

    /// Rows once it is written.
    var rows: Int {
        guard let lower, let own = info.resolution else { return info.rows }
        return PageBits.rows(info.rows, from: own, to: lower)
    }

    /// Once it is written; fine where the document doesn't say.
    var resolution: Resolution { lower ?? info.resolution ?? .fine }

    /// The pages of all parts in their order; fails for one without pages, one that goes beyond its document, and for
    /// another number of header lines than of pages.
    static func all(of parts: [AttemptPart], for target: String, _ wanted: Resolution?) throws(FaxError) -> [Self] {
        var pages: [Self] = []
        for part in parts {
            let name = quoted(part.document)
            guard part.pages.lowerBound >= 0, !part.pages.isEmpty else {
                throw FaxError(.data, "\(name): no pages are left to take")
            }
            let infos = try TIFFFile.inspect(part.document)
            guard part.pages.upperBound <= infos.count else {
                let count = infos.count == 1 ? "1 page" : "\(infos.count) pages"
                throw FaxError(.data, "\(name) has \(count), there is no page \(part.pages.upperBound)")
            }
            guard part.headers.isEmpty || part.headers.count == part.pages.count else {
                throw FaxError(
                    .software, "\(name): \(part.headers.count) header lines for \(part.pages.count) pages")
            }
            for (index, number) in part.pages.enumerated() {
                let info = infos[number]
                let isFiner = info.resolution.map { own in (wanted?.linesPerInch ?? .max) < own.linesPerInch } ?? false
                pages.append(
                    AssembledPage(
                        document: part.document, number: number,
                        header: part.headers.isEmpty ? nil : part.headers[index], info: info,
                        lower: isFiner ? wanted : nil))
            }
        }
        guard (1...65535).contains(pages.count) else {
            throw FaxError(.data, "\(quoted(target)): a TIFF holds 1 to 65535 pages, not \(pages.count)")
        }
        return pages
    }
}
