import ArgumentParser
import FaxModel
import FaxSettings
import Foundation

/// Where the settings come from: `--config`, else `CALLFAX_CONFIG`, else `/etc/callfax.yaml`.
struct SettingsOption: ParsableArguments {
    @Option(name: .customLong("config"), help: "Settings file (else $CALLFAX_CONFIG, else /etc/callfax.yaml).")
    var path: String?

    func read() throws -> Settings {
        let chosen = path ?? ProcessInfo.processInfo.environment["CALLFAX_CONFIG"] ?? Settings.defaultPath
        return try Settings.read(path: chosen, hostName: ProcessInfo.processInfo.hostName)
    }
}
