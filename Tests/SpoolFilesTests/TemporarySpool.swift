import FaxModel
import Foundation
import SpoolFiles

/// A directory of one test's own with a prepared spool in it, removed when the value goes.
final class TemporarySpool: Sendable {
    let directory: String
    let layout: SpoolLayout
    let outgoing: OutgoingSpool

    init() throws {
        directory = FileManager.default.temporaryDirectory.path + "/spoolfiles-" + UUID().uuidString
        layout = SpoolLayout(root: directory + "/spool")
        outgoing = OutgoingSpool(
            outgoing: directory + "/outgoing", archive: directory + "/done", staging: directory + "/staging")
        for path in [directory, outgoing.outgoing, outgoing.archive, outgoing.staging] {
            try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: false)
        }
        try layout.prepare()
    }

    deinit { try? FileManager.default.removeItem(atPath: directory) }

    func write(_ text: String, to path: String) throws { try Data(text.utf8).write(to: URL(fileURLWithPath: path)) }

    func read(_ path: String) throws -> Data { try Data(contentsOf: URL(fileURLWithPath: path)) }

    /// Everything below `path`, sorted.
    func files(in path: String) throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: path).sorted()
    }
}

func attempt(_ text: String = "7-1-0a0b0c0d") throws -> AttemptID { try AttemptID(parsing: text) }

/// Runs blocking work off the cooperative pool.
func blocking<T: Sendable>(_ work: @escaping @Sendable () -> T) async -> T {
    await withCheckedContinuation { continuation in
        Thread { continuation.resume(returning: work()) }.start()
    }
}
