package import ArgumentParser
import FaxModel
import FaxScheduler
import FaxSettings
import FaxStore
import SpoolFiles

/// `fax-queue`: what was submitted, and what became of it.
package struct QueueTool: Tool {
    package static let configuration = CommandConfiguration(
        commandName: "fax-queue", abstract: "Shows and cancels faxes that were submitted with fax-send.",
        subcommands: [QueueList.self, QueueShow.self, QueueCancel.self], defaultSubcommand: QueueList.self)

    package init() {}
}

/// `fax-queue list`
struct QueueList: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "list", abstract: "The newest jobs, one a line.")

    @OptionGroup var config: SettingsOption
    @Flag(help: "One JSON object for each job.") var json = false
    @Flag(name: .shortAndLong, help: "Only jobs that are not finished.") var active = false
    @Option(name: .shortAndLong, help: "How many.") var limit = 50

    func validate() throws {
        guard limit > 0 else { throw ValidationError("--limit must be at least 1") }
    }

    func run() async throws {
        let site = try Installation(config.read())
        site.catchUp()
        let times = TimeText(site.settings.timeZone)
        let jobs = try site.jobs.jobs(JobFilter(unfinished: active, limit: limit))
        if json {
            for job in jobs { Terminal.print(try JSONOutput.line(JobView(job, times: times))) }
            return
        }
        Terminal.print("  JID  GID S OWNER      NUMBER             PAGES DIALS SUBMITTED           STATUS")
        for job in jobs { Terminal.print(QueueText.line(job, times: times)) }
    }
}

/// `fax-queue show ID`
struct QueueShow: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "show", abstract: "All about one job.")

    @OptionGroup var config: SettingsOption
    @Flag(help: "One JSON object.") var json = false
    @Argument(help: "The job's number.") var id: Int64

    func run() async throws {
        let site = try Installation(config.read())
        site.catchUp()
        let times = TimeText(site.settings.timeZone)
        guard let job = try site.jobs.job(id) else { throw FaxError(.data, "there is no job \(id)") }
        let attempts = try site.jobs.attempts(of: id)
        let history = try site.jobs.history(of: id)
        if json {
            var view = JobView(job, times: times)
            view.add(attempts, history, times: times)
            Terminal.print(try JSONOutput.line(view))
        } else {
            for line in QueueText.story(job, attempts, history, times: times) { Terminal.print(line) }
        }
    }
}

/// `fax-queue cancel ID…`
struct QueueCancel: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "cancel",
        abstract: "Takes jobs back.",
        discussion: "A job whose fax is already being transmitted is not broken off; it is not tried again.")

    @OptionGroup var config: SettingsOption
    @Flag(help: "One JSON object for each job.") var json = false
    @Argument(help: "The jobs' numbers.") var ids: [Int64]

    func run() async throws {
        let site = try Installation(config.read())
        let times = TimeText(site.settings.timeZone)
        // One number that doesn't exist is no reason to keep the others.
        var refusal: (any Error)?
        for id in ids {
            do { _ = try site.jobs.cancel(id, now: Clock.now()) } catch { refusal = refusal ?? error }
        }
        site.catchUp()
        for id in ids {
            guard let job = try site.jobs.job(id) else { continue }
            if json {
                Terminal.print(try JSONOutput.line(JobView(job, times: times)))
            } else if job.state.isFinal {
                Terminal.print("job \(id): \(job.state.rawValue)")
            } else if job.state == .sending {
                Terminal.print("job \(id): its fax is being transmitted and can't be stopped; it won't be tried again")
            } else {
                Terminal.print("job \(id): will be cancelled as soon as its call file is taken back")
            }
        }
        if let refusal { throw refusal }
    }
}

extension Installation {
    /// Has the queue looked at before it is shown. A pass that fails is told; the queue is shown all the same.
    fileprivate func catchUp() {
        do {
            for problem in try advance()?.problems ?? [] { Terminal.complain("fax-queue: \(problem)") }
        } catch {
            Terminal.complain("fax-queue: \(error)")
        }
    }
}
