import FaxModel

/// Reads pdftoppm's standard output, one PGM (P5, 8 bit) after another, as it arrives, and lays each on a fax page.
///
/// A drawn page that is split becomes several. Holds one page, whatever the number of pages; refuses pages of another size than was asked for, and more pages.
struct GreymapReader {
    private let fit: PageFit
    private let expectedPages: Int
    private var header: [UInt8] = []
    private var row: [UInt8] = []
    private var size: (width: Int, height: Int)?
    private var lastSize: (width: Int, height: Int)?
    private var rowsDone = 0
    /// Rows that went on fax pages before this one.
    private var rowsBefore = 0
    private var page = GreyPage(width: 0, rows: 0)
    /// Pages that were complete.
    private(set) var pagesDone = 0

    init(fit: PageFit, pages: Int) {
        self.fit = fit
        expectedPages = pages
    }

    /// Takes the next bytes and hands over each page that they complete; `isLast` is false for parts of a split page that
    /// has more of them.
    mutating func read(
        _ bytes: UnsafeRawBufferPointer, page finished: (_ page: GreyPage, _ isLast: Bool) throws -> Void
    ) throws {
        var position = 0
        while position < bytes.count {
            guard let size else {
                header.append(bytes[position])
                position += 1
                try parseHeader()
                continue
            }
            if row.isEmpty, bytes.count - position >= size.width {
                let line = UnsafeRawBufferPointer(rebasing: bytes[position..<position + size.width])
                try lay(line, finished)
                position += size.width
            } else {
                let count = min(size.width - row.count, bytes.count - position)
                row.append(contentsOf: bytes[position..<position + count])
                position += count
                guard row.count == size.width else { return }
                let whole = row
                row.removeAll(keepingCapacity: true)
                try whole.withUnsafeBytes { try lay($0, finished) }
            }
            rowsDone += 1
            if rowsDone == size.height {
                pagesDone += 1
                try finished(page, true)
                self.size = nil
                rowsDone = 0
                rowsBefore = 0
            }
        }
    }

    private mutating func lay(
        _ line: UnsafeRawBufferPointer, _ finished: (GreyPage, Bool) throws -> Void
    ) throws {
        if fit.isSplit, rowsDone - rowsBefore == page.rows {
            let cut = page.bestCut
            rowsBefore += cut
            let rest = page.cut(at: cut)
            try finished(page, false)
            page = rest
        }
        page.place(row: rowsDone - rowsBefore, of: line, by: fit)
    }

    /// `P5`, width, height and 255, each followed by one white byte.
    private mutating func parseHeader() throws {
        guard header.count < 40 else { throw unexpected("no PGM header") }
        guard let last = header.last, last == 0x0A || last == 0x20 else { return }
        let words = header.split { $0 == 0x0A || $0 == 0x20 }.map { String(decoding: $0, as: UTF8.self) }
        guard words.count == 4 else { return }
        guard words[0] == "P5", words[3] == "255", let width = Int(words[1]), let height = Int(words[2]) else {
            throw unexpected("a header of another format")
        }
        // The renderer's own rounding may differ by a pixel from ours, not by more: memory and time depend on it.
        guard abs(width - fit.drawnWidth) <= 2, abs(height - fit.drawnHeight) <= 2, width > 0, height > 0 else {
            throw unexpected("\(width) x \(height) pixels instead of \(fit.drawnWidth) x \(fit.drawnHeight)")
        }
        guard pagesDone < expectedPages else { throw unexpected("more than \(expectedPages) pages") }
        // A page that lies where the one before it lay covers all of it: its memory is used again.
        if fit.isSplit || lastSize?.width != width || lastSize?.height != height {
            page = GreyPage(width: Resolution.pixelsPerLine, rows: fit.rows)
        }
        size = (width, height)
        lastSize = size
        header.removeAll(keepingCapacity: true)
    }

    private func unexpected(_ what: String) -> UnexpectedOutput {
        UnexpectedOutput(what: what)
    }
}
