import ArgumentParser
import FaxModel
import FaxScheduler
import FaxSettings
import FaxStore
import SpoolFiles

/// `fax-probe list`
struct ProbeList: ParsableCommand {
    static let configuration = CommandConfiguration(commandName: "list", abstract: "The probes of the settings.")

    @OptionGroup var options: ProbeOptions
    @Flag(help: "One JSON object a line.") var json = false

    func run() throws {
        let site = try options.site()
        let store = ProbeStore(site.database)
        let now = Clock.now()
        let times = TimeText(site.settings.timeZone)
        let views = try site.settings.probes.map { probe in
            ProbeView(
                probe, next: CronClock(probe.schedule, zone: probe.zone).next(after: now),
                last: try store.runs(ProbeRunFilter(probe: probe.name, limit: 1)).first,
                failures: try store.memory(of: probe.name)?.alarm.failures ?? 0, times: times)
        }
        if json { return Terminal.print(try views.map { try JSONOutput.line($0) }) }
        let heads = ["PROBE", "NUMBER", "SCHEDULE", "ZONE", "PROOF", "NEXT", "LAST"]
        let rows = views.map { view in
            [
                view.name, view.number, view.schedule, view.zone, view.proof, view.next ?? "never",
                view.last.map { "\($0.state) \($0.at)" } ?? "-",
            ]
        }
        let widths = heads.indices.map { column in ([heads] + rows).map { $0[column].count }.max() ?? 0 }
        for row in [heads] + rows {
            let cells = zip(row, widths).map { $0 + String(repeating: " ", count: $1 - $0.count) }
            Terminal.print(String(cells.joined(separator: "  ").reversed().drop { $0 == " " }.reversed()))
        }
    }
}

/// A probe as `--json` prints it.
struct ProbeView: Encodable {
    struct Last: Encodable {
        var state: String
        var at: String
        var detail: String
    }

    var name: String
    var number: String
    var schedule: String
    var zone: String
    var proof: String
    var document: String?
    var next: String?
    var last: Last?
    var failures: Int

    init(_ probe: Probe, next: UnixTime?, last: ProbeRun?, failures: Int, times: TimeText) {
        name = probe.name.text
        number = probe.number.digits
        schedule = probe.schedule.description
        zone = probe.zone
        proof = probe.proof.word
        document = probe.document
        self.next = next.map(times.iso)
        self.last = last.map {
            Last(state: $0.state.rawValue, at: times.iso($0.scheduled ?? $0.begun), detail: $0.detail)
        }
        self.failures = failures
    }
}
