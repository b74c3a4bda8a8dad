package import ArgumentParser
import FaxModel
import FaxSettings
import Foundation

/// `fax-check`: what is right and what is wrong on this server, and how to mend it.
package struct CheckTool: Tool {
    package static let configuration = CommandConfiguration(
        commandName: "fax-check", abstract: "Checks this server's fax set-up and says how to mend it.",
        discussion:
            "Without --sending or --receiving both halves are checked. Exit code 0 when nothing is wrong, else 69.")

    @Flag(help: "Only what a sending server needs.") var sending = false
    @Flag(help: "Only what a receiving server needs.") var receiving = false
    @Flag(help: "One JSON object for each finding.") var json = false
    @OptionGroup var config: SettingsOption

    package init() {}

    package func run() async throws {
        let settings = try config.read()
        let both = sending == receiving
        var findings = SpoolChecks(settings: settings).findings(sending: sending || both)
        if sending || both {
            findings += SendingChecks(settings: settings).findings() + ProbeChecks(settings: settings).findings()
        }
        if receiving || both { findings += ReceivingChecks(settings: settings).findings() }
        findings += AsteriskChecks(settings: settings).findings(
            sending: sending || both, receiving: receiving || both)
        for finding in findings { Terminal.print(json ? try JSONOutput.line(finding) : finding.line) }
        let wrong = findings.count { $0.grade == .wrong }
        if wrong > 0 {
            throw FaxError(.unavailable, "\(wrong) thing\(wrong == 1 ? " is" : "s are") wrong")
        }
    }
}
