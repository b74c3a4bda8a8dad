import ArgumentParser
import FaxModel
import FaxScheduler
import FaxSettings
import FaxStore
import Foundation

/// `fax-queue log`
struct QueueLog: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "log", abstract: "The transmission log: one line for each call that is over, oldest first.",
        discussion: """
            Tab separated, in the spirit of HylaFAX's xferfaxlog: \(Self.columns.joined(separator: ", ")). \
            The far end's own words are quoted, control characters escaped.
            """)

    static let columns = [
        "time", "SEND", "attempt", "trunk", "job", "tag", "owner", "number", "answered by", "pages confirmed",
        "pages sent", "seconds", "bit/s", "mode", "result", "detail",
    ]

    @OptionGroup var options: QueueOptions
    @Flag(help: "Comma separated values with a header row.") var csv = false
    @Option(help: ArgumentHelp("Ended then or later.", valueName: "time")) var since: String?
    @Option(help: ArgumentHelp("Ended before.", valueName: "time")) var until: String?
    @Option(help: ArgumentHelp("To that number.", valueName: "number")) var number: String?
    @Option(help: ArgumentHelp("Of that user.", valueName: "user")) var owner: String?

    func run() async throws {
        let settings = try options.settings()
        let access = try options.access(settings)
        let zone = TimeZone(identifier: settings.timeZone) ?? .gmt
        let times = TimeText(settings.timeZone)
        var filter = LogFilter(
            number: try number.map { text throws(FaxError) in
                try NumberPolicy(settings.sending.numbers).canonical(text)
            }, owner: owner,
            since: try since.map { text throws(FaxError) in try SendTime.past(text, zone: zone) },
            until: try until.map { text throws(FaxError) in try SendTime.past(text, zone: zone) })
        if csv { Terminal.print(CSVText.line(Self.columns)) }
        // In pieces: a year's log shall not have to fit into memory.
        while true {
            let entries = try await access.ask(ReadLog(filter: filter))
            guard let last = entries.last else { return }
            Terminal.print(
                try entries.map { entry in
                    if options.json { return try JSONOutput.line(LogView(entry, times: times)) }
                    let fields = Self.fields(entry, times: times)
                    return csv ? CSVText.line(fields) : fields.joined(separator: "\t")
                })
            filter.after = LogFilter.Place(settled: last.attempt.settled ?? last.attempt.claimed, id: last.attempt.id)
        }
    }

    static func fields(_ entry: LogEntry, times: TimeText) -> [String] {
        let attempt = entry.attempt
        return [
            attempt.settled.map(times.iso) ?? "", "SEND", attempt.id.text, attempt.trunk?.text ?? "", "\(attempt.job)",
            entry.tag ?? "", entry.owner, entry.number, attempt.remoteStationID.map { quoted($0) } ?? "",
            "\(attempt.pagesConfirmed)", "\(attempt.pages)",
            attempt.lineSeconds.map { String(format: "%.1f", $0) } ?? "", attempt.rate.map(String.init) ?? "",
            attempt.mode ?? "", attempt.cause?.rawValue ?? "delivered", quoted(attempt.detail, limit: 300),
        ]
    }
}

/// `fax-queue log`: the next piece.
struct ReadLog: DeskCommand {
    static let name = "log"

    var filter: LogFilter

    func answer(at desk: QueueDesk) throws -> [LogEntry] {
        var filter = filter
        filter.owner = desk.owner(filter.owner)
        return try desk.site.jobs.log(filter)
    }
}

/// One line of the log as `--json` shows it.
struct LogView: Encodable {
    var owner: String
    var number: String
    var tag: String?
    var job: Int64
    var attempt: AttemptView

    init(_ entry: LogEntry, times: TimeText) {
        owner = entry.owner
        number = entry.number
        tag = entry.tag
        job = entry.attempt.job
        attempt = AttemptView(entry.attempt, times: times)
    }
}
