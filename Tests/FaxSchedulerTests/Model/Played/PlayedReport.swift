import FaxModel
import SpoolFiles

/// What a channel says at its end, through fax-agi.
struct PlayedReport {
    var attempt: String
    var channel: String
    var isHandlers: Bool
    var end: FarEnd
    /// nil where nothing was transmitted.
    var confirmed: Int?
    var usedAudio = false
    var rate: Int?

    var variables: [String: String] {
        guard isHandlers else { return ["REASON": "0"] }
        var all = end.variables
        guard let confirmed, end.cause != "outcome.unknown" else { return all }
        all["FAXPAGES"] = String(confirmed)
        all["FAXMODE"] = usedAudio ? "audio" : "T38"
        all["FAXBITRATE"] = rate.map(String.init)
        return all
    }
}

extension PlayedAsterisk {
    /// fax-agi writes it.
    func write(_ report: PlayedReport) throws {
        let name = report.isHandlers ? "PJSIP/trunk-\(report.channel)" : "OutgoingSpoolFailed"
        let channel = AGIChannel(spool: spool, uniqueid: report.channel, channel: name, report.variables)
        let date = clock.date
        _ = try channel.run(
            [report.isHandlers ? "result" : "failed", report.attempt], asterisk: identity,
            now: UnixTime(milliseconds: date))
        tell(
            report.attempt,
            .reported(
                channel: report.channel,
                ModelCall.Report(
                    isHandlers: report.isHandlers, at: date, end: report.end, confirmed: report.confirmed ?? 0,
                    usedAudio: report.usedAudio, rate: report.rate)))
        if report.isHandlers, let confirmed = report.confirmed, report.end.cause != "outcome.unknown" {
            ledger.report(report.attempt, confirmed: confirmed)
        }
    }

    /// In time, late, twice, or never.
    func send(_ report: PlayedReport) throws {
        switch choice.weighed([(84, 0), (6, 1), (5, 2), (5, 3)]) {
        case 0:
            tally["report in time", default: 0] += 1
            try write(report)
        case 1:
            tally["report late", default: 0] += 1
            pending.append(report)
        case 2:
            tally["report twice", default: 0] += 1
            try write(report)
            pending.append(report)
        default: tally["report missing", default: 0] += 1
        }
    }
}
