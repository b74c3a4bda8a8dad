import FaxModel
import FaxPages
import FaxRig
import Foundation

/// Line time, legibility, pictures, speed and memory beside Ghostscript's fax devices, which every other system uses.
struct PagesBench {
    let programs: RigPrograms
    let runs: Int

    func measure(tell: (BenchRow) throws -> Void) throws {
        let home = ProcessInfo.processInfo.environment["CALLFAX_HOME"] ?? FileManager.default.currentDirectoryPath
        let corpus = home + "/.rig/bench/pages"
        let directory = NSTemporaryDirectory() + "fax-bench-" + UUID().uuidString
        try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: directory) }
        let settings = directory + "/callfax.yaml"
        let text = "spool: \(directory)\nsending: {header_line: none, cache_bytes: 0}\n"
        try Data(text.utf8).write(to: URL(fileURLWithPath: settings))
        let measuring = PageMeasuring(callfax: programs.callfax, settings: settings, directory: directory)
        let speed = PageSpeed(programs: programs, runs: runs, directory: directory)
        try speed.rows(manual: corpus + "/debian/files/usr/share/R/doc/manual/R-intro.pdf") {
            _ = try BenchCorpus(directory: corpus).documents()
        }.forEach(tell)
        let documents = try BenchCorpus(directory: corpus).documents()
        let measures = try Self.measure(documents, measuring)
        try PageSummary(measures).rows.forEach(tell)
        try ContactSheet(measuring: measuring).write(documents, to: home + "/.rig/bench/pages.png")
    }

    /// Two at a time, one on each core that the bench counts on.
    private static func measure(_ documents: [BenchDocument], _ measuring: PageMeasuring) throws -> [PageMeasure] {
        let results = Results()
        let group = DispatchGroup()
        for worker in 0..<2 {
            DispatchQueue.global().async(group: group) {
                for index in stride(from: worker, to: documents.count, by: 2) {
                    let document = documents[index]
                    do {
                        let original = document.kind.hasText ? try measuring.wordsOfOriginal(document) : 0
                        for resolution in [Resolution.fine, .standard] {
                            results.add(try measuring.measure(document, resolution, original: original))
                        }
                    } catch {
                        results.fail(FaxError(.software, "\(document.name): \(error)"))
                    }
                    Terminal.progress(Terminal.bar(results.count / 2, of: documents.count, "documents"))
                }
            }
        }
        group.wait()
        Terminal.endProgress()
        return try results.all()
    }

    private final class Results: @unchecked Sendable {
        private let lock = NSLock()
        private var measures: [PageMeasure] = []
        private var failure: FaxError?

        var count: Int { lock.withLock { measures.count } }
        func add(_ measure: PageMeasure) { lock.withLock { measures.append(measure) } }
        func fail(_ error: FaxError) { lock.withLock { failure = failure ?? error } }

        func all() throws(FaxError) -> [PageMeasure] {
            if let failure { throw failure }
            return measures.sorted {
                ($0.document.name, $0.resolution.rawValue) < ($1.document.name, $1.resolution.rawValue)
            }
        }
    }
}
