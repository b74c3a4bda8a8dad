import FaxModel
import Glibc

/// Draws, binarises and codes the pages of several documents on all cores, and writes them in their order.
struct PagePipeline: Sendable {
    let renderer: PageRenderer
    let settings: RenderSettings
    let deadline: ContinuousClock.Instant

    /// Cores that take part; more than these wait for memory rather than work.
    private static let workers = min(8, max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN))))
    /// Pages that one child draws: starting it and reading the document again should be lost among them, and they are held
    /// until it is the chunk's turn.
    private static let longestChunk = 8

    func write(
        _ documents: [SourceDocument], to output: String, of total: Int, _ progress: (Int, Int) -> Void
    ) async throws -> [PageInfo] {
        let limit = min(Self.longestChunk, max(1, (total + 2 * Self.workers - 1) / (2 * Self.workers)))
        let chunks = PageChunk.all(of: documents, limit: limit)
        // Only where each page becomes one page is it known before how many there will be.
        let isCounted = !settings.skipsBlank && !chunks.contains { fit($0)?.isSplit == true }
        var writer = try FaxTIFFWriter(path: output, totalPages: isCounted ? total : nil)
        var (done, sent) = (0, 0)
        progress(0, total)
        try await withThrowingTaskGroup(of: MadeChunk.self) { group in
            var started = 0
            func start() {
                guard started < chunks.count else { return }
                let place = started
                started += 1
                group.addTask(executorPreference: PagesExecutor.shared) { await made(chunks[place], place) }
            }
            for _ in 0..<Self.workers { start() }
            var waiting: [Int: MadeChunk] = [:]
            for index in chunks.indices {
                while waiting[index] == nil, let other = try await group.next() { waiting[other.place] = other }
                // What fails first in the document is told, not what failed first by the clock.
                let pages = try waiting.removeValue(forKey: index)?.pages.get() ?? []
                sent += pages.count
                guard sent <= settings.maxPages else {
                    throw FaxError(.data, "more than \(settings.maxPages) pages come of it; send fewer at a time")
                }
                for page in pages { try writer.add(page) }
                for _ in chunks[index].pages {
                    done += 1
                    progress(done, total)
                }
                start()
            }
        }
        guard sent > 0 else { throw FaxError(.data, "\(quoted(documents[0].name)): there is nothing on any page") }
        return try writer.finish()
    }

    /// What came of one chunk, and which one it was.
    private struct MadeChunk: Sendable {
        let place: Int
        let pages: Result<[CodedPage], any Error>
    }

    private func made(_ chunk: PageChunk, _ place: Int) async -> MadeChunk {
        do {
            let pages =
                switch chunk.document.content {
                case .drawn(let path, _): try await draw(chunk, path)
                case .fax(let path, _): try copy(chunk, path)
                }
            return MadeChunk(place: place, pages: .success(pages))
        } catch {
            return MadeChunk(place: place, pages: .failure(error))
        }
    }

    private func fit(_ chunk: PageChunk) -> PageFit? {
        guard case .drawn(_, let pages) = chunk.document.content else { return nil }
        return PageFit(pages[chunk.pages.lowerBound], settings)
    }

    /// MuPDF draws; where it gives up a page, Poppler has a try from there on.
    private func draw(_ chunk: PageChunk, _ path: String) async throws -> [CodedPage] {
        guard let fit = fit(chunk) else { return [] }
        let binarizer = Binarizer(settings.resolution, settings.quality)
        var collected = CollectedPages(settings)
        var rest = chunk.pages
        while !rest.isEmpty {
            for program in [DrawingProgram.mutool, .pdftoppm] where !rest.isEmpty {
                let (outcome, pages) = try await run(program, fit, path, rest) { page in
                    collected.add(binarizer.bits(of: page))
                }
                rest = rest.lowerBound + pages..<rest.upperBound
                guard !rest.isEmpty || !outcome.isSuccess else { break }
                if program == .mutool, outcome.isWorthAnotherTry { continue }
                guard settings.allowsDamaged, outcome.isOnlyThisPage, !rest.isEmpty else {
                    try fail(outcome, chunk, rest.lowerBound)
                }
                collected.add(standIn(for: rest.lowerBound, chunk))
                rest = rest.lowerBound + 1..<rest.upperBound
                break
            }
        }
        return collected.pages
    }

    /// Fax pages go as they are.
    private func copy(_ chunk: PageChunk, _ path: String) throws -> [CodedPage] {
        var collected = CollectedPages(settings)
        try TIFFFile.forEachPage(path, chunk.pages) { number, info, bits, complaint in
            if let complaint, !settings.allowsDamaged {
                throw FaxError(.data, "\(quoted(chunk.document.name)) is damaged: page \(number + 1): \(complaint)")
            }
            collected.add(bits.raised(from: info.resolution ?? settings.resolution, to: settings.resolution))
        }
        return collected.pages
    }

    private func run(
        _ drawing: DrawingProgram, _ fit: PageFit, _ path: String, _ pages: Range<Int>,
        page: (GreyPage) throws -> Void
    ) async throws -> (outcome: RendererChild.Outcome, pages: Int) {
        let child = RendererChild(
            program: try renderer.find(drawing.rawValue), limits: renderer.limits, isTalkative: true)
        var reader = GreymapReader(fit: fit, pages: pages.count)
        let outcome = try await child.run(drawing.arguments(pages, fit), input: path, until: deadline) {
            try reader.read($0, page: page)
        }
        return (outcome, reader.pagesDone)
    }

    private func fail(_ outcome: RendererChild.Outcome, _ chunk: PageChunk, _ page: Int) throws -> Never {
        try renderer.require(outcome, chunk.document.name, settings)
        throw FaxError(.data, "\(quoted(chunk.document.name)) is damaged: \(place(page, chunk)) can't be drawn")
    }

    private func place(_ page: Int, _ chunk: PageChunk) -> String { "page \(page + 1) of \(chunk.document.count)" }

    /// A page that says at its top what is missing.
    private func standIn(for page: Int, _ chunk: PageChunk) -> PageBits {
        var bits = PageBits(width: Resolution.pixelsPerLine, rows: settings.rows)
        let words = PageHeader(
            left: "This page is missing: \(place(page, chunk)) of the document is damaged", right: "")
        let band = words.band(at: settings.resolution)
        // Below the header line, which comes later.
        let start = 4 * band.rows * bits.bytesPerRow
        for index in band.bytes.indices where start + index < bits.bytes.count {
            bits.bytes[start + index] = band.bytes[index]
        }
        return bits
    }
}

/// The pages of a chunk as they come, less those that are to be left out.
private struct CollectedPages {
    private let settings: RenderSettings
    private(set) var pages: [CodedPage] = []

    init(_ settings: RenderSettings) { self.settings = settings }

    mutating func add(_ page: PageBits) {
        guard !(settings.skipsBlank && page.isBlank) else { return }
        let page = settings.thinsBlack ? page.thinned(at: settings.resolution) : page
        pages.append(CodedPage(page, settings.resolution, .g3OneDimensional))
    }
}
