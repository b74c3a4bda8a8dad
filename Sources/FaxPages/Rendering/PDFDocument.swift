import FaxModel
import Glibc

/// One document that was looked at: a PDF, with the size of each of its pages.
struct PDFDocument {
    let path: String
    let pages: [PDFPageSize]

    /// Consecutive pages of equal size, as ranges counted from 0.
    var runs: [Range<Int>] {
        var runs: [Range<Int>] = []
        var start = 0
        for index in pages.indices.dropFirst() where pages[index] != pages[start] {
            runs.append(start..<index)
            start = index
        }
        if start < pages.count { runs.append(start..<pages.count) }
        return runs
    }

    /// Refuses what isn't a PDF by its first 1024 bytes (ISO 32000-1 annex H, implementation note 13), whatever its name.
    static func requirePDF(_ path: String) throws(FaxError) {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0 else { throw FaxError(failed: "read", path, .noInput, errno) }
        defer { close(descriptor) }
        var status = stat()
        guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
            throw FaxError(.noInput, "\(quoted(path)) is not a regular file")
        }
        guard status.st_size > 0 else { throw FaxError(.data, "\(quoted(path)) is empty") }
        let start = [UInt8](unsafeUninitializedCapacity: 1024) { buffer, count in
            count = max(0, pread(descriptor, buffer.baseAddress, 1024, 0))
        }
        let mark = Array("%PDF-".utf8)
        guard start.indices.contains(where: { start[$0...].starts(with: mark) }) else {
            throw FaxError(.data, "\(quoted(path)) is not a PDF; convert it to PDF first")
        }
    }

    /// Reads pdfinfo's answer for pages 1 to `limit`.
    ///
    /// The document's own texts come first in it, so for each line that counts the last one of its kind is taken: a
    /// title can't speak for the page count.
    static func parse(_ answer: String, path: String, limit: Int) throws(FaxError) -> (count: Int, sizes: [PDFPageSize])
    {
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
            guard var size = sizes[number], size.width.isFinite, size.height.isFinite, size.width > 0, size.height > 0
            else { throw FaxError(.data, "\(quoted(path)) is damaged: page \(number) of \(count) can't be read") }
            if let turn = turns[number], turn % 180 != 0 { size = PDFPageSize(width: size.height, height: size.width) }
            pages.append(size)
        }
        return (count, pages)
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
