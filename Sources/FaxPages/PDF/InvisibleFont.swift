import FaxModel

/// A font for text that is never drawn: two-byte codes that are UTF-16, every glyph half as wide as it is high.
///
/// PDF/A-2 asks for no embedded font where all its text is invisible (ISO 19005-2 §6.2.11.4.1), and there is nothing to
/// embed.
enum InvisibleFont {
    /// Width of a glyph in parts of the font's size.
    private static let glyph = 0.5

    static func write(to pdf: inout PDFFile) throws(FaxError) -> PDFFile.Reference {
        let font = pdf.reserve()
        let descendant = pdf.reserve()
        let descriptor = pdf.reserve()
        let unicode = pdf.reserve()
        try pdf.add(
            font,
            "<< /Type /Font /Subtype /Type0 /BaseFont /Invisible /Encoding /Identity-H "
                + "/DescendantFonts [\(descendant)] /ToUnicode \(unicode) >>")
        try pdf.add(
            descendant,
            "<< /Type /Font /Subtype /CIDFontType2 /BaseFont /Invisible /CIDToGIDMap /Identity /DW 500 "
                + "/CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> "
                + "/FontDescriptor \(descriptor) >>")
        try pdf.add(
            descriptor,
            "<< /Type /FontDescriptor /FontName /Invisible /Flags 4 /FontBBox [0 0 500 1000] /ItalicAngle 0 "
                + "/Ascent 1000 /Descent 0 /CapHeight 1000 /StemV 80 >>")
        let map = """
            /CIDInit /ProcSet findresource begin
            12 dict begin
            begincmap
            /CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def
            /CMapName /Adobe-Identity-UCS def
            /CMapType 2 def
            1 begincodespacerange
            <0000> <FFFF>
            endcodespacerange
            100 beginbfrange
            """
        // A range may not cross a change of the first byte (ISO 32000-1 §9.10.3), and 100 ranges stand in one block.
        var text = map
        for high in 0..<256 {
            if high == 100 || high == 200 { text += "\nendbfrange\n\(high == 100 ? 100 : 56) beginbfrange" }
            let byte = hex(UInt16(high), 2)
            text += "\n<\(byte)00> <\(byte)FF> <\(byte)00>"
        }
        text += "\nendbfrange\nendcmap\nCMapName currentdict /CMap defineresource pop\nend\nend"
        try pdf.add(unicode, "", text: Array(text.utf8))
        return font
    }

    /// The operators that put the words over a page of that size, in points.
    static func drawing(_ words: [PDFWord], width: Double, height: Double) -> String {
        var text = "BT 3 Tr\n"
        for word in words {
            let units = Array(PDFText.plain(word.text).utf16)
            let size = word.height * height
            guard !units.isEmpty, size > 0.1, word.width > 0 else { continue }
            // So wide that the word ends where it ends on the page.
            let scale = word.width * width / (Double(units.count) * Self.glyph * size) * 100
            let place = [word.x * width, (1 - word.y - word.height) * height].map(PDFText.number)
            text +=
                "/F0 \(PDFText.number(size)) Tf \(PDFText.number(min(max(scale, 1), 10_000))) Tz "
                + "1 0 0 1 \(place[0]) \(place[1]) Tm <\(units.map { hex($0, 4) }.joined())> Tj\n"
        }
        return text + "ET\n"
    }

    private static func hex(_ value: UInt16, _ digits: Int) -> String {
        let text = String(value, radix: 16, uppercase: true)
        return String(repeating: "0", count: digits - text.count) + text
    }
}
