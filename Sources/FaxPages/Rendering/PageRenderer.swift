import FaxModel
import Glibc

/// Documents to fax pages: the one place that knows which program draws them.
///
/// Poppler it is (pdfinfo for the sizes, pdftoppm for the pixels). Measured on Debian 12, two cores, 30 pages of text
/// in grey at 204 pixels an inch, median of five runs in turn: Poppler 22.12 at 204 x 196 0.68 s and 19 MB, Ghostscript
/// 10.00 with antialiased text 1.97 s and 30 MB (0.12 s without), MuPDF 1.21 0.09 s and 13 MB, but with square pixels
/// only, which a fax would have to scale once more. Poppler's pixels are the fax's own, and its 23 ms a page are nothing
/// beside what the page takes on the line. With binarising, coding and decoding again it is 40 to 60 ms a page, and
/// 39 MB of our own for 20 pages as for 500.
package struct PageRenderer: Sendable {
    private let limits: RendererLimits
    private let directories: [String]?

    /// `directories` is where to look for Poppler instead of /usr/bin and /usr/local/bin.
    package init(limits: RendererLimits = RendererLimits(), directories: [String]? = nil) {
        self.limits = limits
        self.directories = directories
    }

    /// Draws documents, in their order, as the pages of one TIFF/F that appears at `output` whole, durable and
    /// decoded once again, or not at all.
    ///
    /// Memory doesn't grow with the page count. `progress` gets pages done and pages in all, from another thread.
    /// Fails with one line of its own for each: missing file (`noInput`), not a PDF, empty, encrypted, damaged,
    /// without pages, too many pages, over its time, its memory or its output (`data`), Poppler not installed
    /// (`unavailable`); and with CancellationError.
    package func render(
        documents: [String], settings: RenderSettings, to output: String,
        progress: @escaping @Sendable (_ done: Int, _ total: Int) -> Void = { _, _ in }
    ) async throws -> [PageInfo] {
        try await withTaskExecutorPreference(PagesExecutor.shared) {
            try await draw(documents, settings, output, progress)
        }
    }

    private func draw(
        _ paths: [String], _ settings: RenderSettings, _ output: String, _ progress: (Int, Int) -> Void
    ) async throws -> [PageInfo] {
        let deadline = ContinuousClock.now + settings.deadline
        guard !paths.isEmpty else { throw FaxError(.usage, "no document to send") }
        // All are looked at before the first is drawn: a wrong last one shouldn't cost the others' time.
        for path in paths { try PDFDocument.requirePDF(path) }
        var documents: [PDFDocument] = []
        var total = 0
        for path in paths {
            let document = try await look(at: path, already: total, settings, deadline)
            documents.append(document)
            total += document.pages.count
        }
        var writer = try FaxTIFFWriter(path: output, totalPages: total)
        let binarizer = Binarizer(settings.resolution)
        var done = 0
        progress(0, total)
        for document in documents {
            for run in document.runs {
                try await draw(run, of: document, settings, deadline) { page in
                    try writer.add(binarizer.bits(of: page), settings.resolution)
                    done += 1
                    progress(done, total)
                }
            }
        }
        return try writer.finish()
    }

    /// Draws consecutive pages of one size.
    private func draw(
        _ run: Range<Int>, of document: PDFDocument, _ settings: RenderSettings,
        _ deadline: ContinuousClock.Instant, page: (GreyPage) throws -> Void
    ) async throws {
        let pdftoppm = RendererChild(program: try find("pdftoppm"), limits: limits)
        let fit = PageFit(document.pages[run.lowerBound], settings)
        var reader = GreymapReader(fit: fit, pages: run.count)
        let arguments = [
            "-gray", "-cropbox", "-rx", "\(fit.horizontal)", "-ry", "\(fit.vertical)",
            // Without this a page with a rotation of its own is cut to the size that it has at swapped resolutions.
            "-scale-dimension-before-rotation",
            "-f", "\(run.lowerBound + 1)", "-l", "\(run.upperBound)", absolute(document.path),
        ]
        let outcome = try await pdftoppm.run(arguments, until: deadline) { try reader.read($0, page: page) }
        try require(outcome, document.path, settings)
        guard reader.pagesDone == run.count else {
            let place = "page \(run.lowerBound + reader.pagesDone + 1) of \(document.pages.count)"
            throw FaxError(.data, "\(quoted(document.path)) is damaged: \(place) can't be drawn")
        }
    }

    /// Counts and measures a document's pages.
    private func look(
        at path: String, already: Int, _ settings: RenderSettings, _ deadline: ContinuousClock.Instant
    ) async throws -> PDFDocument {
        let pdfinfo = RendererChild(program: try find("pdfinfo"), limits: limits)
        let bound = 65_536 + 160 * settings.maxPages
        var answer: [UInt8] = []
        let arguments = ["-f", "1", "-l", "\(settings.maxPages)", absolute(path)]
        let outcome = try await pdfinfo.run(arguments, until: deadline) { bytes in
            guard answer.count + bytes.count <= bound else {
                throw UnexpectedOutput(what: "a description over \(bound) bytes")
            }
            answer.append(contentsOf: bytes)
        }
        if outcome.messages.contains("Incorrect password") {
            throw FaxError(.data, "\(quoted(path)) is encrypted and needs a password; save it without one")
        }
        if outcome.messages.contains("last page (0)"), !outcome.messages.contains("wrong type") {
            throw FaxError(.data, "\(quoted(path)) has no pages")
        }
        try require(outcome, path, settings)
        let (count, pages) = try PDFDocument.parse(
            String(decoding: answer, as: UTF8.self), path: path, limit: settings.maxPages)
        guard count > 0 else { throw FaxError(.data, "\(quoted(path)) has no pages") }
        guard already + count <= settings.maxPages else {
            let others = already == 0 ? "" : ", with the documents before it \(already + count)"
            throw FaxError(.data, "\(quoted(path)) has \(count) pages\(others); at most \(settings.maxPages) are sent")
        }
        return PDFDocument(path: path, pages: pages)
    }

    /// The programs that drawing needs and that aren't there.
    package var missingPrograms: [String] {
        ["pdfinfo", "pdftoppm", "prlimit"].filter { (try? find($0)) == nil }
    }

    private func find(_ program: String) throws(FaxError) -> String {
        try RendererChild.find(program, package: "poppler-utils", in: directories)
    }

    /// Turns an end that isn't exit 0 into the line that says why.
    private func require(
        _ outcome: RendererChild.Outcome, _ path: String, _ settings: RenderSettings
    ) throws {
        let problem: String? =
            if outcome.isOvertime {
                "took longer to draw than \(settings.deadline.components.seconds) s; send fewer or simpler pages"
            } else if outcome.isOutOfMemory {
                "needs more memory to draw than \(limits.addressSpace >> 20) MB; send a simpler document"
            } else if let unexpected = outcome.refusal as? UnexpectedOutput {
                "made the renderer write what it was not asked for: \(unexpected.what)"
            } else if let refusal = outcome.refusal {
                throw refusal
            } else if outcome.isOutOfTime {
                "took more than \(limits.cpuSeconds) s of CPU to draw; send fewer or simpler pages"
            } else if outcome.isOutOfSpace {
                "made the renderer write too much; send a simpler document"
            } else if !outcome.isSuccess {
                "is damaged: \(Self.firstLine(outcome.messages))"
            } else {
                nil
            }
        if let problem { throw FaxError(.data, "\(quoted(path)) \(problem)") }
    }

    private static func firstLine(_ messages: String) -> String {
        guard let line = messages.split(separator: "\n").first else { return "the renderer stopped without a word" }
        return String(quoted(String(line)).dropFirst().dropLast())
    }

    /// A child works in `/`, and a path that begins with a slash can't be an option.
    private func absolute(_ path: String) -> String {
        guard !path.hasPrefix("/"), let buffer = getcwd(nil, 0) else { return path }
        defer { free(buffer) }
        return String(cString: buffer) + "/" + path
    }
}
