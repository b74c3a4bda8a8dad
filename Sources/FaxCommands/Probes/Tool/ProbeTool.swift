package import ArgumentParser
import FaxModel
import FaxSettings
import FaxStore
import Foundation
import Logging

/// `fax-probe`: test faxes that the server sends by itself.
package struct ProbeTool: Tool {
    package static let configuration = CommandConfiguration(
        commandName: "fax-probe", abstract: "Test faxes that faxd sends by itself: do faxes arrive?",
        discussion: "Probes stand in the settings. Runs as the user that the spool belongs to.",
        subcommands: [ProbeList.self, ProbeRunNow.self, ProbeHistory.self, ProbeShow.self, ProbeCheck.self],
        defaultSubcommand: ProbeList.self)

    package init() {}
}

/// What every subcommand knows.
struct ProbeOptions: ParsableArguments {
    @OptionGroup var config: SettingsOption

    /// The server, with what happened since the last pass taken in.
    func site() throws -> Installation { try Installation(config.read()) }
}

extension Installation {
    func probe(_ name: String) throws -> Probe {
        let name = try ProbeName(parsing: name)
        guard let probe = settings.probes.first(where: { $0.name == name }) else {
            let all = settings.probes.map(\.name.text).joined(separator: ", ")
            throw FaxError(
                .usage,
                "there is no probe \(quoted(name.text))"
                    + (all.isEmpty ? ": the settings name none (probes)" : "; there are \(all)"))
        }
        return probe
    }

    /// For work in the foreground: what it does is told by whoever asks for it.
    var probeRunner: ProbeRunner {
        ProbeRunner(
            site: self, logger: Logger(label: "fax-probe", factory: { _ in SwiftLogNoOpLogHandler() }),
            openMailbox: { _ in throw FaxError(.unavailable, "only faxd looks into an IMAP mailbox: start it") })
    }
}
