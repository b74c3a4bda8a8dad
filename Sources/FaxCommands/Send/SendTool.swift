package import ArgumentParser
import FaxModel
import FaxScheduler
import FaxSettings
import FaxStore
import Foundation
import SpoolFiles

/// `fax-send`: documents go in, a durable job for each number comes out.
package struct SendTool: Tool {
    package static let configuration = CommandConfiguration(
        commandName: "fax-send", abstract: "Sends documents as a fax.",
        usage: "fax-send {-d NUMBER | -z LIST} … [options] DOCUMENT [DOCUMENT …]",
        discussion: """
            Prints "request id is N (group id N) for host H (K files)" for each number once its job is durable.

            Exit codes: 0 accepted, or delivered with --wait; 64 usage; 65 unusable document; 66 no such document; \
            69 or 73 spool or store unusable; 77 no permission; 78 settings; with --wait: 5 failed, 6 partial, \
            7 still unfinished when the time was over, 8 unknown.
            """)

    @Option(
        name: [.customShort("d"), .customLong("to"), .customLong("destination")],
        help: ArgumentHelp("Number to send to; may be repeated.", valueName: "number"))
    var numbers: [String] = []

    @Option(
        name: [.customShort("z"), .customLong("recipients")],
        help: ArgumentHelp(
            "List of recipients: a number a line, or CSV with a header row number,name,…; - is standard input.",
            valueName: "list"))
    var lists: [String] = []

    @OptionGroup(title: "How it looks at the far end") var sender: SenderOptions
    @OptionGroup(title: "Pages") var look: PageOptions
    @OptionGroup(title: "When") var schedule: ScheduleOptions

    @Flag(name: .customShort("E"), help: "No error correction (ECM).") var noECM = false
    @Option(
        name: .customShort("B"), help: ArgumentHelp("Maximum rate in bit/s: 14400, 9600 or 4800.", valueName: "rate"))
    var rate: String?
    @Option(help: "Name of the call file template.") var template: String?
    @Option(name: [.customShort("i"), .long], help: "Your own words about the job, for lists.") var tag: String?

    @Flag(name: .shortAndLong, help: "Wait until all is over; --wait=SECONDS for so long at most.") var wait = false
    @Option(help: .hidden) var waitLimit: Int?

    @Option(
        help: ArgumentHelp(
            "Write what would be sent (.tiff the exact TIFF, .png a picture) and stop.", valueName: "file"))
    var preview: String?
    @Flag(help: "Print the call file that would be published and stop.") var dryRun = false
    @Flag(help: "One JSON object for each job.") var json = false
    @OptionGroup var config: SettingsOption

    @Argument(help: ArgumentHelp("PDF files, in order; - is standard input.", valueName: "document"))
    var documents: [String]

    package init() {}

    /// `--wait=SECONDS` has a value only after an equals sign.
    package static func rewriting(_ arguments: [String]) -> [String] {
        arguments.flatMap { argument in
            argument.hasPrefix("--wait=") ? ["--wait", "--wait-limit", String(argument.dropFirst(7))] : [argument]
        }
    }

    package func validate() throws {
        if !namesRecipients, preview == nil { throw ValidationError("name a number with -d, or a list with -z") }
        if let waitLimit, waitLimit < 1 { throw ValidationError("--wait=SECONDS must be at least 1") }
        if (documents + lists).count(where: { $0 == "-" }) > 1 {
            throw ValidationError("standard input can be read only once")
        }
        if let preview, !preview.hasSuffix(".tiff"), !preview.hasSuffix(".tif"), !preview.hasSuffix(".png") {
            throw ValidationError("--preview \(preview): the name must end with .tiff or .png")
        }
    }

    package func run() async throws {
        let settings = try config.read()
        let recipients = try RecipientList(
            numbers: numbers, lists: lists, policy: NumberPolicy(settings.sending.numbers),
            limit: settings.sending.numbers?.maxRecipients)
        if let note = recipients.note { Terminal.complain("fax-send: \(note)") }
        if let preview {
            try await PreviewWriter(settings: settings, look: look, sender: sender).write(documents, to: preview)
            if !namesRecipients { return }
        }
        let requests = try recipients.recipients.map { try request(to: $0, settings) }
        if dryRun {
            try await DryRun(settings: settings, look: look).print(requests, documents)
        }
        if preview != nil || dryRun { return }
        try await submit(requests, settings)
    }

    /// Every value through its parser; the settings fill in what was not said.
    private func request(to recipient: Recipient, _ settings: Settings) throws(FaxError) -> FaxRequest {
        let sending = settings.sending
        if sending.trunks.isEmpty {
            throw FaxError(.configuration, "sending.trunk is not set: name the PJSIP endpoint that calls go out by")
        }
        guard let station = try sender.stationID.map(StationID.init(parsing:)) ?? sending.stationID else {
            throw FaxError(.configuration, "no station id: give -S, or set sending.station_id")
        }
        let ownTag = try tag.map(JobTag.init(parsing:))
        let (number, dialled) = (recipient.destination.canonical, recipient.destination.dialled)
        return FaxRequest(
            owner: Self.userName, number: number, dialled: dialled == number ? nil : dialled, name: recipient.name,
            fields: recipient.fields.isEmpty ? nil : recipient.fields,
            trunk: try schedule.onlyTrunk(settings), stationID: station,
            callerID: try sender.callerID.map(CallerID.init(parsing:)) ?? sending.callerID,
            header: try sender.name(sending),
            resolution: look.resolution(settings), ecm: sending.ecm && !noECM, t38: sending.t38,
            rate: try rate.map(SignallingRate.init(parsing:)) ?? sending.rate,
            template: try template.map(Settings.templateParser) ?? sending.template,
            tag: recipient.tag ?? ownTag)
    }

    private var namesRecipients: Bool { !numbers.isEmpty || !lists.isEmpty }

    private static var userName: String {
        getpwuid(getuid()).map { String(cString: $0.pointee.pw_name) } ?? "\(getuid())"
    }

    private func submit(_ requests: [FaxRequest], _ settings: Settings) async throws {
        // Words that make no sense are refused before anything is rendered.
        _ = try schedule.times(settings, now: Clock.now())
        let priority = try schedule.priority(recipients: requests.count)
        let site = try Installation(settings)
        try site.rehearse(requests, pages: 1, longestCall: 1)
        let target = site.layout.documents + "/" + UUID().uuidString.lowercased() + ".tiff"
        let fax = try await DocumentPages(settings: settings, look: look).render(documents, to: target)
        let now = Clock.now()
        do {
            try site.rehearse(requests, pages: fax.count, longestCall: LineTime.longestCall(pages: fax))
        } catch {
            unlink(target)
            throw error
        }
        let (due, deadline) = try schedule.times(settings, now: now)
        // Should this fail, the document stays: it may be in all the same. What no job names is removed after a day.
        let ids = try site.jobs.submit(
            Submission(
                document: Submission.Pages(
                    path: target, count: fax.count, longestCall: LineTime.longestCall(pages: fax)),
                recipients: requests.map { Submission.Recipient($0) }, priority: priority, held: schedule.hold,
                maxDials: schedule.dials, maxTries: schedule.tries, submitted: now, due: due, deadline: deadline))
        let times = TimeText(settings.timeZone)
        for id in ids {
            guard json else {
                let files = "\(documents.count) file\(documents.count == 1 ? "" : "s")"
                Terminal.print("request id is \(id) (group id \(ids[0])) for host \(settings.host) (\(files))")
                continue
            }
            if let job = try site.jobs.job(id) { Terminal.print(try JSONOutput.line(JobView(job, times: times))) }
        }
        // The job is safe from here on: what fails now is the next pass's business, not a failed submission.
        do {
            let ours = Set(ids)
            for step in try site.advance()?.steps ?? [] where step.alarm && ours.contains(step.job) {
                Terminal.complain("fax-send: accepted, but job \(step.job) is \(step.text)")
            }
        } catch {
            Terminal.complain("fax-send: accepted, but not yet started: \(error)")
        }
        guard wait else { return }
        try await JobWaiter(site: site, ids: ids, limit: waitLimit, json: json).run()
    }
}

/// Who the far end sees.
struct SenderOptions: ParsableArguments {
    @Option(
        name: [.customShort("S"), .customLong("station-id")],
        help: ArgumentHelp("Station id (TSI), 20 characters at most.", valueName: "text"))
    var stationID: String?
    @Option(help: ArgumentHelp("Caller id: '\"Name\" <number>' or a number.", valueName: "id")) var callerID: String?
    @Option(help: ArgumentHelp("Name in the line at the top of each page.", valueName: "text")) var header: String?

    /// The name as whoever draws the line can draw it.
    func name(_ sending: Settings.Sending) throws(FaxError) -> HeaderText? {
        guard let header else { return sending.header }
        if sending.headerLine == .spandsp { _ = try PlainHeaderText(parsing: header) }
        return try HeaderText(parsing: header)
    }
}
