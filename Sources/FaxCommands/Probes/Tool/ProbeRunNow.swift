import ArgumentParser
import FaxModel
import FaxScheduler
import FaxSettings
import FaxStore
import Foundation
import SpoolFiles

/// `fax-probe run NAME`
struct ProbeRunNow: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "run", abstract: "Runs a probe now and tells the whole story.",
        discussion: """
            Counts like a run by the schedule. Exit code 0 when the fax arrived, 5 when it did not, 7 when no line was \
            free for it.
            """)

    @OptionGroup var options: ProbeOptions
    @Flag(help: "The last line is one JSON object.") var json = false
    @Argument(help: "The probe's name.") var name: String

    func run() async throws {
        let site = try options.site()
        let probe = try site.probe(name)
        let runner = site.probeRunner
        if let open = try runner.store.openRuns().first(where: { $0.probe == probe.name }) {
            throw FaxError(.unavailable, "run \(open.id) of \(probe.name) is still under way")
        }
        if case .imap = probe.proof, try !site.daemonRuns() {
            throw FaxError(.unavailable, "only faxd looks into an IMAP mailbox: start it")
        }
        let times = TimeText(site.settings.timeZone)
        let begun = try await runner.begin(
            probe, at: nil, schedule: "\(probe.schedule) \(probe.zone)", now: Clock.now())
        let run = try await follow(begun, runner, times)
        if json {
            Terminal.print(try JSONOutput.line(ProbeRunView(run, times: times)))
        } else {
            Terminal.print(try ProbeRunText(site: site, times: times).lines(run))
        }
        switch run.state {
        case .failed: throw ExitCode(5)
        case .missed, .calling, .looking: throw ExitCode(7)
        case .passed: return
        }
    }

    private func follow(_ begun: ProbeRun, _ runner: ProbeRunner, _ times: TimeText) async throws -> ProbeRun {
        let site = runner.site
        var told = ""
        while true {
            if try !site.daemonRuns() {
                _ = try site.scheduler.runOnce(now: Clock.now)
                if let open = try runner.store.run(begun.id) { try await runner.follow(open, now: Clock.now()) }
            }
            guard let run = try runner.store.run(begun.id) else {
                throw FaxError(.data, "run \(begun.id) is no longer known")
            }
            let job = try run.job.flatMap { try site.jobs.job($0) }
            let words =
                run.state == .looking
                ? "the far machine confirmed every page; looking for the message"
                : job.map { QueueText.status($0, times: times) } ?? run.state.rawValue
            if words != told { Terminal.complain("fax-probe: \(words)") }
            told = words
            if run.state.isFinal { return run }
            try await Task.sleep(for: .milliseconds(250))
        }
    }
}
