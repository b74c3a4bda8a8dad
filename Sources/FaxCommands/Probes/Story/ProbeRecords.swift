import FaxModel
import Foundation
import SpoolFiles

/// The stories of failed runs, and what they were told by: RUN.txt and RUN.log in the spool.
struct ProbeRecords {
    private let directory: String

    init(_ layout: SpoolLayout) { directory = layout.probes }

    private func story(_ run: Int64) -> String { "\(directory)/\(run).txt" }
    func log(_ run: Int64) -> String { "\(directory)/\(run).log" }

    func keep(_ story: ProbeStory, of run: Int64) throws(FaxError) {
        if !story.evidence.isEmpty { try DurableFile.publish(Array(story.evidence.utf8), at: log(run)) }
        try DurableFile.publish(Array(story.text.utf8), at: self.story(run))
    }

    /// nil where none is kept.
    func text(of run: Int64) -> String? { read(story(run)) }

    func evidence(of run: Int64) -> String? { read(log(run)) }

    private func read(_ path: String) -> String? {
        FileManager.default.contents(atPath: path).map { String(decoding: $0, as: UTF8.self) }
    }

    /// Removes what is about runs that nobody knows any more.
    func prune(where isKnown: (Int64) throws -> Bool) throws {
        for name in try DurableFile.list(directory) {
            guard let run = Int64(name.prefix { $0 != "." }), try !isKnown(run) else { continue }
            try DurableFile.remove("\(directory)/\(name)")
        }
    }
}
