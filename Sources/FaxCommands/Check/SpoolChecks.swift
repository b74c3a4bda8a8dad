import FaxModel
import FaxSettings
import FaxStore
import Foundation
import SpoolFiles

/// The directories, their owner and the store.
struct SpoolChecks {
    let settings: Settings

    func findings(sending: Bool) -> [Finding] {
        let layout = SpoolLayout(root: settings.spool)
        do {
            let site = try Installation(settings)
            var found = [Finding(grade: .ok, subject: "spool", text: "\(settings.spool) is ours, and the store opens")]
            found += layout.problems().map { Finding(grade: .wrong, subject: "spool", text: $0) }
            if sending {
                let problems = site.outgoing.check()
                found += problems.map { Finding(grade: .wrong, subject: "outgoing spool", text: $0) }
                if problems.isEmpty {
                    found.append(
                        Finding(
                            grade: .ok, subject: "outgoing spool",
                            text: "\(settings.asterisk.outgoing) takes call files"))
                }
            }
            found.append(
                try site.daemonRuns()
                    ? Finding(grade: .ok, subject: "faxd", text: "runs")
                    : Finding(
                        grade: .warning, subject: "faxd", text: "does not run",
                        mend:
                            "systemctl enable --now faxd (without it faxes move only while fax-send or fax-queue runs)")
            )
            return found
        } catch {
            let mend = "install -d -o asterisk -g asterisk -m 0750 \(settings.spool), and run this as that user"
            return [Finding(grade: .wrong, subject: "spool", text: "\(error)", mend: mend)]
        }
    }
}
