import FaxModel
import Glibc

/// Draws, binarises and codes the pages of several documents on all cores, and writes them in their order.
struct PagePipeline: Sendable {
    let renderer: PageRenderer
    let settings: RenderSettings
    let deadline: ContinuousClock.Instant

    /// Cores that take part; more than these wait for memory rather than work.
    private static let workers = min(8, max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN))))
    /// Pages that are made ahead of the one that is written next.
    private static let ahead = 4 * workers

    func write(
        _ documents: [SourceDocument], to output: String, of total: Int, _ progress: (Int, Int) -> Void
    ) async throws -> [PageInfo] {
        let strands = PageStrand.all(of: documents, sideBySide: Self.workers)
        // Only where each page becomes one page is it known before how many there will be.
        let isCounted = !settings.skipsBlank && !strands.contains { fit($0)?.isSplit == true }
        var writer = try FaxTIFFWriter(path: output, totalPages: isCounted ? total : nil)
        let window = PageWindow(width: Self.ahead)
        try await withThrowingDiscardingTaskGroup { group in
            // In their order: the strand with the page that is wanted next is always among those that are drawn.
            let queue = StrandQueue(strands)
            for _ in 0..<Self.workers {
                group.addTask(executorPreference: PagesExecutor.ofOneThread()) {
                    // It throws once nothing is wanted any more, and why is known to the window.
                    while let strand = queue.next(), (try? await make(strand, for: window)) != nil {}
                }
            }
            defer { window.close() }
            var sent = 0
            progress(0, total)
            for place in 0..<total {
                // What fails first in the document is told, not what failed first by the clock.
                let pages = try window.take()
                sent += pages.count
                guard sent <= settings.maxPages + documents.count(where: \.isGuessed) else {
                    throw FaxError(.data, "more than \(settings.maxPages) pages come of it; send fewer at a time")
                }
                for page in pages { try writer.add(page) }
                progress(place + 1, total)
            }
            guard sent > 0 else { throw FaxError(.data, "\(quoted(documents[0].name)): there is nothing on any page") }
        }
        return try writer.finish()
    }

    /// Makes the pages of a strand until one fails.
    private func make(_ strand: PageStrand, for window: PageWindow) async throws {
        var rest = strand.pages[...]
        do {
            switch strand.document.content {
            case .drawn(let path, _):
                if let fit = fit(strand) {
                    try await draw(&rest, of: strand, fit, path, window)
                } else {
                    while !rest.isEmpty { try leaveOut(rest.removeFirst(), of: strand, window) }
                }
            case .fax(let path, _): try copy(&rest, of: strand, path, window)
            }
        } catch {
            guard let page = rest.first ?? strand.pages.last else { return }
            try window.put(.failure(error), at: strand.firstPlace + page)
        }
    }

    /// Nil for pages that aren't drawn.
    private func fit(_ strand: PageStrand) -> PageFit? {
        guard case .drawn(_, let pages) = strand.document.content, let size = pages[strand.pages[0]] else { return nil }
        return PageFit(size, settings)
    }

    /// MuPDF draws; a page that it gives up, Poppler tries.
    private func draw(
        _ rest: inout ArraySlice<Int>, of strand: PageStrand, _ fit: PageFit, _ path: String, _ window: PageWindow
    ) async throws {
        while let page = rest.first {
            var last: [CodedPage]?
            var outcome = try await run(.mutool, rest, fit, path) { pages in
                // Whatever it does after its last page is known once it has ended.
                guard rest.count > 1 else {
                    last = pages
                    return
                }
                try window.put(.success(pages), at: strand.firstPlace + rest.removeFirst())
            }
            if let last, outcome.isSuccess || outcome.isWorthAnotherTry {
                return try window.put(.success(last), at: strand.firstPlace + rest.removeFirst())
            }
            if outcome.isWorthAnotherTry {
                var drawn: [CodedPage]?
                outcome = try await run(.pdftoppm, rest.prefix(1), fit, path) { drawn = $0 }
                if let drawn, outcome.isSuccess {
                    try window.put(.success(drawn), at: strand.firstPlace + rest.removeFirst())
                    continue
                }
            }
            guard settings.allowsDamaged, outcome.isOnlyThisPage else { try fail(outcome, strand, rest.first ?? page) }
            try leaveOut(rest.removeFirst(), of: strand, window)
        }
    }

    /// Puts a page in a damaged one's place.
    private func leaveOut(_ page: Int, of strand: PageStrand, _ window: PageWindow) throws {
        try window.put(.success(coded(standIn(for: page, strand))), at: strand.firstPlace + page)
    }

    /// Fax pages go as they are.
    private func copy(
        _ rest: inout ArraySlice<Int>, of strand: PageStrand, _ path: String, _ window: PageWindow
    ) throws {
        try TIFFFile.forEachPage(path, strand.pages[0]..<strand.pages[strand.pages.count - 1] + 1) {
            number, info, bits, complaint in
            if let complaint, !settings.allowsDamaged {
                throw FaxError(.data, "\(quoted(strand.document.name)) is damaged: page \(number + 1): \(complaint)")
            }
            let pages = coded(bits.raised(from: info.resolution ?? settings.resolution, to: settings.resolution))
            try window.put(.success(pages), at: strand.firstPlace + rest.removeFirst())
        }
    }

    /// Draws pages, and hands over what becomes of each: several pages where it is split.
    private func run(
        _ drawing: DrawingProgram, _ pages: ArraySlice<Int>, _ fit: PageFit, _ path: String,
        page finished: ([CodedPage]) throws -> Void
    ) async throws -> RendererChild.Outcome {
        let child = RendererChild(
            program: try renderer.find(drawing.rawValue), limits: renderer.limits, isTalkative: true)
        let binarizer = Binarizer(settings.resolution, settings.quality)
        var reader = GreymapReader(fit: fit, pages: pages.count)
        var parts: [CodedPage] = []
        return try await child.run(drawing.arguments(pages, fit), input: path, until: deadline) {
            try reader.read($0) { page, isLast in
                parts += coded(binarizer.bits(of: page))
                guard isLast else { return }
                try finished(parts)
                parts = []
            }
        }
    }

    /// A page as it goes into the file; none where it is to be left out.
    private func coded(_ page: PageBits) -> [CodedPage] {
        guard !(settings.skipsBlank && page.isBlank) else { return [] }
        let page = settings.thinsBlack ? page.thinned(at: settings.resolution) : page
        return [CodedPage(page, settings.resolution, .g3OneDimensional)]
    }

    private func fail(_ outcome: RendererChild.Outcome, _ strand: PageStrand, _ page: Int) throws -> Never {
        try renderer.require(outcome, strand.document.name, settings)
        throw FaxError(.data, "\(quoted(strand.document.name)) is damaged: \(place(page, strand)) can't be drawn")
    }

    private func place(_ page: Int, _ strand: PageStrand) -> String {
        "page \(page + 1) of \(strand.document.ownCount)"
    }

    /// A page that says at its top what is missing.
    private func standIn(for page: Int, _ strand: PageStrand) -> PageBits {
        var bits = PageBits(width: Resolution.pixelsPerLine, rows: settings.rows)
        let words = PageHeader(
            left: page == strand.document.ownCount
                ? "The document is damaged: pages of it may be missing, and these may be in another order"
                : "This page is missing: \(place(page, strand)) of the document is damaged", right: "")
        let band = words.band(at: settings.resolution)
        // Below the header line, which comes later.
        let start = 4 * band.rows * bits.bytesPerRow
        for index in band.bytes.indices where start + index < bits.bytes.count {
            bits.bytes[start + index] = band.bytes[index]
        }
        return bits
    }
}
