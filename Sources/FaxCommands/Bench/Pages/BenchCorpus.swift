import FaxModel
import Foundation

/// The documents of the bench: drawn by ourselves, photographs and manuals from Debian's packages. Made once, kept in
/// `directory`.
struct BenchCorpus {
    let directory: String

    /// Packages whose files are used.
    private static let packages = [
        "lomiri-wallpapers-16.04", "r-doc-pdf", "why3-doc-pdf", "python-reportlab-doc", "auto-multiple-choice-doc-pdf",
        "ubuntu-packaging-guide-pdf", "siscone-doc-pdf",
    ]

    func documents() throws -> [BenchDocument] {
        try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
        try fetch()
        var documents: [BenchDocument] = []
        for kind in BenchKind.allCases {
            switch kind {
            case .photograph: documents += try photographs()
            case .manual: documents += try manuals()
            default: for number in 1...6 { documents.append(try drawn(kind, number)) }
            }
        }
        return documents
    }

    private func path(_ name: String) -> String { directory + "/" + name }

    private func drawn(_ kind: BenchKind, _ number: Int) throws -> BenchDocument {
        let name = "\(kind.rawValue)-\(number)"
        var numbers = SeededNumbers(name)
        var language = "eng"
        var page: SVGPage
        switch kind {
        case .invoice: page = BusinessPages.invoice(&numbers)
        case .letter: page = BusinessPages.letter(&numbers)
        case .form: page = BusinessPages.form(&numbers)
        case .table: page = BusinessPages.shadedTable(&numbers)
        case .smallPrint: page = BusinessPages.smallPrint(&numbers)
        case .map: page = ColourPages.map(&numbers)
        case .lightOnDark: page = ColourPages.lightOnDark(&numbers)
        case .slide: page = ColourPages.slide(&numbers, photograph: try photographData(number + 3))
        case .script:
            language = ["deu", "ell", "rus", "ukr", "heb", "deu"][number - 1]
            page = BusinessPages.letter(&numbers, language)
        case .screenshot:
            let screen = ColourPages.screen(&numbers)
            page = SVGPage()
            page.image(30, 60, 535, 535 * 680 / 960, try raster(screen, name), "png")
            page.lines(40, 480, 11, BenchWords.lines(10, width: 80, &numbers))
            page.add(words: screen.words)
        default:
            let clean = number % 2 == 0 ? BusinessPages.invoice(&numbers) : BusinessPages.letter(&numbers)
            page = SVGPage()
            page.image(0, 0, page.width, page.height, try scan(clean, name, &numbers), "jpeg")
            page.add(words: clean.words)
        }
        return BenchDocument(
            name: name, kind: kind, pdf: try pdf(page, name), words: page.words, language: language)
    }

    private func pdf(_ page: SVGPage, _ name: String) throws -> String {
        let (svg, pdf) = (path(name + ".svg"), path(name + ".pdf"))
        try Data(page.svg.utf8).write(to: URL(fileURLWithPath: svg))
        try BenchProgram.run(["rsvg-convert", "-f", "pdf", "--unlimited", "-o", pdf, svg])
        return pdf
    }

    /// As a screen shows it.
    private func raster(_ page: SVGPage, _ name: String) throws -> Data {
        let svg = path(name + "-screen.svg")
        // A point for a pixel.
        let text = page.svg.replacing("pt\"", with: "px\"")
        try Data(text.utf8).write(to: URL(fileURLWithPath: svg))
        return try BenchProgram.run(["rsvg-convert", "-f", "png", svg])
    }

    /// As a cheap scanner sees it: 200 pixels an inch, a little turned, soft, unevenly lit, noisy, as JPEG.
    private func scan(_ page: SVGPage, _ name: String, _ numbers: inout SeededNumbers) throws -> Data {
        let clean = try pdf(page, name + "-clean")
        let grey = try GreyPicture(
            portable: BenchProgram.run([
                "mutool", "draw", "-q", "-F", "pgm", "-c", "gray", "-r", "200", "-o", "-", clean, "1",
            ]))
        let picture = grey.scanned(&numbers)
        let file = path(name + ".pgm")
        try picture.portable.write(to: URL(fileURLWithPath: file))
        return try BenchProgram.run(["pnmtojpeg", "-quality", "70", file])
    }

