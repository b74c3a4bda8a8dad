package import ArgumentParser
import FaxModel
import FaxPages
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
    @OptionGroup(title: "News by mail") var news: NotifyOptions

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
            "Write what would be sent (.tiff the exact TIFF, .pdf or .png to look at), tell its seconds on the line, and stop.",
            valueName: "file"))
    var preview: String?
    @Flag(help: "Print the call file that would be published and stop.") var dryRun = false
    @Flag(help: "One JSON object for each job.") var json = false
    @Option(
        name: [.customShort("o"), .long], help: ArgumentHelp("Send as that user (administrators).", valueName: "user"))
    var owner: String?
    @OptionGroup var config: SettingsOption

    @Option(
        help: ArgumentHelp("File with the password of a PDF that needs one, on its first line.", valueName: "file"))
    var passwordFile: String?
    @Argument(
        help: ArgumentHelp(
            "PDF, PostScript, TIFF, PNG, JPEG, text or office files, in order; - is standard input.",
            valueName: "document"))
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
        if let preview, ![".tiff", ".tif", ".png", ".pdf"].contains(where: preview.hasSuffix) {
            throw ValidationError("--preview \(preview): the name must end with .tiff, .pdf or .png")
        }
    }

    package func run() async throws {
        PageMemory.returnWhenFree()
        let settings = try config.read()
        DocumentPages(settings: settings, look: look.wish).prepare(documents)
        let wish = try wish(settings)
        let opened = try await OpenedDocuments(documents, passwordFile: passwordFile)
        defer { opened.close() }
        let documents = opened.paths
        if let preview {
            let fax = try namesRecipients ? FaxSubmission(wish, owner: "", settings: settings) : nil
            let pages = try await PreviewWriter(
                settings: settings, look: look.wish, sender: sender.wish, cover: cover.wish,
                ownCover: cover.ownTemplate()
            )
            .write(documents, for: fax?.recipients.recipients.first, to: preview)
            let times = LineTimeTable(pages: pages)
            if json {
                for row in times.rows { Terminal.print(try JSONOutput.line(row)) }
            } else {
                Terminal.print(times.text)
            }
            if !namesRecipients { return }
        }
        if dryRun {
            let fax = try FaxSubmission(wish, owner: DirectAccess.userName, settings: settings)
            if let note = fax.recipients.note { Terminal.complain("fax-send: \(note)") }
            try await DryRun(fax: fax).print(documents)
        }
        if preview != nil || dryRun { return }
        let intake = try openIntake(settings, wish)
        let accepted = try await intake.submit(wish, documents)
        // From here on the jobs are safe: what fails now is no failed submission.
        for note in accepted.notes { Terminal.complain("fax-send: \(note)") }
        try await tell(accepted.ids, intake.access, settings)
        for alarm in await intake.begin(accepted.ids) { Terminal.complain("fax-send: \(alarm)") }
        guard wait else { return }
        try await JobWaiter(intake: intake, ids: accepted.ids, limit: waitLimit, json: json, settings: settings).run()
    }

    private func tell(_ ids: [Int64], _ access: any QueueAccess, _ settings: Settings) async throws {
        guard json else {
            let files = "\(documents.count) file\(documents.count == 1 ? "" : "s")"
            return Terminal.print(
                ids.map { "request id is \($0) (group id \(ids[0])) for host \(settings.host) (\(files))" })
        }
        let times = TimeText(settings.timeZone)
        do {
            for job in try await access.jobs(ids) { Terminal.print(try JSONOutput.line(JobView(job, times: times))) }
        } catch {
            // They are accepted: whoever is told of a failure would send them again.
            Terminal.complain("fax-send: accepted; no more can be told: \(error)")
            for id in ids { Terminal.print(#"{"id":\#(id)}"#) }
        }
    }

    private var namesRecipients: Bool { !numbers.isEmpty || !lists.isEmpty }

    /// What was typed, with everything read that only this user may read.
    private func wish(_ settings: Settings) throws -> SubmitFax {
        var wish = SubmitFax(
            key: UUID().uuidString.lowercased(), owner: owner,
            recipients: try RecipientList.entries(
                numbers: numbers, lists: lists, policy: try? NumberPolicy(settings.sending.numbers)),
            documents: documents.count)
        wish.pages = look.wish
        wish.sender = sender.wish
        wish.schedule = schedule.wish
        wish.cover = cover.wish
        wish.noECM = noECM
        wish.rate = rate
        wish.template = template
        wish.tag = tag
        wish.notifyWish = news.wish
        wish.mail = news.mail
        wish.attach = news.attach
        if let path = cover.template {
            // Read here, with this user's rights, and checked here, so that what is wrong names the file.
            _ = try cover.ownTemplate()
            wish.ownCover = SubmitFax.OwnCover(name: path, text: try TextFile.read(path))
        }
        return wish
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

    var wish: SenderWish { SenderWish(stationID: stationID, callerID: callerID, header: header) }
}
