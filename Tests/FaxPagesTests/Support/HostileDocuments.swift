import FaxModel
import Foundation

@testable import FaxPages

/// Documents that are damaged, or made to do harm: the same ones in each run.
enum HostileDocuments {
    struct Document: Sendable {
        let name: String
        let bytes: [UInt8]
    }

    /// `forbidden` is a file that none of them can make.
    static func all(forbidden: String) throws -> [Document] {
        try spoiled() + bombs() + postScript(forbidden) + pictures() + texts() + strangers()
    }

    /// Whole documents of each kind, cut, and with bytes changed.
    private static func spoiled() throws -> [Document] {
        var picture = Array("P5 300 200 255\n".utf8)
        for y in 0..<200 { for x in 0..<300 { picture.append(UInt8((x * y) % 256)) } }
        let pgm = NSTemporaryDirectory() + UUID().uuidString
        try write(picture, to: pgm)
        try TestPages.write([TestPages.page(1), TestPages.page(2)], to: pgm + ".tiff", .fine)
        defer { for path in [pgm, pgm + ".tiff"] { try? FileManager.default.removeItem(atPath: path) } }
        let whole: [(String, [UInt8])] = [
            ("pdf", SampleDocument.demonstration.pdf),
            ("words.pdf", SampleDocument(pages: [.init(.a4, lines: ["A", "B"])]).pdf),
            (
                "ps",
                Array("%!PS\n/Helvetica findfont 20 scalefont setfont 100 100 moveto (Dear Sir) show showpage\n".utf8)
            ),
            ("png", try Tool.pnmtopng.run(pgm)), ("jpg", try Tool.pnmtojpeg.run(pgm)),
            ("scan.tiff", try Tool.pnmtotiff.run(pgm)), ("fax.tiff", try bytes(of: pgm + ".tiff")),
        ]
        var state: UInt64 = 20_261_126
        func next(_ limit: Int) -> Int {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int(state >> 33) % limit
        }
        return whole.flatMap { name, bytes in
            let cuts = (1...12).map {
                Document(name: "cut \($0) \(name)", bytes: Array(bytes.prefix(bytes.count * $0 / 13)))
            }
            let flips = (1...24).map { round in
                var changed = bytes
                for _ in 0..<(1 + round * round / 12) { changed[next(bytes.count)] ^= 1 << UInt8(next(8)) }
                return Document(name: "flip \(round) \(name)", bytes: changed)
            }
            return cuts + flips
        }
    }

    private static func pdf(_ name: String, _ objects: [String]) -> Document {
        Document(name: name, bytes: RefusedDocumentTests.assemble(objects))
    }

    private static func page(_ box: String = "0 0 595 842", _ more: String = "") -> String {
        "<< /Type /Page /Parent 2 0 R /MediaBox [\(box)] /Contents 4 0 R \(more) >>"
    }

    private static let catalog = "<< /Type /Catalog /Pages 2 0 R >>"
    private static let one = "<< /Type /Pages /Count 1 /Kids [3 0 R] >>"

    private static func stream(_ content: String, _ more: String = "") -> String {
        "<< /Length \(content.utf8.count) \(more) >>\nstream\n\(content)\nendstream"
    }

    private static func bombs() -> [Document] {
        let boxes = [
            "0 0 1e9 1e9", "0 0 1e38 1", "0 0 -5 -5", "0 0 0 0", "0 0 1 14400", "0 0 14400 1", "1 2 3", "0 0 (a) /b",
        ]
        let sizes = boxes.map { pdf("page of \($0)", [catalog, one, page($0), stream("0 0 9 9 re f")]) }
        let counts = ["1000000000", "-1", "4294967297", "0"].map { count in
            pdf("\(count) pages", [catalog, "<< /Type /Pages /Count \(count) /Kids [3 0 R] >>", page(), stream("")])
        }
        let kids = (0..<60_000).map { _ in "3 0 R" }.joined(separator: " ")
        let loops = [
            pdf("page tree in itself", [catalog, "<< /Type /Pages /Count 1 /Kids [2 0 R] >>", page(), stream("")]),
            pdf(
                "60,000 times the same page",
                [catalog, "<< /Type /Pages /Count 60000 /Kids [\(kids)] >>", page(), stream("")]),
            pdf("unit", [catalog, one, page("0 0 595 842", "/UserUnit 1e12"), stream("0 0 9 9 re f")]),
            pdf(
                "form in itself",
                [
                    catalog, one, page("0 0 595 842", "/Resources << /XObject << /X 5 0 R >> >>"), stream("/X Do"),
                    stream(
                        "/X Do /X Do",
                        "/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /X 5 0 R >> >>"),
                ]),
            pdf(
                "pattern in itself",
                [
                    catalog, one, page("0 0 595 842", "/Resources << /Pattern << /P 5 0 R >> >>"),
                    stream("/Pattern cs /P scn 0 0 595 842 re f"),
                    stream(
                        "/Pattern cs /P scn 0 0 1 1 re f",
                        "/Type /Pattern /PatternType 1 /PaintType 1 /TilingType 1 /BBox [0 0 1 1] /XStep 0.001 /YStep 0.001 "
                            + "/Resources << /Pattern << /P 5 0 R >> >>"),
                ]),
            Document(name: "forms ten to the ninth", bytes: RefusedDocumentTests.endless),
            pdf(
                "picture of 60,000 x 60,000",
                [
                    catalog, one, page("0 0 595 842", "/Resources << /XObject << /I 5 0 R >> >>"),
                    stream("500 0 0 500 0 0 cm /I Do"),
                    stream(
                        "x",
                        "/Type /XObject /Subtype /Image /Width 60000 /Height 60000 /BitsPerComponent 8 /ColorSpace /DeviceRGB"
                    ),
                ]),
            pdf(
                "a file from outside", [catalog, one, page(), "<< /Length 0 /F (/etc/shadow) >>\nstream\n\nendstream"]),
            pdf("100,000 nested arrays", [catalog, one, page(), stream(String(repeating: "[", count: 100_000))]),
            pdf("a million states", [catalog, one, page(), stream(String(repeating: "q ", count: 1_000_000))]),
            pdf(
                "a long word",
                [catalog, one, page(), stream("BT (" + String(repeating: "x", count: 2_000_000) + ") Tj ET")]),
            pdf(
                "two million lines",
                [catalog, one, page(), stream(String(repeating: "0 0 m 9 9 l S\n", count: 2_000_000))]),
            Document(
                name: "a cross reference to itself",
                bytes: Array(
                    "%PDF-1.4\nxref\n0 1\n0000000000 65535 f \ntrailer << /Size 1 /Prev 9 >>\nstartxref\n9\n%%EOF".utf8)
            ),
            Document(name: "only a mark", bytes: Array("%PDF-".utf8)),
            Document(
                name: "200,000 objects",
                bytes: RefusedDocumentTests.assemble(
                    [catalog, one, page(), stream("")] + [String](repeating: "<< >>", count: 200_000))),
        ]
        return sizes + counts + loops
    }

