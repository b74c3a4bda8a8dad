import ArgumentParser
import FaxModel
import FaxScheduler
import FaxSettings
import FaxStore
import Foundation

/// `fax-queue list`
struct QueueList: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "Jobs, the newest first.",
        discussion: """
            Letters as in HylaFAX: P pending, T held, R running, S waiting for the next call, D done, F failed, \
            ? unknown. All conditions that are given must fit.
            """)

    @OptionGroup var options: QueueOptions
    @OptionGroup var which: JobConditions
    @Flag(help: "Comma separated values with a header row (RFC 4180).") var csv = false
    @Option(name: .shortAndLong, help: "How many.") var limit = 50

    func validate() throws {
        guard limit > 0 else { throw ValidationError("--limit must be at least 1") }
        if csv, options.json { throw ValidationError("--csv and --json exclude each other") }
    }

    func run() async throws {
        let settings = try options.settings()
        let filter = try which.filter(settings, limit: limit)
        let jobs = try await options.access(settings).jobs(filter)
        let times = TimeText(settings.timeZone)
        var lines: [String]
        if options.json {
            lines = try jobs.map { try JSONOutput.line(JobView($0, times: times)) }
        } else if csv {
            lines = CSVText.table(jobs.map { JobView($0, times: times) })
        } else {
            lines = JobTable(width: Terminal.width, times: times).lines(jobs)
        }
        Terminal.print(lines)
    }
}

/// Which jobs are meant.
struct JobConditions: ParsableArguments {
    @Option(help: ArgumentHelp("queued, calling, sending, waiting, delivered, …; may be repeated.", valueName: "state"))
    var state: [String] = []
    @Option(help: ArgumentHelp("To that number.", valueName: "number")) var number: String?
    @Option(help: ArgumentHelp("With that tag.", valueName: "tag")) var tag: String?
    @Option(help: ArgumentHelp("Of that user.", valueName: "user")) var owner: String?
    @Option(help: ArgumentHelp("Of that submission.", valueName: "group id")) var group: Int64?
    @Option(help: ArgumentHelp("Submitted then or later: 2026-11-24, 2026-11-24T08:00.", valueName: "time"))
    var since: String?
    @Option(help: ArgumentHelp("Submitted before.", valueName: "time")) var until: String?
    @Flag(name: .shortAndLong, help: "Only jobs that are not finished.") var active = false
    @Flag(help: "Only jobs that are held.") var held = false

    var isEmpty: Bool {
        state.isEmpty && number == nil && tag == nil && owner == nil && group == nil && since == nil && until == nil
            && !active && !held
    }

    func filter(_ settings: Settings, limit: Int) throws(FaxError) -> JobFilter {
        let zone = TimeZone(identifier: settings.timeZone) ?? .gmt
        var states: [JobState] = []
        for word in state {
            guard let known = JobState(rawValue: word) else {
                let all = JobState.allCases.map(\.rawValue).joined(separator: ", ")
                throw FaxError(.usage, "state \(quoted(word)): one of \(all)")
            }
            states.append(known)
        }
        return JobFilter(
            states: states.isEmpty ? nil : states,
            number: try number.map { text throws(FaxError) in
                try NumberPolicy(settings.sending.numbers).canonical(text)
            }, tag: try tag.map(JobTag.init(parsing:)), owner: owner, group: group, unfinished: active, held: held,
            since: try since.map { text throws(FaxError) in try SendTime.past(text, zone: zone) },
            until: try until.map { text throws(FaxError) in try SendTime.past(text, zone: zone) }, limit: limit)
    }
}
