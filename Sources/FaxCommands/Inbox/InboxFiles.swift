import ArgumentParser
import FaxInbox
import FaxModel
import FaxPages
import FaxStore
import Foundation
import SpoolFiles

/// `fax-inbox export`
struct InboxExport: AsyncParsableCommand {
    enum Form: String, CaseIterable, ExpressibleByArgument { case pdf, tiff, png }

    static let configuration = CommandConfiguration(
        commandName: "export", abstract: "Copies faxes out of the archive; they count as seen then.")

    @OptionGroup var options: InboxOptions
    @Option(name: .customLong("as"), help: "pdf, tiff or png.") var form: Form = .pdf
    @Option(
        name: .shortAndLong,
        help: ArgumentHelp("A directory, a new file for one fax, or '-' for standard output.", valueName: "path"))
    var output: String = "."
    @Argument(help: "Their ids.") var ids: [String]

    func run() async throws {
        let inbox = try options.open()
        for id in ids {
            let receipt = try inbox.receipt(id)
            guard let tiff = receipt.tiff else { throw FaxError(.data, "fax \(id) has no files") }
            let source: String
            switch form {
            case .pdf:
                guard let pdf = receipt.pdf else { throw FaxError(.data, "fax \(id) has no PDF; export it --as tiff") }
                source = pdf
            case .tiff, .png: source = tiff
            }
            // Written down first: a look that left no trace is worse than a trace of one that failed.
            try inbox.store.see(inbox.look(.export, id, form.rawValue))
            if output == "-" {
                guard form != .png else { throw FaxError(.usage, "--as png needs a file") }
                try FileHandle.standardOutput.write(contentsOf: Data(contentsOf: URL(fileURLWithPath: source)))
                continue
            }
            let target = try target(for: receipt, count: ids.count)
            if form == .png {
                _ = try PagePreview.writePNG(source, to: target, maxPages: 500)
            } else {
                do { try FileManager.default.copyItem(atPath: source, toPath: target) } catch {
                    throw FaxError(.cannotCreate, "\(target): \(error.localizedDescription)")
                }
            }
            try inbox.tell(id, target, json: options.json)
        }
    }

    private func target(for receipt: InboxReceipt, count: Int) throws(FaxError) -> String {
        var isDirectory: ObjCBool = false
        let exists = FileManager.default.fileExists(atPath: output, isDirectory: &isDirectory)
        let path: String
        if isDirectory.boolValue {
            path = "\(output)/\(DurableFile.name(of: receipt.archiveName)).\(form.rawValue)"
        } else if count > 1 {
            throw FaxError(.usage, "\(output) is no directory, and \(count) faxes don't fit into one file")
        } else {
            path = output
        }
        if exists && !isDirectory.boolValue || DurableFile.exists(path) {
            throw FaxError(.cannotCreate, "\(path) is there already; name a new file")
        }
        return path
    }
}

/// `fax-inbox import`
struct InboxImport: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "import", abstract: "Takes TIFFs of existing folders over into the archive; the folders stay.",
        discussion: """
            Names like DIALLED_CALLER_ACCOUNT_YYYYMMDD-HHMMSS_ID tell the rest; with any other name the directory is the \
            dialled number, and the file's date the call's. Nobody gets mail of them, and a second run finds what is there.
            """)

    @OptionGroup var options: InboxOptions
    @Argument(help: "Directories.") var folders: [String]

    func run() async throws {
        let inbox = try options.open()
        guard let settings = try inbox.site.settings.inbox(inbox.site.layout) else {
            throw FaxError(.configuration, "receiving.operator and mail.from are not set")
        }
        let archive = ArchiveImport(settings: settings, store: inbox.store)
        var (taken, known, refused) = (0, 0, 0)
        for folder in folders {
            guard FileManager.default.fileExists(atPath: folder) else {
                throw FaxError(.noInput, "\(folder): there is no such directory")
            }
            for path in ArchiveImport.tiffs(below: folder) {
                switch try archive.take(path, person: InboxSite.person, now: Clock.now()) {
                case .taken(let receipt):
                    taken += 1
                    if options.json { Terminal.print(try JSONOutput.line(inbox.view(receipt))) }
                case .known: known += 1
                case .refused(let why):
                    refused += 1
                    Terminal.complain("fax-inbox: \(path): \(why)")
                }
            }
        }
        if !options.json { Terminal.print("\(taken) taken over, \(known) known before, \(refused) refused") }
        if refused > 0 { throw ExitCode(FaxError.Code.data.rawValue) }
    }
}

/// `fax-inbox route`
struct InboxRoute: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "route", abstract: "Who gets a fax to a number, and why.")

    struct Answer: Encodable {
        var route: String
        var blocked: String?
        var to: [String]
        var language: String
        var send: String
        var files: String
        var printer: String?
        var folder: String?
        var command: [String]
        var keepDays: Int?
        var story: [String]
    }

    @OptionGroup var config: SettingsOption
    @Flag(help: "One JSON object.") var json = false
    @Flag(help: "Every rule that was considered, too.") var explain = false
    @Option(help: ArgumentHelp("The calling number.", valueName: "number")) var from: String = ""
    @Option(help: ArgumentHelp("The sender's station id.", valueName: "id")) var station: String = ""
    @Option(help: ArgumentHelp("What the dialplan's FAXRCPT says.", valueName: "addresses")) var named: String = ""
    @Argument(help: "The dialled number.") var number: String

    func run() async throws {
        guard let rules = try config.read().inboxRules else {
            throw FaxError(.configuration, "receiving.operator is not set: nobody gets faxes without a route")
        }
        let routing = Routing(dialled: number, caller: from, station: station, named: named, rules: rules)
        let handling = routing.handling
        let refused = BlockList(rules.blocks, plan: rules.plan).rule(for: from)
        let answer = Answer(
            route: routing.route, blocked: refused?.name ?? rules.junk(caller: from, station: station)?.name,
            to: handling.recipients.map(\.text), language: handling.style.language.rawValue,
            send: handling.style.carries.rawValue, files: handling.style.files.rawValue, printer: handling.printer,
            folder: handling.folder, command: handling.command, keepDays: handling.keepDays, story: routing.story)
        if json { return Terminal.print(try JSONOutput.line(answer)) }
        var lines = explain ? routing.story : []
        if let rule = answer.blocked {
            lines.append(
                refused == nil ? "junk by \(rule): archived, and nobody is told" : "not let in: blocked by \(rule)")
        }
        lines.append("route \(answer.route)" + (answer.to.isEmpty ? "" : " to " + answer.to.joined(separator: ", ")))
        lines.append("  \(answer.send) \(answer.files), in \(answer.language)")
        if let printer = answer.printer { lines.append("  printed on \(printer)") }
        if let folder = answer.folder { lines.append("  copied to \(folder)") }
        if !answer.command.isEmpty { lines.append("  run: \(answer.command.joined(separator: " "))") }
        lines.append(answer.keepDays.map { "  kept for \($0) days" } ?? "  kept until somebody removes it")
        Terminal.print(lines)
    }
}
