import ArgumentParser
import AsteriskManager
import FaxModel
import FaxSettings
import FaxStore
import Foundation
import SpoolFiles

/// `fax-queue stats`
struct QueueStats: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "stats", abstract: "The queue in numbers.")

    @OptionGroup var options: QueueOptions

    func run() async throws {
        let settings = try options.settings()
        let stats = try await options.access(settings).ask(ReadStats())
        if options.json { return Terminal.print(try JSONOutput.line(stats)) }
        Terminal.print(StatsText.lines(stats, settings.sending.trunks, times: TimeText(settings.timeZone)))
    }
}

/// `fax-queue stats`
struct ReadStats: DeskCommand {
    static let name = "stats"

    struct Answer: Codable, Sendable {
        var queue: FaxStore.QueueStats
        /// Calls of ours that Asterisk has right now, by its own word; nil where it can't be asked.
        var live: LiveCount?
        /// Bytes in use, by what they are for.
        var disk: [String: Int64]
        /// Bytes left on the spool's file system.
        var free: Int64
    }

    struct LiveCount: Codable, Sendable {
        /// The far end has answered.
        var up: Int
        var ringing: Int
    }

    func answer(at desk: QueueDesk) throws -> Answer {
        try desk.requireAdministrator("the queue in numbers")
        let layout = desk.site.layout
        let places = [
            "documents": layout.documents, "attempts": layout.attempts, "archive": layout.archive,
            "incoming": layout.incoming,
            "arriving": layout.arriving, "outgoing_done": desk.site.settings.asterisk.outgoingDone,
        ]
        var disk = places.mapValues(DiskUse.bytes)
        disk["store"] = ["", "-wal", "-shm"].reduce(0) { $0 + DiskUse.fileBytes(layout.store + $1) }
        let calls = try? desk.site.settings.manager?.calls()
        return Answer(
            queue: try desk.site.jobs.stats(now: Clock.now()),
            live: calls.map { calls in
                LiveCount(up: calls.count(where: \.isUp), ringing: calls.count { !$0.isUp })
            }, disk: disk, free: FileSystemRoom(layout.root).free)
    }
}

/// What is on the disk.
enum DiskUse {
    /// Bytes of all files below a directory; what goes away meanwhile doesn't count.
    static func bytes(_ directory: String) -> Int64 {
        let names = FileManager.default.enumerator(atPath: directory)
        return names?.reduce(into: Int64(0)) { sum, name in
            if let name = name as? String { sum += fileBytes(directory + "/" + name) }
        } ?? 0
    }

    static func fileBytes(_ path: String) -> Int64 {
        var status = stat()
        guard lstat(path, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { return 0 }
        return Int64(status.st_size)
    }

    /// Throws where a new fax would leave less than `minFree` bytes: whoever receives meanwhile needs them.
    static func refuseFull(_ path: String, minFree: Int64) throws(FaxError) {
        let free = FileSystemRoom(path).free
        guard free >= minFree else {
            throw FaxError(
                .cannotCreate, "\(path): only \(free / 1_000_000) MB are free, nothing was accepted; make room")
        }
    }
}

/// The numbers in words.
enum StatsText {
    static func lines(_ stats: ReadStats.Answer, _ trunks: [TrunkLines], times: TimeText) -> [String] {
        let queue = stats.queue
        let states = JobState.allCases.compactMap { state in
            queue.states[state.rawValue].map { "\($0) \(state.rawValue)" }
        }
        var lines = ["jobs: " + (states.isEmpty ? "none" : states.joined(separator: ", "))]
        if queue.held > 0 { lines.append("held: \(queue.held)") }
        for trunk in trunks {
            lines.append("trunk \(trunk.name): \(queue.calls[trunk.name.text] ?? 0) of \(trunk.lines) lines in use")
        }
        if let live = stats.live { lines.append("by Asterisk's word: \(live.up) calls up, \(live.ringing) ringing") }
        if let oldest = queue.oldestDue { lines.append("oldest that could go: due since \(times.plain(oldest))") }
        for (name, span) in [("last 24 hours", queue.day), ("last 30 days", queue.month)] {
            var text = "\(name): \(span.delivered) of \(span.jobs) faxes delivered, \(span.pages) pages, "
            text += "\(span.calls) calls, \(String(format: "%.0f", span.lineSeconds / 60)) line minutes"
            if let calls = span.callsPerFax { text += String(format: ", %.2f calls for a delivered fax", calls) }
            lines.append(text)
            lines += span.causes.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.map { "  \($0.value) \($0.key)" }
        }
        let disk = stats.disk.sorted { $0.key < $1.key }.map { "\($0.key) \(megabytes($0.value))" }
        lines.append("disk: " + disk.joined(separator: ", ") + "; \(megabytes(stats.free)) free")
        return lines
    }

    private static func megabytes(_ bytes: Int64) -> String { String(format: "%.1f MB", Double(bytes) / 1_000_000) }
}
