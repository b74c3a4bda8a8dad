package import FaxModel

/// Small PDFs made by hand: the two pages that a demonstration sends, and pages of any size for tests.
package struct SampleDocument: Hashable, Sendable {
    /// One page: lines of text in Helvetica over rules and a grey ramp.
    package struct Page: Hashable, Sendable {
        /// Width in points of 1/72 inch.
        package var width: Double
        package var height: Double
        /// Degrees clockwise that a viewer turns it: 0, 90, 180 or 270.
        package var rotation: Int
        /// Printable ASCII; other characters become `?`, since the page's font is not embedded.
        package var lines: [String]
        /// Whether there are rules, a frame, and eleven greys from white to black.
        package var isDecorated: Bool
        /// Further drawing operators of PDF, as they are.
        package var extra = ""

        package init(
            width: Double, height: Double, rotation: Int = 0, lines: [String], isDecorated: Bool = true
        ) {
            self.width = width
            self.height = height
            self.rotation = rotation
            self.lines = lines
            self.isDecorated = isDecorated
        }

        /// A page of a paper size.
        package init(_ paper: PaperSize, isLandscape: Bool = false, rotation: Int = 0, lines: [String]) {
            let width = (paper.width / 25.4 * 72 * 1000).rounded() / 1000
            let height = (paper.height / 25.4 * 72 * 1000).rounded() / 1000
            self.init(
                width: isLandscape ? height : width, height: isLandscape ? width : height, rotation: rotation,
                lines: lines)
        }
    }

    package var pages: [Page]

    package init(pages: [Page]) { self.pages = pages }

    /// The two A4 pages that `run demo` sends when it is given none.
    package static var demonstration: SampleDocument {
        let texts = [
            [
                "Callfax sample document, page 1 of 2", "",
                "This page left as a PDF, became the pixels of a fax machine,",
                "went through a call between two Asterisk servers,",
                "and should have come out of a mailbox unchanged.", "",
                "0123456789  ABCDEFGHIJKLMNOPQRSTUVWXYZ", "abcdefghijklmnopqrstuvwxyz  + - * / = ( ) [ ] { } # % &",
            ],
            [
                "Callfax sample document, page 2 of 2", "", "A second page, so that the order can be seen.", "",
                "Item, pieces, each, sum", "Fax machine, used: 1 at 10.00 is 10.00", "Paper, 50 m: 12 at 1.50 is 18.00",
                "Patience: 0",
            ],
        ]
        return SampleDocument(pages: texts.map { Page(.a4, lines: $0) })
    }

    /// The bytes of the PDF; equal pages make equal bytes.
    package var pdf: [UInt8] {
        var out = Array("%PDF-1.4\n".utf8)
        var offsets: [Int] = []
        func add(_ body: String) {
            offsets.append(out.count)
            out += Array("\(offsets.count) 0 obj\n\(body)\nendobj\n".utf8)
        }
        let kids = pages.indices.map { "\(4 + 2 * $0) 0 R" }.joined(separator: " ")
        add("<< /Type /Catalog /Pages 2 0 R >>")
        add("<< /Type /Pages /Count \(pages.count) /Kids [\(kids)] >>")
        add("<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>")
        for page in pages {
            let box = "[0 0 \(PDFText.number(page.width)) \(PDFText.number(page.height))]"
            add(
                "<< /Type /Page /Parent 2 0 R /MediaBox \(box) /Rotate \(page.rotation) "
                    + "/Contents \(offsets.count + 2) 0 R /Resources << /Font << /F 3 0 R >> >> >>")
            let content = Self.content(page)
            add("<< /Length \(content.utf8.count) >>\nstream\n\(content)\nendstream")
        }
        let start = out.count
        let entries = offsets.map { offset in
            let digits = String(offset)
            return String(repeating: "0", count: 10 - digits.count) + digits + " 00000 n \n"
        }
        out += Array("xref\n0 \(offsets.count + 1)\n0000000000 65535 f \n\(entries.joined())".utf8)
        out += Array("trailer\n<< /Size \(offsets.count + 1) /Root 1 0 R >>\nstartxref\n\(start)\n%%EOF\n".utf8)
        return out
    }

    /// Writes the PDF: whole and durable, or not at all.
    package func write(to path: String) throws(FaxError) {
        let file = try TemporaryFile(for: path)
        var output = try OutputFile(file)
        try output.write(pdf)
        try output.finish()
        try file.publish()
    }

    private static func content(_ page: Page) -> String {
        let number = PDFText.number
        let margin = min(page.width, page.height) * 0.1
        let size = min(12, (min(page.width, page.height) - 2 * margin) / 30)
        var out = "BT /F \(number(size)) Tf \(number(size * 1.4)) TL "
        out += "\(number(margin)) \(number(page.height - margin - size)) Td\n"
        for line in page.lines {
            let ascii = line.unicodeScalars.map { (32...126).contains($0.value) ? Character($0) : "?" }
            out += "\(PDFText.string(String(ascii))) Tj T*\n"
        }
        out += "ET\n\(page.extra)\n"
        guard page.isDecorated else { return out }
        let inner = page.width - 2 * margin
        out += "1 w \(number(margin / 2)) \(number(margin / 2)) "
        out += "\(number(page.width - margin)) \(number(page.height - margin)) re S\n"
        for (index, width) in [0.25, 0.5, 1, 2].enumerated() {
            let y = margin * 2 + Double(index) * 8
            out += "\(number(width)) w \(number(margin)) \(number(y)) m \(number(margin + inner)) \(number(y)) l S\n"
        }
        for step in 0...10 {
            let x = margin + inner * Double(step) / 11
            out += "\(number(1 - Double(step) / 10)) g \(number(x)) \(number(margin)) "
            out += "\(number(inner / 11)) \(number(margin * 0.8)) re f\n"
        }
        return out + "0 g"
    }
}
