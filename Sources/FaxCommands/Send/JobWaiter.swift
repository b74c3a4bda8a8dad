import ArgumentParser
import FaxModel
import FaxScheduler
import FaxSettings
import FaxStore
import Foundation
import SpoolFiles

/// `--wait`: follows jobs to their end.
struct JobWaiter {
    let intake: any FaxIntake
    let ids: [Int64]
    /// Seconds, or for ever.
    let limit: Int?
    let json: Bool
    let settings: Settings

    /// Exit codes of their own, beside 0 for delivered.
    private enum Ending: Int32 {
        case failed = 5
        case partial = 6
        case unfinished = 7
        case unknown = 8
    }

    func run() async throws {
        let times = TimeText(settings.timeZone)
        let start = ContinuousClock.now
        var last: [Int64: String] = [:]
        var jobs: [Job] = []
        var complaint = ""
        while true {
            do {
                // Without a daemon this process is the one that makes things happen.
                try await intake.drive()
                jobs = try await intake.access.jobs(ids)
            } catch {
                // The jobs are accepted: an exit code that says otherwise would have them sent again.
                if complaint != "\(error)" { Terminal.complain("fax-send: accepted, still waiting: \(error)") }
                complaint = "\(error)"
            }
            show(jobs, last: &last, since: start)
            let over = limit.map { ContinuousClock.now - start >= .seconds($0) } ?? false
            if over || jobs.count == ids.count && jobs.allSatisfy(\.state.isFinal) {
                Terminal.endProgress()
                for job in jobs { Terminal.print(try await text(job, times: times)) }
                let code = jobs.count < ids.count ? Ending.unfinished.rawValue : Self.code(jobs)
                if let code { throw ExitCode(code) }
                return
            }
            // Ten thousand are not asked for four times a second.
            try await Task.sleep(for: .milliseconds(250 + ids.count))
        }
    }

    private func text(_ job: Job, times: TimeText) async throws -> String {
        guard json else {
            return "job \(job.id): \(QueueText.status(job, times: times)), \(job.pagesDone) of \(job.pages) pages"
        }
        var view = JobView(job, times: times)
        let story = try await intake.access.ask(ShowJob(id: job.id))
        view.add(story.attempts, story.history, times: times)
        return try JSONOutput.line(view)
    }

    /// A line for each change on a pipe-free standard error, and a moving one between.
    private func show(_ jobs: [Job], last: inout [Int64: String], since start: ContinuousClock.Instant) {
        guard Terminal.errorIsTerminal else { return }
        for job in jobs where last[job.id] != job.state.rawValue {
            Terminal.endProgress()
            Terminal.complain("job \(job.id) to \(job.request.number): \(job.state.rawValue)")
            last[job.id] = job.state.rawValue
        }
        let done = jobs.count(where: \.state.isFinal)
        let seconds = (ContinuousClock.now - start).components.seconds
        Terminal.progress(Terminal.bar(done, of: jobs.count, "finished, \(seconds) s"))
    }

    /// The exit code that tells how these jobs ended; nil: all were delivered.
    static func code(_ jobs: [Job]) -> Int32? {
        let states = Set(jobs.map(\.state))
        if states.contains(where: { !$0.isFinal }) { return Ending.unfinished.rawValue }
        if states.contains(.unknown) { return Ending.unknown.rawValue }
        if states.contains(where: { [.failed, .expired, .cancelled].contains($0) }) { return Ending.failed.rawValue }
        return states.contains(.partial) ? Ending.partial.rawValue : nil
    }
}