    private func fetch() throws {
        let done = path("debian/.done")
        if FileManager.default.fileExists(atPath: done) { return }
        try FileManager.default.createDirectory(atPath: path("debian"), withIntermediateDirectories: true)
        for package in Self.packages {
            try BenchProgram.run(["apt-get", "download", "-q", package], in: path("debian"))
        }
        for file in try FileManager.default.contentsOfDirectory(atPath: path("debian")) where file.hasSuffix(".deb") {
            try BenchProgram.run(["dpkg-deb", "-x", file, "files"], in: path("debian"))
        }
        try Data().write(to: URL(fileURLWithPath: done))
    }

    private func photographFiles() throws -> [String] {
        let folder = path("debian/files/usr/share/backgrounds")
        return try FileManager.default.contentsOfDirectory(atPath: folder).filter { $0.hasSuffix(".jpg") }.sorted()
            .map { folder + "/" + $0 }
    }

    private func photographData(_ index: Int) throws -> Data {
        let files = try photographFiles()
        guard !files.isEmpty else { throw FaxError(.unavailable, "the photographs' package has none") }
        return try smaller(files[index % files.count])
    }

    /// 1600 pixels wide: more than a fax line has.
    private func smaller(_ file: String) throws -> Data {
        let picture = path("photograph.pnm")
        try BenchProgram.run(["jpegtopnm", file]).write(to: URL(fileURLWithPath: picture))
        let scaled = path("photograph-small.pnm")
        try BenchProgram.run(["pamscale", "-xyfit", "1600", "1600", picture]).write(to: URL(fileURLWithPath: scaled))
        return try BenchProgram.run(["pnmtojpeg", "-quality", "88", scaled])
    }

    private func photographs() throws -> [BenchDocument] {
        try photographFiles().prefix(12).enumerated().map { index, file in
            let name = "photograph-\(index + 1)"
            let pdf = path(name + ".pdf")
            if !FileManager.default.fileExists(atPath: pdf) {
                var page = SVGPage()
                page.image(30, 40, 535, 400, try smaller(file), "jpeg")
                return BenchDocument(name: name, kind: .photograph, pdf: try self.pdf(page, name), words: [])
            }
            return BenchDocument(name: name, kind: .photograph, pdf: pdf, words: [])
        }
    }

    private func manuals() throws -> [BenchDocument] {
        let pages = [
            ("usr/share/R/doc/manual/R-intro.pdf", 20), ("usr/share/R/doc/manual/R-data.pdf", 12),
            ("usr/share/doc/why3-doc-pdf/manual.pdf", 30), ("usr/share/R/doc/manual/R-exts.pdf", 40),
            ("usr/share/doc/python-reportlab-doc/reportlab-userguide.pdf", 25),
            ("usr/share/doc/auto-multiple-choice/auto-multiple-choice.en.pdf", 30),
            ("usr/share/R/doc/manual/R-lang.pdf", 15),
        ]
        return try pages.enumerated().map { index, source in
            let name = "manual-\(index + 1)"
            let file = path("debian/files/" + source.0)
            let pdf = path(name + ".pdf")
            try BenchProgram.run(["qpdf", "--empty", "--pages", file, "\(source.1)", "--", pdf])
            let text = String(decoding: try BenchProgram.run(["pdftotext", "-enc", "UTF-8", pdf, "-"]), as: UTF8.self)
            let words = text.split(whereSeparator: \.isWhitespace).map(String.init)
            return BenchDocument(name: name, kind: .manual, pdf: pdf, words: words)
        }
    }
}
