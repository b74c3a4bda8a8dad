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

    /// How the pages are made.
    package struct Options: Hashable, Sendable {
        /// How their data is coded.
        package enum Coding: String, Hashable, Sendable {
            /// As it came over the line where a PDF can say it.
            case received
            /// In T.6 where that is smaller.
            case smallest
            /// With as few lines an inch as standard has, in T.6.
            case coarse
        }

        package var coding: Coding = .received
        /// The sheet that each page is laid on, smaller where it would not fit; nil: as large as it was sent.
        package var paper: PaperSize?
        /// What was read on the pages, by their number from 1; it can be searched, and is not seen.
        package var words: [Int: [PDFWord]] = [:]
        /// Whether the file survives a power cut once it is there.
        package var isDurable = true

        package init() {}
    }

    /// What became of the pages. All numbers count the TIFF's pages from 1.
    package struct Result: Hashable, Sendable, Codable {
        /// Pages in the PDF.
        package var pages: Int
        /// Pages that are in the PDF only as far as their data goes.
        package var cutShort: [Int]
        /// Pages whose data is all there and does not decode cleanly. spandsp codes what it received, bad lines and all,
        /// anew: what it wrote decodes cleanly unless it was not all written.
        package var damaged: [Int]
        /// Pages that could not be opened, decoded or found, and are not in the PDF, each with the reason.
        package var missing: [Int: String]
        /// Lines that the receiver says came damaged; nil where the file says nothing of it.
        package var badLines: Int?
    }

    /// Writes the PDF/A-2b of a TIFF whose pages spandsp, or any other fax program, has written.
    ///
    /// T.4 and T.6 data is wrapped as it is; a page whose coding is another, or whose data is damaged, is decoded and coded
    /// again in T.6, so that every reader sees what libtiff does. A damaged page never costs the others. Pages are as large
    /// as they were on paper, whatever the resolution. One page is in memory at a time; equal input makes equal bytes; the
    /// target appears whole and durable, or not at all. Fails when no page at all can be had. `firstPage` is given the first
    /// page's pixels, where it has any, before anything of it is written.
    package static func write(
        from source: String, to target: String, metadata: Metadata, options: Options = Options(),
        firstPage: (PageBits, PageInfo) -> Void = { _, _ in }
    ) throws(FaxError) -> Result {
        let tiff = try TIFFHandle(reading: source)
        let file = try TemporaryFile(for: target)
        let metadata = metadata.plain
        var pdf = try PDFFile(file)
        let catalog = pdf.reserve()
        let tree = pdf.reserve()
        let info = pdf.reserve()
        let font = options.words.isEmpty ? nil : try InvisibleFont.write(to: &pdf)
        var kids: [PDFFile.Reference] = []
        var result = Result(pages: 0, cutShort: [], damaged: [], missing: [:], badLines: nil)
        var digest = StableHash.of("\(metadata.created.milliseconds) " + metadata.title)
        var number = 1
        while true {
            do throws(FaxError) {
                if let bad = tiff.badLines { result.badLines = (result.badLines ?? 0) + bad }
                let page = try FaxPDFPage(tiff, coding: options.coding, beside: target)
                if number == 1, let pixels = page.pixels { firstPage(pixels, tiff.info) }
                kids.append(
                    try page.write(
                        to: &pdf, under: tree, paper: options.paper, words: options.words[number] ?? [], font: font))
                digest = (digest ^ UInt64(pdf.size)) &* 0x9E37_79B9_7F4A_7C15
                if !page.isWhole { result.cutShort.append(number) }
                if page.isDamaged { result.damaged.append(number) }
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
        let profile = pdf.reserve()
        try pdf.add(profile, "/N 1 /Filter /FlateDecode", stream: GreyProfile.compressed)
        let packet = pdf.reserve()
        try pdf.add(
            packet, "/Type /Metadata /Subtype /XML", stream: ArchivalMetadata.packet(metadata, producer: producer))
        try pdf.add(
            catalog,
            "<< /Type /Catalog /Pages \(tree) /Metadata \(packet) /OutputIntents [<< /Type /OutputIntent "
                + "/S /GTS_PDFA1 /OutputConditionIdentifier (Custom) /Info (Grey, gamma 2.2) "
                + "/DestOutputProfile \(profile) >>] >>")
        try pdf.add(info, dictionary(metadata))
        let second = (digest ^ UInt64(pdf.size)) &* 0x9E37_79B9_7F4A_7C15
        try pdf.finish(root: catalog, info: info, id: hex(digest) + hex(second))
        if options.isDurable { try file.publish() } else { try file.publishForNow() }
        return result
    }

    private static let producer = "Callfax"

    private static func dictionary(_ metadata: Metadata) -> String {
        let texts = [
            ("Title", metadata.title), ("Subject", metadata.subject), ("Author", metadata.author),
            ("Creator", metadata.creator), ("Producer", producer),
        ]
        let entries = texts.filter { !$0.1.isEmpty }.map { "/\($0.0) \(PDFText.string($0.1))" }
        let date = PDFText.date(metadata.created, utcOffset: metadata.utcOffset)
        return "<< \(entries.joined(separator: " ")) /CreationDate \(date) /ModDate \(date) >>"
    }

    private static func hex(_ value: UInt64) -> String {
        let text = String(value, radix: 16, uppercase: true)
        return String(repeating: "0", count: 16 - text.count) + text
    }
}

extension FaxPDF.Metadata {
    /// As both the Info dictionary and XMP can say it.
    fileprivate var plain: Self {
        var plain = self
        plain.title = PDFText.plain(title)
        plain.subject = PDFText.plain(subject)
        plain.author = PDFText.plain(author)
        plain.creator = PDFText.plain(creator)
        return plain
    }
}
