import CTIFF
import FaxModel
import Glibc

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

    /// Reads the current page. Fails with `.data` when there is nothing of it that can be used.
    init(_ tiff: borrowing TIFFHandle, beside target: String) throws(FaxError) {
        let info = tiff.info
        try tiff.requireBilevelStrips(info)
        if case .other = info.compression {
            let (bits, complaint) = try tiff.decodePage()
            self = try Self.recoded(bits, like: info, isWhole: complaint == nil, beside: target)
            return
        }
        let rowsPerStrip = min(
            Int(callfax_tiff_long(tiff.tiff, UInt32(TIFFTAG_ROWSPERSTRIP), UInt32.max)), info.rows)
        guard rowsPerStrip > 0 else {
            throw FaxError(.data, "\(quoted(tiff.name)): page \(tiff.pageNumber) has no rows")
        }
        var strips: [Strip] = []
        var isWhole = true
        for index in 0..<info.stripCount where index * rowsPerStrip < info.rows {
            let coded = tiff.codedStrip(index)
            isWhole = isWhole && coded.isWhole
            strips.append(
                Strip(
                    rows: min(rowsPerStrip, info.rows - index * rowsPerStrip),
                    bytes: info.isLowestBitFirst ? coded.bytes.map(Self.reversed) : coded.bytes))
        }
        guard strips.contains(where: { !$0.bytes.isEmpty }) else {
            throw FaxError(.data, "\(quoted(tiff.name)): page \(tiff.pageNumber) has no image data")
        }
        self.init(info: info, strips: strips, isWhole: isWhole)
    }

    private init(info: PageInfo, strips: [Strip], isWhole: Bool) {
        self.info = info
        self.strips = strips
        self.isWhole = isWhole
    }

    /// T.6 made by libtiff, which codes only into files: a temporary one beside the target.
    private static func recoded(
        _ bits: PageBits, like original: PageInfo, isWhole: Bool, beside target: String
    ) throws(FaxError) -> FaxPDFPage {
        let scratch = try TemporaryFile(for: target)
        let writer = try TIFFHandle(writing: scratch)
        try writer.describePage(index: 0, of: 1, width: bits.width, rows: bits.rows, rowsPerStrip: bits.rows)
        try writer.set(TIFFTAG_COMPRESSION, short: COMPRESSION_CCITTFAX4)
        try writer.writeStrip(bits.bytes, "code a page again")
        try writer.finish()
        let reader = try TIFFHandle(reading: scratch.path)
        var info = reader.info
        info.horizontalResolution = original.horizontalResolution
        info.verticalResolution = original.verticalResolution
        return FaxPDFPage(
            info: info, strips: [Strip(rows: bits.rows, bytes: reader.codedStrip(0).bytes)], isWhole: isWhole)
    }

    /// Writes the page with its images and gives the page's number.
    func write(to pdf: inout PDFFile, under tree: PDFFile.Reference) throws(FaxError) -> PDFFile.Reference {
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
        try pdf.add(content, "", stream: Array(drawing.utf8))
        let box = "[0 0 \(PDFText.number(width)) \(PDFText.number(height))]"
        try pdf.add(
            page,
            "<< /Type /Page /Parent \(tree) /MediaBox \(box) /Contents \(content) "
                + "/Resources << /XObject << \(resources)>> >> >>")
        return page
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

    private static func reversed(_ byte: UInt8) -> UInt8 {
        var value = byte
        value = (value & 0xF0) >> 4 | (value & 0x0F) << 4
        value = (value & 0xCC) >> 2 | (value & 0x33) << 2
        return (value & 0xAA) >> 1 | (value & 0x55) << 1
    }
}
