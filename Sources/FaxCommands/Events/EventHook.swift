import FaxModel
import FaxSettings
import FaxStore
import Foundation
import Logging
import SpoolFiles

/// Runs a program for each change of a job, with JSON on its standard input and no shell: in order, one at a time, and at
/// least once.
struct EventHook: Sendable {
    let site: Installation
    /// Absolute path and arguments.
    let command: [String]
    let logger: Logger
    /// Seconds that it may take.
    var limit = 60
    private let unnoted = UnnotedWork()

    /// What the program reads: one line.
    struct Event: Encodable {
        var id: Int64
        var at: String
        var state: JobState
        var text: String
        var job: JobView
    }

    @Sendable func run() async throws {
        let hook = self
        try await OwnQueue.events.run { try hook.runOnce() }
    }

    /// All events since the last time; the first time only what comes from now on. Blocks.
    func runOnce() throws {
        guard let known = try site.jobs.fact("hook").flatMap({ Int64($0) }) else {
            return try site.jobs.setFact("hook", "\(site.jobs.lastEvent())")
        }
        let times = TimeText(site.settings.timeZone)
        let (events, last) = try site.jobs.events(after: known)
        for event in events where event.job.request.probe == nil {
            let line = try JSONOutput.line(
                Event(
                    id: event.id, at: times.iso(event.entry.at), state: event.entry.state, text: event.entry.text,
                    job: JobView(event.job, times: times)))
            if !unnoted.contains(event.id), let problem = HookProgram(command: command, limit: limit).run(line + "\n") {
                logger.error("on_event", metadata: ["job": "\(event.job.id)", "problem": "\(problem)"])
            }
            // Whatever came of it: one program that fails shall not hold up the others' news.
            try unnoted.finish(event.id) { try site.jobs.setFact("hook", "\(event.id)") }
        }
        if last != known { try site.jobs.setFact("hook", "\(last)") }
    }
}
