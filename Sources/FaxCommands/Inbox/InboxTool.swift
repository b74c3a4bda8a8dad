package import ArgumentParser
import FaxModel
import FaxSettings
import FaxStore

/// `fax-inbox`: what was received, and who got it.
package struct InboxTool: Tool {
    package static let configuration = CommandConfiguration(
        commandName: "fax-inbox", abstract: "Shows received faxes.",
        subcommands: [InboxList.self, InboxShow.self], defaultSubcommand: InboxList.self)

    package init() {}
}

/// `fax-inbox list`
struct InboxList: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "list", abstract: "The newest received faxes.")

    @OptionGroup var config: SettingsOption
    @Flag(help: "One JSON object for each fax.") var json = false
    @Option(name: .shortAndLong, help: "How many.") var limit = 50

    func validate() throws {
        guard limit > 0 else { throw ValidationError("--limit must be at least 1") }
    }

    func run() async throws {
        let site = try Installation(config.read())
        let store = InboxStore(site.database)
        let times = TimeText(site.settings.timeZone)
        let receipts = try store.receipts(limit: limit)
        if json {
            for receipt in receipts {
                Terminal.print(
                    try JSONOutput.line(ReceiptView(receipt, try store.mail(for: receipt.uniqueid), times: times)))
            }
            return
        }
        Terminal.print("ENDED               FOR          FROM               PAGES ID                       RESULT")
        for receipt in receipts {
            let mail = try store.mail(for: receipt.uniqueid)
            Terminal.print(ReceiptView(receipt, mail, times: times).line(times.plain(receipt.endedAt)))
        }
    }
}

/// `fax-inbox show ID`
struct InboxShow: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "show", abstract: "All about one received fax.")

    @OptionGroup var config: SettingsOption
    @Flag(help: "One JSON object.") var json = false
    @Argument(help: "Its id, as list shows it.") var id: String

    func run() async throws {
        let site = try Installation(config.read())
        let store = InboxStore(site.database)
        guard let receipt = try store.receipt(id) else {
            throw FaxError(.data, "there is no received fax \(quoted(id))")
        }
        let view = ReceiptView(receipt, try store.mail(for: id), times: TimeText(site.settings.timeZone))
        if json { Terminal.print(try JSONOutput.line(view)) } else { view.story.forEach(Terminal.print) }
    }
}
