import FaxModel
import FaxSettings
import FaxStore

/// What people are told of a probe.
struct ProbeLetter {
    let site: Installation
    let from: EmailAddress

    /// nil where the run is no longer known.
    func message(_ notice: Notice, _ id: Int64, to recipient: EmailAddress) throws -> MailMessage? {
        let store = ProbeStore(site.database)
        guard let run = try store.run(id) else { return nil }
        let settings = site.settings
        let times = TimeText(settings.timeZone)
        let before = try store.runs(ProbeRunFilter(probe: run.probe, limit: 500)).filter { $0.id <= run.id }
        let isAlarm = notice.kind == .probeAlarm
        let bad = (isAlarm ? before[...] : before.dropFirst()).prefix { $0.state != .passed }
        let failures = bad.count { $0.state == .failed }
        let number = settings.probes.first { $0.name == run.probe }?.number.digits
        var lines = ["Probe \(run.probe)" + (number.map { " to \($0)" } ?? ""), ""]
        if isAlarm {
            lines.append("\(failures) test faxes in a row did not arrive. The last one: \(run.detail).")
            lines.append("You are told again when one arrives.")
        } else {
            lines.append("A test fax arrived again, after \(failures) that did not: \(run.detail).")
        }
        lines += [""] + ProbeTable(times: times).lines(Array(before.prefix(12)))
        if isAlarm, run.job != nil {
            lines += ["", "The whole story of the last call: fax-probe show \(run.probe) --run \(run.id)"]
            if let story = ProbeRecords(site.layout).text(of: run.id) { lines += ["", story] }
        }
        return MailMessage(
            from: from, fromName: settings.mail.fromName, to: [recipient],
            subject: isAlarm
                ? "Probe \(run.probe): \(failures) test faxes in a row did not arrive"
                : "Probe \(run.probe): test faxes arrive again",
            date: notice.at, messageID: "probe.\(notice.id).\(notice.at.milliseconds)@\(settings.host)",
            text: lines.joined(separator: "\n") + "\n", attachments: [],
            fields: [.init("X-Fax-Probe", run.probe.text), .init("X-Fax-State", isAlarm ? "alarm" : "over")])
    }
}
