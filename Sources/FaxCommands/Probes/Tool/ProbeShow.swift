import ArgumentParser
import FaxModel
import FaxSettings
import FaxStore
import SpoolFiles

/// `fax-probe show NAME`
struct ProbeShow: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show", abstract: "Tells the whole story of a run: of the last one that failed.",
        discussion: """
            What the two machines said comes out of Asterisk's log (asterisk.log in the settings) and is kept as long as the \
            run is. It tells most with the level fax in logger.conf, after asterisk -rx "fax set debug on".
            """)

    @OptionGroup var options: ProbeOptions
    @Option(
        name: .customLong("run"),
        help: ArgumentHelp("Another run, by its number in history --json.", valueName: "number"))
    var number: Int64?
    @Flag(help: "Add the log and the SIP messages themselves.") var evidence = false
    @Argument(help: "The probe's name.") var name: String

    func run() async throws {
        let site = try options.site()
        let probe = try ProbeName(parsing: name)
        let store = ProbeStore(site.database)
        let found =
            try number.map { try store.run($0) }
            ?? store.runs(ProbeRunFilter(probe: probe, limit: 10_000)).first { $0.state == .failed }
        guard let found, found.probe == probe else {
            throw FaxError(
                .usage,
                number.map { "\(probe) has no run \($0)" } ?? "no run of \(probe) has failed; see fax-probe history")
        }
        Terminal.print(try ProbeRunText(site: site, times: TimeText(site.settings.timeZone)).lines(found))
        if evidence, let text = ProbeRecords(site.layout).evidence(of: found.id) { Terminal.print(text) }
    }
}
