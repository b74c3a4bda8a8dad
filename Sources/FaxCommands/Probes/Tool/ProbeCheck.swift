import ArgumentParser
import FaxModel
import FaxScheduler
import FaxSettings
import FaxStore
import SpoolFiles

/// `fax-probe check [NAME]`
struct ProbeCheck: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check", abstract: "The state of the probes in the form that monitoring systems expect.",
        discussion: """
            One line with performance data. Exit code 0: faxes arrive; 1: the last one failed, or was missed; 2: as \
            many in a row failed as there need to be for an alarm; 3: not known, such as when faxd does not run.
            """)

    @OptionGroup var options: ProbeOptions
    @Argument(help: "One probe alone; without it all of them.") var name: String?

    func run() async throws {
        let line: CheckLine
        do {
            let site = try options.site()
            let probes = try name.map { [try site.probe($0)] } ?? site.settings.probes
            let store = ProbeStore(site.database)
            let times = TimeText(site.settings.timeZone)
            line = CheckLine(
                try probes.map { probe in
                    ProbeState(
                        probe, memory: try store.memory(of: probe.name),
                        runs: try store.runs(ProbeRunFilter(probe: probe.name, limit: 20)), now: Clock.now(),
                        times: times)
                })
        } catch {
            // Monitoring reads standard output, and takes any other exit code for one of its own.
            Terminal.print("FAX PROBE UNKNOWN - \(CheckLine.plain("\(error)"))")
            throw ExitCode(CheckGrade.unknown.rawValue)
        }
        Terminal.print(line.text)
        if line.grade != .ok { throw ExitCode(line.grade.rawValue) }
    }
}