    private static func postScript(_ forbidden: String) -> [Document] {
        [
            "{} loop", "{ 1000000 array } loop", "0 1 1000000 { pop showpage } for", "/f { f } def f",
            "{ 65535 string } loop",
            "(/etc/shadow) (r) file 2000 string readstring pop show showpage",
            "(\(forbidden)) (w) file (x) writestring showpage",
            "(%pipe%touch \(forbidden)) (w) file closefile showpage",
            "<< /OutputFile (\(forbidden)) >> setpagedevice showpage",
            "<< /PageSize [1e7 1e7] >> setpagedevice showpage", "<< /PageSize [-1 0] >> setpagedevice showpage",
            "(/etc/passwd) run", "(\(forbidden)) deletefile", "systemdict /quit get exec", "/showpage {} def",
            "currentdevice null true mark /OutputICCProfile (%pipe%touch \(forbidden)) .putdeviceparams", "1 0 div",
        ].enumerated().map { Document(name: "PostScript \($0): \($1.prefix(40))", bytes: Array("%!PS\n\($1)\n".utf8)) }
    }

    private static func pictures() -> [Document] {
        func big(_ value: UInt32) -> [UInt8] { (0..<4).reversed().map { UInt8(truncatingIfNeeded: value >> (8 * $0)) } }
        func png(_ width: UInt32, _ height: UInt32) -> [UInt8] {
            [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A] + big(13) + Array("IHDR".utf8) + big(width) + big(height)
                + [8, 2, 0, 0, 0] + big(0) + big(0) + Array("IDAT".utf8) + big(0) + big(0) + Array("IEND".utf8) + big(0)
        }
        let jpeg: [UInt8] = [0xFF, 0xD8, 0xFF, 0xC0, 0, 11, 8, 0xFF, 0xFF, 0xFF, 0xFF, 1, 1, 0x11, 0, 0xFF, 0xD9]
        let loop: [UInt8] = [0x49, 0x49, 42, 0, 8, 0, 0, 0, 1, 0, 0, 1, 3, 0, 1, 0, 0, 0, 1, 0, 0, 0, 8, 0, 0, 0]
        return [
            Document(name: "PNG 100,000 x 100,000", bytes: png(100_000, 100_000)),
            Document(name: "PNG of the largest size", bytes: png(0x7FFF_FFFF, 0x7FFF_FFFF)),
            Document(name: "PNG of no size", bytes: png(0, 0)), Document(name: "JPEG 65535 x 65535", bytes: jpeg),
            Document(name: "a directory after itself", bytes: loop),
            Document(name: "GIF 65535 x 65535", bytes: Array("GIF89a".utf8) + [255, 255, 255, 255, 0, 0, 0, 0x3B]),
            Document(name: "BMP", bytes: Array("BM".utf8) + [UInt8](repeating: 0xFF, count: 60)),
        ]
    }

    private static func texts() -> [Document] {
        [
            ("one line of 3 MB", String(repeating: "x", count: 3_000_000)),
            ("200,000 lines", String(repeating: "x\n", count: 200_000)),
            ("marks upon marks", "a" + String(repeating: "\u{301}", count: 100_000)),
            ("overrides", String(repeating: "\u{202E}\u{2066}", count: 50_000) + "x"),
            ("form feeds", String(repeating: "\u{C}", count: 100_000) + "x"), ("office in name only", "{\\rtf1"),
            ("no office document", "PK\u{3}\u{4} mimetypeapplication/vnd.oasis.opendocument.text"),
        ].map { Document(name: $0, bytes: Array($1.utf8)) }
    }

    private static func strangers() -> [Document] {
        [
            [0x7F, 0x45, 0x4C, 0x46, 2, 1, 1, 0], Array("ID3\u{3}\0\0".utf8), [0x1F, 0x8B, 8, 0],
            [0x50, 0x4B, 3, 4, 20, 0],
            Array("<!DOCTYPE html><script>".utf8), Array("\0\0\0\u{18}ftypmp42".utf8),
            [UInt8](repeating: 0, count: 5000),
            Array("RIFF....WEBPVP8 \0".utf8), [0xFE, 0xFF, 0, 65],
        ].enumerated().map { Document(name: "stranger \($0)", bytes: $1) }
    }
}
