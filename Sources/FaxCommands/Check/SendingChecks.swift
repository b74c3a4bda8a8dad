import FaxModel
import FaxPages
import FaxSettings
import Foundation
import SpoolFiles

/// What only a sending server needs, apart from Asterisk.
struct SendingChecks {
    let settings: Settings

    func findings() -> [Finding] {
        let sending = settings.sending
        var found: [Finding] = []
        func require(_ present: Bool, _ key: String, _ what: String) {
            if !present {
                found.append(Finding(grade: .wrong, subject: "settings", text: "\(key) is not set", mend: what))
            }
        }
        require(!sending.trunks.isEmpty, "sending.trunk", "name the PJSIP endpoint that calls go out by")
        require(sending.stationID != nil, "sending.station_id", "set your fax number, 20 characters at most")
        if sending.callerID == nil {
            found.append(
                Finding(
                    grade: .warning, subject: "settings", text: "sending.caller_id is not set",
                    mend: "set your number; without it calls are anonymous, and many fax machines refuse those"))
        }
        do {
            _ = try CallFileTemplate(path: "\(sending.templates)/\(sending.template).call")
            found.append(Finding(grade: .ok, subject: "template", text: "\(sending.template).call can be used"))
        } catch {
            found.append(
                Finding(
                    grade: .wrong, subject: "template", text: "\(error)",
                    mend: "install the project's callfile-templates, or set sending.templates"))
        }
        found += doNotFaxList()
        found += coverPage()
        let renderer = PageRenderer()
        let missing = renderer.missingPrograms
        found.append(
            missing.isEmpty
                ? Finding(grade: .ok, subject: "renderer", text: "PDF can be rendered")
                : Finding(
                    grade: .wrong, subject: "renderer", text: "missing: \(missing.joined(separator: ", "))",
                    mend: "apt-get install mupdf-tools poppler-utils util-linux"))
        for (kind, package) in renderer.missingKinds {
            found.append(
                Finding(
                    grade: .warning, subject: "renderer", text: "\(kind) can't be sent",
                    mend: "apt-get install \(package)"))
        }
        found.append(
            Sandbox.isAvailable
                ? Finding(grade: .ok, subject: "sandbox", text: "documents are drawn by programs that are walled in")
                : Finding(
                    grade: .warning, subject: "sandbox", text: "documents are drawn with limits, but without walls",
                    mend: Sandbox.advice))
        return found
    }
}
