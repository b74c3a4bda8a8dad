import CTIFF
import FaxModel

/// One TIFF page on its way into a PDF: its strips as CCITTFaxDecode streams, and its size on paper.
struct FaxPDFPage {
    /// A strip is coded for itself, without reference to the one above: each is an image of its own.
    private struct Strip {
        let rows: Int
        let bytes: [UInt8]
    }

    private let info: PageInfo
    private let strips: [Strip]
    /// All coded data was there.
    let isWhole: Bool
    /// libtiff had something to say about data that was all there.
    private(set) var isDamaged = false
    /// The page as it was sent; it had to be decoded anyway.
    private(set) var pixels: PageBits?

    /// Reads the current page. Fails with `.data` when there is nothing of it that can be used.
    init(_ tiff: borrowing TIFFHandle, coding: FaxPDF.Options.Coding, beside target: String) throws(FaxError) {
        let info = tiff.info
        try tiff.requireBilevelStrips(info)
        if case .other = info.compression {
            let (bits, complaint) = try tiff.decodePage()
            self = Self.recoded(bits, like: info, isWhole: complaint == nil, coding)
            pixels = bits
            return
        }
        let received = try Self.received(tiff, info)
        guard received.isWhole else {
            // libtiff gives nothing of a strip whose end is missing: it gets what there is as a file of its own.
            let bits = try received.decoded(beside: target)
            self = Self.recoded(bits, like: info, isWhole: false, coding)
            pixels = bits
            return
        }
        let (bits, complaint) = try tiff.decodePage()
        // T.6 has no line ends by which anybody would notice: what damage makes of it is one decoder's own. Coded again from
        // its pixels it is the same bytes, or what all agree on.
        if complaint != nil || coding == .coarse || info.compression == .g4 {
            self = Self.recoded(bits, like: info, isWhole: true, coding)
            isDamaged = complaint != nil
            pixels = bits
            return
        }
        if coding == .smallest {
            let recoded = Self.recoded(bits, like: info, isWhole: true, coding)
            self = recoded.size < received.size ? recoded : received
            pixels = bits
            return
        }
        self = received
        pixels = bits
    }

    private init(info: PageInfo, strips: [Strip], isWhole: Bool) {
        self.info = info
        self.strips = strips
        self.isWhole = isWhole
    }

    private var size: Int { strips.reduce(0) { $0 + $1.bytes.count } }

    /// The coded data as it lies in the file, highest bit first.
    private static func received(_ tiff: borrowing TIFFHandle, _ info: PageInfo) throws(FaxError) -> FaxPDFPage {
        let rowsPerStrip = min(
            Int(callfax_tiff_long(tiff.tiff, UInt32(TIFFTAG_ROWSPERSTRIP), UInt32.max)), info.rows)
        guard rowsPerStrip > 0 else {
            throw FaxError(.data, "\(quoted(tiff.name)): page \(tiff.pageNumber) has no rows")
        }
        var strips: [Strip] = []
        var isWhole = (info.rows + rowsPerStrip - 1) / rowsPerStrip <= info.stripCount
        for index in 0..<info.stripCount where index * rowsPerStrip < info.rows {
            var coded = tiff.codedStrip(index)
            isWhole = isWhole && coded.isWhole
            if info.isLowestBitFirst {
                TIFFReverseBits(&coded.bytes, tmsize_t(coded.bytes.count))
            }
            strips.append(
                Strip(rows: min(rowsPerStrip, info.rows - index * rowsPerStrip), bytes: coded.bytes))
        }
        guard strips.contains(where: { !$0.bytes.isEmpty }) else {
            throw FaxError(.data, "\(quoted(tiff.name)): page \(tiff.pageNumber) has no image data")
        }
        return FaxPDFPage(info: info, strips: strips, isWhole: isWhole)
    }

    /// The pixels of data that is cut short, as far as it goes; the rest is white.
    private func decoded(beside target: String) throws(FaxError) -> PageBits {
        let scratch = try TemporaryFile(for: target)
        let writer = try TIFFHandle(writing: scratch)
        try writer.describePage(
            index: 0, of: 1, width: info.width, rows: info.rows, rowsPerStrip: strips.first?.rows ?? info.rows)
        try writer.set(TIFFTAG_FILLORDER, short: FILLORDER_MSB2LSB)
        if info.isMinIsBlack { try writer.set(TIFFTAG_PHOTOMETRIC, short: PHOTOMETRIC_MINISBLACK) }
        if info.compression == .g4 {
            try writer.set(TIFFTAG_COMPRESSION, short: COMPRESSION_CCITTFAX4)
        } else {
            try writer.set(TIFFTAG_COMPRESSION, short: COMPRESSION_CCITTFAX3)
            let isTwoDimensional = info.compression == .g3TwoDimensional
            try writer.set(TIFFTAG_GROUP3OPTIONS, long: isTwoDimensional ? UInt32(GROUP3OPT_2DENCODING) : 0)
        }
        for (index, strip) in strips.enumerated() {
            // An empty strip is none; a zero byte decodes to nothing in every coding.
            var bytes = strip.bytes.isEmpty ? [0] : strip.bytes
            let written = bytes.withUnsafeMutableBytes { buffer in
                TIFFWriteRawStrip(writer.tiff, UInt32(index), buffer.baseAddress, tmsize_t(buffer.count))
            }
            try writer.check(written == bytes.count ? 1 : 0, "copy what there is of a page")
        }
        try writer.finish()
        return try TIFFHandle(reading: scratch.path).decodePage().bits
    }

