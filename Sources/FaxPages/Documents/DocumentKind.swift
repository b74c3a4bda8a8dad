import FaxModel
import Glibc

/// What a document is, by what is in it: names lie, and standard input has none.
enum DocumentKind: Hashable, Sendable {
    case pdf
    case postScript
    case tiff
    /// A picture of another kind; the ending is that which MuPDF knows it by.
    case picture(ending: String)
    /// What LibreOffice reads; the ending that it has as a rule.
    case office(ending: String)
    case text

    /// Looks at a file.
    ///
    /// Fails when it can't be read, is empty or no regular file (`noInput`, `data`), and for what nobody here can draw.
    init(of path: String) throws(FaxError) {
        let descriptor = try FileSystem.openRegular(path)
        defer { close(descriptor) }
        let start = [UInt8](unsafeUninitializedCapacity: 4096) { buffer, count in
            count = max(0, pread(descriptor, buffer.baseAddress, 4096, 0))
        }
        guard let kind = Self.kind(start) else {
            throw FaxError(
                .data,
                "\(quoted(path)) is no PDF, PostScript, TIFF, PNG, JPEG, text or office document; convert it to PDF first"
            )
        }
        self = kind
    }

    /// By the first bytes of a file.
    static func kind(_ start: [UInt8]) -> DocumentKind? {
        // A PDF may have something before it, within its first 1024 bytes (ISO 32000-1 annex H, note 13).
        if contains("%PDF-", in: start.prefix(1024)) { return .pdf }
        if let known = marks.first(where: { start.starts(with: $0.bytes) }) { return known.kind }
        if start.starts(with: [0x50, 0x4B, 3, 4]) { return package(start) }
        // Markup is text as well, but nobody wants to see its source on paper.
        let beginning = String(decoding: start.prefix(200), as: UTF8.self).lowercased()
        guard !["<!doctype", "<html", "<?xml", "<svg"].contains(where: beginning.contains) else { return nil }
        // Text may have any byte that UTF-8 has, but not those that no text has.
        let isText = !start.contains { $0 < 0x20 && !layout.contains($0) }
        return isText ? .text : nil
    }

    /// Office documents are ZIP archives; which ones is said by what is first in them (ODF 1.2 part 3 §3.3, ECMA-376-2).
    private static func package(_ start: [UInt8]) -> DocumentKind? {
        for (words, ending) in [
            ("application/vnd.oasis.opendocument.text", "odt"),
            ("application/vnd.oasis.opendocument.spreadsheet", "ods"),
            ("application/vnd.oasis.opendocument.presentation", "odp"),
            ("application/vnd.oasis.opendocument.graphics", "odg"), ("word/", "docx"), ("xl/", "xlsx"),
            ("ppt/", "pptx"), ("[Content_Types].xml", "docx"),
        ] where contains(words, in: start[...]) { return .office(ending: ending) }
        return nil
    }

    private static func contains(_ words: String, in bytes: ArraySlice<UInt8>) -> Bool {
        let words = Array(words.utf8)
        return bytes.indices.contains { bytes[$0...].starts(with: words) }
    }

    private static let marks: [(bytes: [UInt8], kind: DocumentKind)] = [
        (Array("%!".utf8), .postScript), (Array("\u{4}%!".utf8), .postScript),
        // With a preview picture around it (Adobe TN 5002 §5.2).
        ([0xC5, 0xD0, 0xD3, 0xC6], .postScript),
        (Array("II*\0".utf8), .tiff), (Array("MM\0*".utf8), .tiff),
        ([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A], .picture(ending: "png")),
        ([0xFF, 0xD8, 0xFF], .picture(ending: "jpg")), (Array("GIF8".utf8), .picture(ending: "gif")),
        (Array("BM".utf8), .picture(ending: "bmp")),
        // OLE compound files: Word, Excel and PowerPoint until 2003; LibreOffice finds out which.
        ([0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1], .office(ending: "doc")),
        (Array("{\\rtf".utf8), .office(ending: "rtf")),
    ]

    /// Backspace, tab, line feed, form feed and carriage return.
    private static let layout: Set<UInt8> = [8, 9, 10, 12, 13]
}
