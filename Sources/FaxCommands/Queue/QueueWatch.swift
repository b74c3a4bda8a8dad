import ArgumentParser
import AsteriskManager
import FaxModel
import FaxSettings
import FaxStore
import Foundation
import Synchronization

/// `fax-queue watch [ID…]`
struct QueueWatch: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "watch", abstract: "Follows jobs to their end, page by page.",
        discussion: """
            Without numbers all unfinished jobs are followed. On a terminal the picture is drawn anew each second; \
            otherwise a line is printed for each change. Exit codes as of fax-send --wait.
            """)

    @OptionGroup var options: QueueOptions
    @Argument(help: "The jobs' numbers.") var ids: [Int64] = []

    func run() async throws {
        let settings = try options.settings()
        let access = try options.access(settings)
        let times = TimeText(settings.timeZone)
        var wanted = ids
        if wanted.isEmpty {
            wanted = try await access.jobs(JobFilter(unfinished: true, limit: 1000)).map(\.id)
                .reversed()
        }
        var picture = WatchPicture(times: times, json: options.json)
        if settings.manager == nil {
            Terminal.complain("fax-queue: asterisk.manager is not set: pages are told when a call is over")
        }
        while true {
            let jobs = try await access.jobs(wanted)
            if let gone = wanted.first(where: { id in !jobs.contains { $0.id == id } }) {
                throw FaxError(.data, "there is no job \(gone)")
            }
            picture.show(jobs, try await access.ask(LiveProgress()))
            if jobs.allSatisfy(\.state.isFinal) {
                if let code = JobWaiter.code(jobs) { throw ExitCode(code) }
                return
            }
            try await Task.sleep(for: .seconds(1))
        }
    }
}

/// What a running call has done for one job.
struct JobProgress: Codable, Hashable, Sendable {
    var job: Int64
    /// Pages confirmed in this call.
    var pagesDone: Int
    /// In bit/s; nil until the far machine has spoken.
    var rate: Int?
}

/// How far the caller's running calls are; empty where nobody can be asked.
struct LiveProgress: DeskCommand {
    static let name = "progress"

    func answer(at desk: QueueDesk) throws -> [JobProgress] {
        guard let manager = desk.site.settings.manager else { return [] }
        let open = try desk.site.jobs.openCalls()
        return Self.recent(manager).flatMap { running -> [JobProgress] in
            guard let call = open.first(where: { $0.id == running.attempt }) else { return [] }
            return Self.divided(running, over: call).filter { progress in
                desk.caller.isAdministrator
                    || call.parts.contains { $0.job.id == progress.job && $0.job.request.owner == desk.caller.name }
            }
        }
    }

    /// The pages of a shared call belong to its faxes in their order.
    static func divided(_ running: FaxProgress, over call: OpenCall) -> [JobProgress] {
        var left = running.pagesDone
        return call.parts.map { part in
            let done = min(left, part.attempt.pages)
            left -= done
            return JobProgress(job: part.job.id, pagesDone: done, rate: running.hasAnswer ? running.rate : nil)
        }
    }

    private static let last = Mutex<(at: ContinuousClock.Instant, running: [FaxProgress])?>(nil)

    /// Asterisk is asked once a second, however many watch.
    private static func recent(_ manager: AsteriskManager) -> [FaxProgress] {
        last.withLock { last in
            if let last, ContinuousClock.now - last.at < .milliseconds(900) { return last.running }
            // Whoever only looks shall not be told that Asterisk is away each second.
            let running = (try? manager.progress()) ?? []
            last = (.now, running)
            return running
        }
    }
}

/// What a watcher sees.
struct WatchPicture {
    let times: TimeText
    let json: Bool
    private var last: [Int64: String] = [:]
    private var drawn = 0

    init(times: TimeText, json: Bool) {
        self.times = times
        self.json = json
    }

    mutating func show(_ jobs: [Job], _ progress: [JobProgress]) {
        let lines = jobs.map { Self.line($0, progress, times: times) }
        if Terminal.outputIsTerminal, !json {
            let up = drawn > 0 ? "\u{1B}[\(drawn)A" : ""
            Terminal.print(
                up + lines.map { "\r\u{1B}[K" + JobTable.cut($0, to: Terminal.width) }.joined(separator: "\n"))
            drawn = lines.count
            return
        }
        for (job, line) in zip(jobs, lines) where last[job.id] != line {
            last[job.id] = line
            let text = json ? try? JSONOutput.line(JobView(job, times: times)) : line
            Terminal.print(text ?? line)
        }
    }

    static func line(_ job: Job, _ progress: [JobProgress], times: TimeText) -> String {
        let live = progress.first { $0.job == job.id }
        var pages = job.pagesDone
        if job.state == .sending, let live { pages = min(job.pages, pages + live.pagesDone) }
        var text = "job \(job.id) to \(job.request.number): \(pages) of \(job.pages) pages, "
        text += QueueText.status(job, times: times)
        if job.state == .sending, let rate = live?.rate { text += " at \(rate) bit/s" }
        return text
    }
}
