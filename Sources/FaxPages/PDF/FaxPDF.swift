import CTIFF
package import FaxModel

/// A received fax as a PDF: the T.4 or T.6 data as it came over the line, wrapped and not drawn again.
package enum FaxPDF {
    /// What the PDF says about itself. Empty texts are left out.
    package struct Metadata: Hashable, Sendable {
        package var title: String
        package var subject: String
        package var author: String
        package var creator: String
        /// Creation and modification date.
        package var created: UnixTime
        /// Seconds east of UTC in which the dates are told.
        package var utcOffset: Int

        package init(
            title: String = "", subject: String = "", author: String = "", creator: String = "", created: UnixTime,
            utcOffset: Int = 0
        ) {
            self.title = title
            self.subject = subject
            self.author = author
            self.creator = creator
            self.created = created
            self.utcOffset = utcOffset
        }
    }

    /// What became of the pages. All numbers count the TIFF's pages from 1.
    package struct Result: Hashable, Sendable, Codable {
        /// Pages in the PDF.
        package var pages: Int
        /// Pages that are in the PDF only as far as their data goes.
        package var cutShort: [Int]
        /// Pages that could not be opened, decoded or found, and are not in the PDF, each with the reason.
        package var missing: [Int: String]
    }

    /// Writes the PDF of a TIFF whose pages spandsp, or any other fax program, has written.
    ///
    /// A page whose coding is not T.4 or T.6 is decoded and coded again in T.6. A damaged page never costs the others.
    /// Pages are as large as they were on paper, whatever the resolution. One page is in memory at a time; equal input
    /// makes equal bytes; the target appears whole and durable, or not at all. Fails when no page at all can be had.
    package static func write(
        from source: String, to target: String, metadata: Metadata
    ) throws(FaxError) -> Result {
        let tiff = try TIFFHandle(reading: source)
        let file = try TemporaryFile(for: target)
        var pdf = try PDFFile(file)
        let catalog = pdf.reserve()
        let tree = pdf.reserve()
        let info = pdf.reserve()
        var kids: [PDFFile.Reference] = []
        var result = Result(pages: 0, cutShort: [], missing: [:])
        var number = 1
        while true {
            do throws(FaxError) {
                let page = try FaxPDFPage(tiff, beside: target)
                kids.append(try page.write(to: &pdf, under: tree))
                if !page.isWhole { result.cutShort.append(number) }
            } catch {
                // What concerns the file being written concerns all pages.
                guard error.code == .data else { throw error }
                result.missing[number] = error.message
            }
            do throws(FaxError) {
                guard try tiff.nextPage(), number < 65535 else { break }
            } catch {
                result.missing[number + 1] = error.message
                break
            }
            number += 1
        }
        result.pages = kids.count
        guard !kids.isEmpty else {
            throw FaxError(.data, result.missing[1] ?? "\(quoted(source)) has no page that can be read")
        }
        let list = kids.map(\.description).joined(separator: " ")
        try pdf.add(tree, "<< /Type /Pages /Count \(kids.count) /Kids [\(list)] >>")
        try pdf.add(catalog, "<< /Type /Catalog /Pages \(tree) >>")
        try pdf.add(info, dictionary(metadata))
        try pdf.finish(root: catalog, info: info)
        try file.publish()
        return result
    }

    private static func dictionary(_ metadata: Metadata) -> String {
        let texts = [
            ("Title", metadata.title), ("Subject", metadata.subject), ("Author", metadata.author),
            ("Creator", metadata.creator), ("Producer", "Callfax"),
        ]
        let entries = texts.filter { !$0.1.isEmpty }.map { "/\($0.0) \(PDFText.string($0.1))" }
        let date = PDFText.date(metadata.created, utcOffset: metadata.utcOffset)
        return "<< \(entries.joined(separator: " ")) /CreationDate \(date) /ModDate \(date) >>"
    }
}
