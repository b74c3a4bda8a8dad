import ArgumentParser
import AsteriskManager
import FaxModel
import FaxSettings
import FaxStore
import Foundation

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
            wanted = try await access.ask(ListJobs(filter: JobFilter(unfinished: true, limit: 1000))).map(\.id)
                .reversed()
        }
        var picture = WatchPicture(times: times, json: options.json)
        if settings.manager == nil {
            Terminal.complain("fax-queue: asterisk.manager is not set: pages are told when a call is over")
        }
        while true {
            var jobs: [Job] = []
            for id in wanted { jobs.append(try await access.ask(ShowJob(id: id)).job) }
            picture.show(jobs, try await access.ask(LiveProgress()))
            if jobs.allSatisfy(\.state.isFinal) {
                if let code = JobWaiter.code(jobs) { throw ExitCode(code) }
                return
            }
            try await Task.sleep(for: .seconds(1))
        }
    }
}

/// Pages confirmed so far in the calls that are going on, by job; empty where nobody can be asked.
struct LiveProgress: DeskCommand {
    static let name = "progress"

    func answer(at desk: QueueDesk) throws -> [FaxProgress] {
        guard let manager = desk.site.settings.manager else { return [] }
        // Whoever only looks shall not be told that Asterisk is away each second.
        return (try? manager.progress()) ?? []
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

    mutating func show(_ jobs: [Job], _ progress: [FaxProgress]) {
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

    static func line(_ job: Job, _ progress: [FaxProgress], times: TimeText) -> String {
        // An attempt's id begins with its job's.
        let live = progress.first { $0.attempt.text.hasPrefix("\(job.id)-") }
        var pages = job.pagesDone
        if job.state == .sending, let live { pages = min(job.pages, pages + live.pagesDone) }
        var text = "job \(job.id) to \(job.request.number): \(pages) of \(job.pages) pages, "
        text += QueueText.status(job, times: times)
        if job.state == .sending, let rate = live?.rate, live?.hasAnswer == true { text += " at \(rate) bit/s" }
        return text
    }
}
