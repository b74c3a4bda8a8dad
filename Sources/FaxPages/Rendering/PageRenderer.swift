import Dispatch
import FaxModel
import Glibc

/// Documents to fax pages: the one place that knows which program draws them.
///
/// What isn't a PDF is made one first (`DocumentConverter`), but for a TIFF of fax pages.
/// MuPDF counts, measures and draws (mutool), and Poppler's pdftoppm has a second try at a page that MuPDF gives up. Measured
/// on Debian 12, grey with antialiasing at 204 x 196, seconds of CPU for the first 60 pages of three manuals: MuPDF 1.21
/// 0.42, 0.52 and 0.41, Poppler 22.12 2.7, 1.8 and 2.4, Ghostscript 10.00 with antialiased text 70 ms a page and more, and
/// without antialiasing, straight to T.4, 0.38, 0.95 and 0.82.
/// Several are drawn at a time, each a few consecutive pages, and binarised and coded as they come; no more pages are held
/// than are being worked on.
package struct PageRenderer: Sendable {
    let limits: RendererLimits
    private let directories: [String]?

    /// Where documents are converted; in TMPDIR or /tmp if nil.
    let workplace: String?

    /// `directories` is where to look for programs instead of /usr/bin and /usr/local/bin.
    package init(
        limits: RendererLimits = RendererLimits(), directories: [String]? = nil, workplace: String? = nil
    ) {
        self.workplace = workplace
        self.limits = limits
        self.directories = directories
    }

    /// Finds out beside other work what the first document would have to wait for: nothing if `cache` has it.
    package func prepare(documents: [String], settings: RenderSettings, cache: PageCache?) {
        DispatchQueue.global().async {
            if let cache, let key = try? cache.key(documents, settings, renderer: find("mutool")), cache.has(key) {
                return
            }
            _ = Sandbox.isAvailable
        }
    }

    /// Draws documents, in their order, as the pages of one TIFF/F that appears at `output` whole, durable and
    /// decoded once again, or not at all.
    ///
    /// Memory doesn't grow with the page count. What `cache` has is not drawn again. `progress` gets pages done and pages in all, from another thread.
    /// Fails with one line of its own for each: missing file (`noInput`), of no kind that can be drawn, empty, encrypted, damaged,
    /// without pages, too many pages, over its time, its memory or its output (`data`), MuPDF not installed
    /// (`unavailable`); and with CancellationError.
    package func render(
        documents: [String], settings: RenderSettings, to output: String, cache: PageCache? = nil,
        progress: @escaping @Sendable (_ done: Int, _ total: Int) -> Void = { _, _ in }
    ) async throws -> [PageInfo] {
        try await withTaskExecutorPreference(PagesExecutor.shared) {
            let key = cache?.key(documents, settings, renderer: try find("mutool"))
            if let cache, let key, let pages = cache.take(key, to: output), pages.count <= settings.maxPages {
                return pages
            }
            let pages = try await draw(documents, settings, output, progress)
            // A document that was written to meanwhile has another key now, and nobody knows which one was drawn.
            if let cache, let key, try cache.key(documents, settings, renderer: find("mutool")) == key {
                cache.keep(output, key)
            }
            return pages
        }
    }

    private func draw(
        _ paths: [String], _ settings: RenderSettings, _ output: String, _ progress: (Int, Int) -> Void
    ) async throws -> [PageInfo] {
        let deadline = ContinuousClock.now + settings.deadline
        guard !paths.isEmpty else { throw FaxError(.usage, "no document to send") }
        // All are looked at before the first is converted or drawn: a wrong last one shouldn't cost the others' time.
        let kinds = try paths.map { try DocumentKind(of: $0) }
        var documents: [SourceDocument] = []
        var total = 0
        // Of the documents themselves, without what is said of them.
        var own = 0
        for (path, kind) in zip(paths, kinds) {
            let document = try await open(path, kind, settings, deadline)
            total += document.count
            own += document.ownCount
            guard own <= settings.maxPages else {
                let others = documents.isEmpty ? "" : ", with the documents before it \(own)"
                throw FaxError(
                    .data,
                    "\(quoted(path)) has \(document.ownCount) pages\(others); at most \(settings.maxPages) are sent"
                )
            }
            documents.append(document)
        }
        let (opened, count) = (documents, total)
        // Its thread waits for pages.
        return try await withTaskExecutorPreference(PagesExecutor.ofOneThread()) {
            try await PagePipeline(renderer: self, settings: settings, deadline: deadline)
                .write(opened, to: output, of: count, progress)
        }
    }

    /// A PDF without its password, which is the first line of `passwordFile`; nil for any other document. Whoever gets it
    /// removes it.
    ///
    /// Fails for a wrong password (`data`) and for want of qpdf (`unavailable`).
    package func open(_ path: String, passwordFile: String) async throws -> OpenedPDF? {
        guard try DocumentKind(of: path) == .pdf else { return nil }
        let settings = RenderSettings()
        return try await withTaskExecutorPreference(PagesExecutor.shared) {
            let deadline = ContinuousClock.now + settings.deadline
            guard try await look(at: path, as: path, settings, deadline) == nil else { return nil }
            let converter = DocumentConverter(renderer: self, settings: settings, deadline: deadline)
            return OpenedPDF(place: try await converter.decrypt(path, passwordFile))
        }
    }

    /// A document as fax pages, or as a PDF with its pages' sizes.
    private func open(
        _ path: String, _ kind: DocumentKind, _ settings: RenderSettings, _ deadline: ContinuousClock.Instant
    ) async throws -> SourceDocument {
        let converter = DocumentConverter(renderer: self, settings: settings, deadline: deadline)
        switch kind {
        case .pdf:
            if let document = try await look(at: path, as: path, settings, deadline) { return document }
            throw FaxError(
                .data, "\(quoted(path)) is encrypted and needs a password; name a file that has it with --password-file"
            )
        case .tiff:
            if let pages = FaxTIFF.pages(path, for: settings) {
                return SourceDocument(name: path, content: .fax(path: path, pages: pages))
            }
        case .postScript, .picture, .office, .text: break
        }
        let place = try await converter.convert(path, kind)
        let pdf = place.file(DocumentConverter.result)
        guard let document = try await look(at: pdf, as: path, in: place, settings, deadline) else {
            throw FaxError(.data, "\(quoted(path)) is encrypted and needs a password")
        }
        return document
    }

    /// A PDF with its pages measured; nil where it can't be read without a password. `name` is what its user calls it, and
    /// `workshop` holds it if it was made here. Where MuPDF finds no page, qpdf has a try, and its copy is looked at.
    private func look(
        at path: String, as name: String, in workshop: JobDirectory? = nil, _ settings: RenderSettings,
        _ deadline: ContinuousClock.Instant
    ) async throws -> SourceDocument? {
        let place = try JobDirectory(in: workplace)
        try place.write(Array(PDFLook.script.utf8), to: "look.js")
        var mutool = RendererChild(program: try find("mutool"), limits: limits.forCopy(of: path))
        mutool.directory = place.path
        let bound = 65_536 + 160 * settings.maxPages
        var answer: [UInt8] = []
        let arguments = ["run", "look.js", "\(settings.maxPages)", DocumentConverter.result]
        let outcome = try await mutool.run(arguments, input: path, until: deadline) { bytes in
            guard answer.count + bytes.count <= bound else {
                throw UnexpectedOutput(what: "a description over \(bound) bytes")
            }
            answer.append(contentsOf: bytes)
        }
        let look = outcome.isSuccess ? PDFLook(String(decoding: answer, as: UTF8.self)) : nil
        // What qpdf has to guess may lack a page: only where damage is allowed, and the fax says so.
        if settings.allowsDamaged, workshop == nil, outcome.isWorthAnotherTry, look?.hasNoPage ?? true {
            let converter = DocumentConverter(renderer: self, settings: settings, deadline: deadline)
            if let mended = try await converter.mend(path, as: name) {
                let copy = mended.file(DocumentConverter.result)
                let document = try await self.look(at: copy, as: name, in: mended, settings, deadline)
                guard var document, case .drawn(let path, let pages) = document.content else { return document }
                document.content = .drawn(path: path, pages: pages + [nil])
                document.isGuessed = true
                return document
            }
        }
        try require(outcome, name, settings)
        switch look {
        case nil: throw FaxError(.data, "\(quoted(name)) is damaged: it has no readable list of pages")
        case .locked: return nil
        case .pages(let count, let pages, let isMended):
            guard count > 0 else { throw FaxError(.data, "\(quoted(name)) has no pages") }
            guard count <= settings.maxPages else {
                throw FaxError(.data, "\(quoted(name)) has \(count) pages; at most \(settings.maxPages) are sent")
            }
            let sizes = try PDFLook.sizes(pages, of: name, allowsDamaged: settings.allowsDamaged)
            return SourceDocument(
                name: name,
                content: .drawn(path: isMended ? place.file(DocumentConverter.result) : path, pages: sizes),
                workshop: isMended ? place : workshop)
        }
    }

    /// The programs that drawing needs and that aren't there.
    package var missingPrograms: [String] {
        ["mutool", "pdftoppm", "prlimit"].filter { (try? find($0)) == nil }
    }

    func find(_ program: String) throws(FaxError) -> String {
        try RendererChild.find(program, package: Self.packages[program] ?? "poppler-utils", in: directories)
    }

    /// Where Debian has what isn't Poppler's.
    private static let packages = [
        "mutool": "mupdf-tools", "gs": "ghostscript", "paps": "paps", "soffice": "libreoffice-writer-nogui",
        "qpdf": "qpdf", "fc-list": "fontconfig",
    ]

    /// Kinds of documents that can't be sent here, each with the package that it needs.
    package var missingKinds: [(kind: String, package: String)] {
        [
            ("PostScript", "gs"), ("text", "paps"), ("documents with a password", "qpdf"),
            ("office documents", "soffice"),
        ].filter { (try? find($0.1)) == nil }.map { ($0.0, Self.packages[$0.1] ?? $0.1) }
    }

    /// Turns an end that isn't exit 0 into the line that says why.
    func require(
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
}