    /// T.6 from pixels: the shortest that there is, or, where it is waited for, what takes the least time.
    private static func recoded(
        _ bits: PageBits, like original: PageInfo, isWhole: Bool, _ coding: FaxPDF.Options.Coding
    ) -> FaxPDFPage {
        var bits = bits
        var info = original
        info.compression = .g4
        info.isMinIsBlack = false
        if coding == .coarse, let own = original.resolution, own != .standard {
            bits = bits.reduced(from: own, to: .standard)
            info.verticalResolution = Double(Resolution.standard.linesPerInch)
        }
        info.rows = bits.rows
        let bytes =
            coding == .received ? PageCoder(.g4, .fine).codeHighestFirst(bits) : ShortestT6.code(bits)
        return FaxPDFPage(info: info, strips: [Strip(rows: bits.rows, bytes: bytes)], isWhole: isWhole)
    }

    /// Writes the page with its images and gives the page's number.
    func write(
        to pdf: inout PDFFile, under tree: PDFFile.Reference, paper: PaperSize?, words: [PDFWord],
        font: PDFFile.Reference?
    ) throws(FaxError) -> PDFFile.Reference {
        let page = pdf.reserve()
        let content = pdf.reserve()
        // A file that doesn't tell its resolution, or tells nonsense, is taken for fine, the commonest.
        let width = down(
            Double(info.width) / (Self.plausible(info.horizontalResolution) ?? Double(Resolution.pixelsPerInch)) * 72)
        let pointsPerRow = 72 / (Self.plausible(info.verticalResolution) ?? Double(Resolution.fine.linesPerInch))
        let height = down(Double(info.rows) * pointsPerRow)
        var resources = ""
        var drawing = ""
        var rowsAbove = 0
        for (index, strip) in strips.enumerated() {
            // Readers draw whole pixels for parts of them: strips that touched would cover a row of their neighbours.
            let gap = 0.0005
            let top = rowsAbove == 0 ? height : height - Double(rowsAbove) * pointsPerRow - gap
            rowsAbove += strip.rows
            let bottom = index == strips.count - 1 ? 0 : height - Double(rowsAbove) * pointsPerRow + gap
            guard !strip.bytes.isEmpty else { continue }
            let image = pdf.reserve()
            try pdf.add(image, dictionary(rows: strip.rows), stream: strip.bytes)
            resources += "/I\(index) \(image) "
            let numbers = [width, 0, 0, top - bottom, 0, bottom].map(PDFText.number).joined(separator: " ")
            drawing += "q \(numbers) cm /I\(index) Do Q\n"
        }
        var fonts = ""
        if let font, !words.isEmpty {
            drawing += InvisibleFont.drawing(words, width: width, height: height)
            fonts = "/Font << /F0 \(font) >> "
        }
        let sheet = Sheet(width: width, height: height, paper: paper)
        if let placement = sheet.placement { drawing = "q \(placement) cm\n\(drawing)Q\n" }
        try pdf.add(content, "", text: Array(drawing.utf8))
        let box = "[0 0 \(PDFText.number(sheet.width)) \(PDFText.number(sheet.height))]"
        try pdf.add(
            page,
            "<< /Type /Page /Parent \(tree) /MediaBox \(box) /Contents \(content) "
                + "/Resources << \(fonts)/XObject << \(resources)>> >> >>")
        return page
    }

    /// The page's box, and how a fax is put on it.
    private struct Sheet {
        let width: Double
        let height: Double
        /// The matrix; nil where the fax is the sheet.
        let placement: String?

        init(width: Double, height: Double, paper: PaperSize?) {
            guard let paper else {
                self.width = width
                self.height = height
                placement = nil
                return
            }
            self.width = paper.width / 25.4 * 72
            self.height = paper.height / 25.4 * 72
            // Both ways alike, and never larger than it was sent.
            let scale = min(1, self.width / width, self.height / height)
            let left = (self.width - width * scale) / 2
            let numbers = [scale, 0, 0, scale, left, self.height - height * scale]
            placement = numbers.map(PDFText.number).joined(separator: " ")
        }
    }

    /// Garbage in a damaged file would make a page larger than any reader draws, or than a number can tell.
    private static func plausible(_ resolution: Double?) -> Double? {
        resolution.flatMap { (20...5000).contains($0) ? $0 : nil }
    }

    /// Rounded down to what the file spells out: a page a hair wider than its pixels is drawn a pixel wider.
    private func down(_ points: Double) -> Double { (points * 10_000).rounded(.down) / 10_000 }

    /// The image dictionary; the parameters are those of ISO 32000-1 table 11.
    private func dictionary(rows: Int) -> String {
        // T.4's zero fill before an EOL ends the EOL at a byte, not the row: EncodedByteAlign, which means the row,
        // stays false, and decoders skip the fill while they look for the EOL. EndOfBlock is false because Rows is
        // known, and because not everybody writes the end of block.
        let coding =
            switch info.compression {
            case .g3OneDimensional: "/K 0 /EndOfLine true /DamagedRowsBeforeError \(rows)"
            case .g3TwoDimensional: "/K 4 /EndOfLine true /DamagedRowsBeforeError \(rows)"
            case .g4, .other: "/K -1"
            }
        let polarity = info.isMinIsBlack ? " /BlackIs1 true" : ""
        return "/Type /XObject /Subtype /Image /Width \(info.width) /Height \(rows) /ColorSpace /DeviceGray "
            + "/BitsPerComponent 1 /Filter /CCITTFaxDecode /DecodeParms << \(coding) /Columns \(info.width) "
            + "/Rows \(rows) /EndOfBlock false\(polarity) >>"
    }
}
