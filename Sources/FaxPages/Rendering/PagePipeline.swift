import FaxModel
import Glibc

/// Draws, binarises and codes the pages of several documents on all cores, and writes them in their order.
struct PagePipeline: Sendable {
    let renderer: PageRenderer
    let settings: RenderSettings
    let deadline: ContinuousClock.Instant

    /// Cores that take part; more than these wait for memory rather than work.
    private static let workers = min(8, max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN))))
    /// Pages that one child draws: starting it and reading the document again should be lost among them.
    private static let longestChunk = 16

    func write(
        _ documents: [PDFDocument], to writer: consuming FaxTIFFWriter, of total: Int, _ progress: (Int, Int) -> Void
    ) async throws -> [PageInfo] {
        let limit = min(Self.longestChunk, max(1, (total + 2 * Self.workers - 1) / (2 * Self.workers)))
        let chunks = PageChunk.all(of: documents, limit: limit)
        var writer = writer
        var done = 0
        progress(0, total)
        try await withThrowingTaskGroup(of: DrawnChunk.self) { group in
            var started = 0
            func start() {
                guard started < chunks.count else { return }
                let place = started
                started += 1
                group.addTask(executorPreference: PagesExecutor.shared) { await drawn(chunks[place], place) }
            }
            for _ in 0..<Self.workers { start() }
            var waiting: [Int: DrawnChunk] = [:]
            for index in chunks.indices {
                while waiting[index] == nil, let other = try await group.next() { waiting[other.place] = other }
                // What fails first in the document is told, not what failed first by the clock.
                for page in try waiting.removeValue(forKey: index)?.pages.get() ?? [] {
                    try writer.add(page)
                    done += 1
                    progress(done, total)
                }
                start()
            }
        }
        return try writer.finish()
    }

    /// What came of one chunk, and which one it was.
    private struct DrawnChunk: Sendable {
        let place: Int
        let pages: Result<[CodedPage], any Error>
    }

    private func drawn(_ chunk: PageChunk, _ place: Int) async -> DrawnChunk {
        do {
            let pages = try await draw(chunk)
            return DrawnChunk(place: place, pages: .success(pages))
        } catch {
            return DrawnChunk(place: place, pages: .failure(error))
        }
    }

    private func draw(_ chunk: PageChunk) async throws -> [CodedPage] {
        var pages: [CodedPage] = []
        let binarizer = Binarizer(settings.resolution, settings.quality)
        let fit = PageFit(chunk.document.pages[chunk.pages.lowerBound], settings)
        func take(_ page: GreyPage) {
            pages.append(CodedPage(binarizer.bits(of: page), settings.resolution, .g3OneDimensional))
        }
        let outcome = try await run(.mutool, fit, chunk.document, chunk.pages, page: take)
        if outcome.isSuccess, pages.count == chunk.pages.count { return pages }
        guard outcome.isWorthAnotherTry else { try fail(outcome, chunk, pages.count) }
        let rest = chunk.pages.lowerBound + pages.count..<chunk.pages.upperBound
        let second = try await run(.pdftoppm, fit, chunk.document, rest, page: take)
        guard second.isSuccess, pages.count == chunk.pages.count else { try fail(second, chunk, pages.count) }
        return pages
    }

    private func run(
        _ drawing: DrawingProgram, _ fit: PageFit, _ document: PDFDocument, _ pages: Range<Int>,
        page: (GreyPage) throws -> Void
    ) async throws -> RendererChild.Outcome {
        let child = RendererChild(program: try renderer.find(drawing.rawValue), limits: renderer.limits)
        var reader = GreymapReader(fit: fit, pages: pages.count)
        return try await child.run(drawing.arguments(pages, fit), input: document.path, until: deadline) {
            try reader.read($0, page: page)
        }
    }

    private func fail(_ outcome: RendererChild.Outcome, _ chunk: PageChunk, _ done: Int) throws -> Never {
        try renderer.require(outcome, chunk.document.path, settings)
        let place = "page \(chunk.pages.lowerBound + done + 1) of \(chunk.document.pages.count)"
        throw FaxError(.data, "\(quoted(chunk.document.path)) is damaged: \(place) can't be drawn")
    }
}
