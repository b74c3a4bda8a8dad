import FaxPages

/// What tesseract's TSV says of one page: columns level, page, block, paragraph, line, word, left, top, width, height,
/// confidence and text; level 1 is the page, 5 a word.
struct TesseractText {
    private(set) var words: [PDFWord] = []
    /// Words with blanks between them, lines by themselves.
    private(set) var text = ""

    init(tsv: String) {
        var size: (width: Double, height: Double)?
        var line = ""
        for row in tsv.split(separator: "\n") {
            let columns = row.split(separator: "\t", omittingEmptySubsequences: false)
            guard columns.count >= 12, let level = Int(columns[0]), let left = Double(columns[6]),
                let top = Double(columns[7]), let width = Double(columns[8]), let height = Double(columns[9])
            else { continue }
            if level == 1, width > 0, height > 0 { size = (width, height) }
            let word = columns[11].trimmingPrefix(while: \.isWhitespace)
            guard level == 5, let size, !word.isEmpty, width > 0, height > 0, (Double(columns[10]) ?? 0) > 20 else {
                continue
            }
            let place = columns[2...4].joined(separator: ".")
            if !text.isEmpty { text += place == line ? " " : "\n" }
            line = place
            text += word
            words.append(
                PDFWord(
                    text: String(word), x: left / size.width, y: top / size.height, width: width / size.width,
                    height: height / size.height))
        }
    }
}
