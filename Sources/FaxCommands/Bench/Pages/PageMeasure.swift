import FaxModel
import FaxPages
import Foundation

/// What one document comes to at one resolution, ours and Ghostscript's.
struct PageMeasure: Sendable {
    let document: BenchDocument
    let resolution: Resolution
    var bytes3 = Pair()
    var bytes4 = Pair()
    /// Words of the document read back.
    var words = Pair()
    /// Words read back from the page in grey at 300 pixels an inch.
    var wordsOfOriginal = 0
    /// Structural similarity to the grey original.
    var similarity = Pair()

    struct Pair: Sendable {
        var ours = 0.0
        var theirs = 0.0
    }
}

/// Makes the measures; each runs some programs, so several go at a time.
struct PageMeasuring: Sendable {
    /// Our program, its settings, and where files may be left.
    let callfax: String
    let settings: String
    let directory: String

    func measure(_ document: BenchDocument, _ resolution: Resolution, original: Int) throws -> PageMeasure {
        var result = PageMeasure(document: document, resolution: resolution)
        let pages = try pages(document, resolution)
        result.bytes3 = .init(ours: Double(pages.ours.info.encodedBytes), theirs: Double(pages.theirs3.encodedBytes))
        result.bytes4 = .init(
            ours: Double(CodedPage(pages.ours.bits, resolution, .g4).codedBytes),
            theirs: Double(pages.theirs.info.encodedBytes))
        if document.kind.hasText {
            result.wordsOfOriginal = original
            result.words = .init(
                ours: Double(try read(pages.ours, document)), theirs: Double(try read(pages.theirs, document)))
        }
        if document.kind == .photograph {
            let grey = try originalGrey(document)
            result.similarity = .init(
                ours: Self.similarity(pages.ours.square, grey), theirs: Self.similarity(pages.theirs.square, grey))
        }
        return result
    }

    /// Words that are read back from the page as it is.
    func wordsOfOriginal(_ document: BenchDocument) throws -> Int {
        let grey = try BenchProgram.run([
            "mutool", "draw", "-q", "-F", "pgm", "-c", "gray", "-r", "300", "-o", "-", document.pdf, "1",
        ])
        return try WordCount(document).found(in: recognised(grey, 300, document))
    }

    /// A page of a fax.
    struct FaxPage {
        var info: PageInfo
        var bits: PageBits
        /// With square pixels, 204 an inch.
        var square: GreyPicture {
            let lines = Double(info.resolution?.linesPerInch ?? 196)
            let bits = bits
            let grey = (0..<bits.rows).flatMap { y in
                (0..<bits.width).map { bits.isBlack(x: $0, y: y) ? Float(0) : 255 }
            }
            return GreyPicture(width: bits.width, height: bits.rows, pixels: grey)
                .rescaled(rows: Int((Double(bits.rows) * 204 / lines).rounded()))
        }
    }

    func pages(
        _ document: BenchDocument, _ resolution: Resolution
    ) throws -> (ours: FaxPage, theirs: FaxPage, theirs3: PageInfo) {
        let name = "\(directory)/\(document.name)-\(resolution.rawValue)"
        try BenchProgram.run([
            callfax, "fax-send", resolution == .fine ? "-m" : "-l", "--config", settings, "--preview", name + ".tiff",
            document.pdf,
        ])
        for device in ["tiffg3", "tiffg4"] {
            try BenchProgram.run([
                "gs", "-q", "-dNOPAUSE", "-dBATCH", "-dSAFER", "-dLastPage=1", "-sDEVICE=\(device)",
                "-r204x\(resolution.linesPerInch)", "-sPAPERSIZE=a4", "-dFIXEDMEDIA", "-dPDFFitPage",
                "-sOutputFile=\(name)-\(device).tiff", document.pdf,
            ])
        }
        func page(_ path: String) throws -> FaxPage {
            FaxPage(info: try TIFFFile.inspect(path)[0], bits: try TIFFFile.decode(path, page: 0).bits)
        }
        return (
            try page(name + ".tiff"), try page(name + "-tiffg4.tiff"), try TIFFFile.inspect(name + "-tiffg3.tiff")[0]
        )
    }

    private func read(_ page: FaxPage, _ document: BenchDocument) throws -> Int {
        let picture = page.square
        let count = WordCount(document)
        // A page that was laid on its side is read on the side on which it reads better.
        let sides =
            document.isLandscape ? [picture.turned(clockwise: true), picture.turned(clockwise: false)] : [picture]
        return try sides.map { count.found(in: try recognised($0.portable, 204, document)) }.max() ?? 0
    }

    private func recognised(_ picture: Data, _ perInch: Int, _ document: BenchDocument) throws -> String {
        let file = "\(directory)/ocr-\(UUID().uuidString).pgm"
        try picture.write(to: URL(fileURLWithPath: file))
        defer { unlink(file) }
        let text = try BenchProgram.run(["tesseract", file, "-", "-l", document.language, "--dpi", "\(perInch)"])
        return String(decoding: text, as: UTF8.self)
    }

    /// As ours lies on the fax page, with square pixels.
    func originalGrey(_ document: BenchDocument) throws -> GreyPicture {
        try GreyPicture(
            portable: BenchProgram.run([
                "mutool", "draw", "-q", "-F", "pgm", "-c", "gray", "-w", "1687", "-h", "2386", "-f", "-o", "-",
                document.pdf,
                "1",
            ]))
    }

    /// Both blurred with σ 2, the page shifted to where it lies best on the original.
    static func similarity(_ page: GreyPicture, _ original: GreyPicture) -> Double {
        let height = min(page.height, original.height)
        let reference = original.cropped(width: original.width, height: height).blurred(2, radius: 8)
        let soft = page.blurred(2, radius: 8)
        var best = (error: Float.infinity, dx: 0, dy: 0)
        for dx in Array(0...4) + Array(17...24) {
            for dy in -4...4 {
                var error: Float = 0
                for y in stride(from: 40, to: height - 40, by: 7) {
                    for x in stride(from: 20, to: reference.width - 60, by: 5) {
                        let difference =
                            soft.pixels[(y + dy) * soft.width + x + dx] - reference.pixels[y * reference.width + x]
                        error += difference * difference
                    }
                }
                if error < best.error { best = (error, dx, dy) }
            }
        }
        let moved = GreyPicture(
            width: reference.width, height: height,
            pixels: (0..<height).flatMap { y -> [Float] in
                let row = min(max(y + best.dy, 0), soft.height - 1) * soft.width
                return (0..<reference.width).map { soft.pixels[row + min(soft.width - 1, $0 + best.dx)] }
            })
        return moved.similarity(to: reference)
    }
}
