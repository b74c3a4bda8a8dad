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
    @OptionGroup(title: "Cover page") var cover: CoverOptions
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
            try await PreviewWriter(settings: settings, look: look, sender: sender, cover: cover)
                .write(documents, for: recipients.recipients.first, to: preview)
            if !namesRecipients { return }
        }
        let sheet = try cover.sheet(settings, look, sender)
        let wanted = try recipients.recipients.map { (recipient: $0, request: try request(to: $0, settings)) }
        if dryRun { try await DryRun(settings: settings, look: look, sheet: sheet).print(wanted, documents) }
        if preview != nil || dryRun { return }
        let site = try Installation(settings)
        let ids = try await Submitting(site: site, look: look, schedule: schedule, sheet: sheet).accept(
            wanted, documents)
        try tell(ids, site)
        guard wait else { return }
        try await JobWaiter(site: site, ids: ids, limit: waitLimit, json: json).run()
    }

    /// The jobs are safe from here on: what fails now is the next pass's business, not a failed submission.
    private func tell(_ ids: [Int64], _ site: Installation) throws {
        let times = TimeText(site.settings.timeZone)
        let files = "\(documents.count) file\(documents.count == 1 ? "" : "s")"
        Terminal.print(
            try ids.compactMap { id in
                guard json else {
                    return "request id is \(id) (group id \(ids[0])) for host \(site.settings.host) (\(files))"
                }
                return try site.jobs.job(id).map { try JSONOutput.line(JobView($0, times: times)) }
            })
        do {
            let ours = Set(ids)
            for step in try site.advance()?.steps ?? [] where step.alarm && ours.contains(step.job) {
                Terminal.complain("fax-send: accepted, but job \(step.job) is \(step.text)")
            }
        } catch {
            Terminal.complain("fax-send: accepted, but not yet started: \(error)")
        }
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
