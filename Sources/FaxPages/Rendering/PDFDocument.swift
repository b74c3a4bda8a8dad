import FaxModel
import Glibc

/// What Poppler and MuPDF tell of a PDF before it is drawn.
enum PDFDocument {
    /// Reads pdfinfo's answer for pages 1 to `limit`. A page that has no size is damage, or counts as A4 if that is allowed.
    ///
    /// The document's own texts come first in it, so for each line that counts the last one of its kind is taken: a
    /// title can't speak for the page count.
    static func parse(
        _ answer: String, path: String, limit: Int, allowsDamaged: Bool = false
    ) throws(FaxError) -> (count: Int, sizes: [PDFPageSize]) {
        var count: Int?
        var sizes: [Int: PDFPageSize] = [:]
        var turns: [Int: Int] = [:]
        for line in answer.split(separator: "\n") {
            let words = line.split(separator: " ")
            if words.count == 2, words[0] == "Pages:" { count = Int(words[1]) }
            guard words.count >= 4, words[0] == "Page", let number = Int(words[1]) else { continue }
            if words[2] == "size:", words.count >= 6, let width = Double(words[3]), let height = Double(words[5]) {
                sizes[number] = PDFPageSize(width: width, height: height)
            } else if words[2] == "rot:" {
                turns[number] = Int(words[3])
            }
        }
        guard let count else { throw FaxError(.data, "\(quoted(path)) is damaged: it has no readable list of pages") }
        guard count <= limit else { return (count, []) }
        var pages: [PDFPageSize] = []
        for number in stride(from: 1, through: count, by: 1) {
            var size = PDFPageSize(width: 595, height: 842)
            if let found = sizes[number], found.width.isFinite, found.height.isFinite, found.width > 0, found.height > 0
            {
                size = found
            } else if !allowsDamaged {
                throw FaxError(.data, "\(quoted(path)) is damaged: page \(number) of \(count) can't be read")
            }
            if let turn = turns[number], turn % 180 != 0 { size = PDFPageSize(width: size.height, height: size.width) }
            pages.append(size)
        }
        return (count, pages)
    }

    /// Whether a page may have units of its own: the word is in the file, or objects are packed so that it can't be seen.
    static func mayHaveUnits(_ path: String) -> Bool {
        guard let descriptor = try? FileSystem.openRegular(path) else { return true }
        defer { close(descriptor) }
        let words = ["/UserUnit", "/ObjStm"]
        let overlap = 16
        return withUnsafeTemporaryAllocation(byteCount: 1 << 18, alignment: 16) { room in
            guard let start = room.baseAddress else { return true }
            var kept = 0
            while true {
                let count = read(descriptor, start + kept, room.count - kept)
                guard count > 0 else { return count < 0 }
                let filled = kept + count
                var place = start
                while let slash = memchr(place, 0x2F, start + filled - place) {
                    let left = start + filled - slash
                    if words.contains(where: { $0.utf8.count <= left && memcmp(slash, $0, $0.utf8.count) == 0 }) {
                        return true
                    }
                    place = slash + 1
                }
                kept = min(overlap, filled)
                memmove(start, start + filled - kept, kept)
            }
        }
    }

    /// Sizes in points, where they were in the pages' own units (UserUnit, ISO 32000-1 §14.11.1): `answer` is that of
    /// `mutool pages`.
    static func scaled(_ pages: [PDFPageSize], by answer: String) -> [PDFPageSize] {
        var pages = pages
        var number = 0
        for line in answer.split(separator: "\n") {
            let value = line.split(separator: "\"")
            guard value.count >= 2 else { continue }
            if line.hasPrefix("<page pagenum="), let found = Int(value[1]) {
                number = found
            } else if line.hasPrefix("<UserUnit v="), let unit = Double(value[1]), unit > 0, unit <= 1000,
                pages.indices.contains(number - 1)
            {
                pages[number - 1].width *= unit
                pages[number - 1].height *= unit
            }
        }
        return pages
    }
}
