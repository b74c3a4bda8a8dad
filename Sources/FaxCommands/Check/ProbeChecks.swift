import FaxModel
import FaxSettings
import Foundation

/// What the probes of the settings need.
struct ProbeChecks {
    let settings: Settings

    func findings() -> [Finding] {
        guard !settings.probes.isEmpty else { return [] }
        let problems = settings.probes.flatMap { probe in
            self.problems(probe).map {
                Finding(grade: $0.grade, subject: "probe \(probe.name)", text: $0.text, mend: $0.mend)
            }
        }
        let count = settings.probes.count
        let well = Finding(
            grade: .ok, subject: "probes",
            text: count == 1 ? "1 probe can be sent by faxd" : "\(count) probes can be sent by faxd")
        return problems.isEmpty ? [well] : problems
    }

    private func problems(_ probe: Probe) -> [(grade: Finding.Grade, text: String, mend: String)] {
        var found: [(grade: Finding.Grade, text: String, mend: String)] = []
        do throws(FaxError) { _ = try NumberPolicy(settings.sending.numbers).resolve(probe.number.digits) } catch {
            found.append((.wrong, error.message, "correct its number, or sending.numbers"))
        }
        if let document = probe.document, access(document, R_OK) != 0 {
            found.append(
                (.wrong, "\(document) can't be read", "make it readable for Asterisk's user, or leave document out"))
        }
        switch probe.proof {
        case .t30: break
        case .maildir(let path):
            for part in ["new", "cur"] where access("\(path)/\(part)", R_OK | X_OK) != 0 {
                found.append((.wrong, "\(path)/\(part) can't be read", "make the Maildir readable for Asterisk's user"))
            }
        case .imap(let mailbox):
            if access(mailbox.passwordFile, R_OK) != 0 {
                found.append(
                    (.wrong, "\(mailbox.passwordFile) can't be read", "make it readable for Asterisk's user alone"))
            }
        }
        let canMail = settings.mail.from != nil && (!settings.mail.relays.isEmpty || settings.mail.maildir != nil)
        if !canMail {
            found.append((.warning, "nobody can be told when it fails", "set mail.from, and mail.smtp or mail.maildir"))
        } else if probe.mail.isEmpty, settings.receiving.operatorAddress == nil {
            found.append((.warning, "nobody is told when it fails", "set its mail, or receiving.operator"))
        }
        return found
    }
}
