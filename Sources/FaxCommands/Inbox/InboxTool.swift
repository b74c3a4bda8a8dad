package import ArgumentParser
import FaxModel
import FaxSettings
import FaxStore
import Foundation
import SpoolFiles

/// `fax-inbox`: what was received, who got it, and the archive.
package struct InboxTool: Tool {
    package static let configuration = CommandConfiguration(
        commandName: "fax-inbox", abstract: "Received faxes and their archive.",
        discussion: "Who looks at a fax, or changes or removes one, is written down; fax-inbox show tells.",
        subcommands: [
            InboxList.self, InboxShow.self, InboxSearch.self, InboxExport.self, InboxRedeliver.self, InboxMark.self,
            InboxDelete.self, InboxImport.self, InboxStatsCommand.self, InboxRoute.self,
        ], defaultSubcommand: InboxList.self)

    package init() {}
}

/// What every command of the inbox takes.
struct InboxOptions: ParsableArguments {
    @OptionGroup var config: SettingsOption
    @Flag(help: "One JSON object a line.") var json = false

    func open() throws -> InboxSite { try InboxSite(Installation(config.read())) }
}

/// The inbox of one server as a person at a terminal sees it.
struct InboxSite {
    let site: Installation
    let store: InboxStore
    let times: TimeText

    init(_ site: Installation) {
        self.site = site
        store = InboxStore(site.database)
        times = TimeText(site.settings.timeZone)
    }

    /// Throws `FaxError.data` where there is none.
    func receipt(_ id: String) throws -> InboxReceipt {
        guard let receipt = try store.receipt(id) else {
            throw FaxError(.data, "there is no received fax \(quoted(id)); fax-inbox list shows their ids")
        }
        return receipt
    }

    func view(_ receipt: InboxReceipt) throws -> ReceiptView {
        ReceiptView(receipt, try store.mail(for: receipt.uniqueid), times: times)
    }

    /// Something that the person at the terminal does.
    func look(_ action: InboxLook.Action, _ id: String, _ detail: String = "") -> InboxLook {
        InboxLook(at: Clock.now(), person: Self.person, action: action, uniqueid: id, detail: detail)
    }

    /// Who sits there: whom sudo came from, with the user that it became.
    static var person: String {
        let own = getpwuid(geteuid()).map { String(cString: $0.pointee.pw_name) } ?? "\(geteuid())"
        guard let before = ProcessInfo.processInfo.environment["SUDO_USER"], before != own, !before.isEmpty else {
            return own
        }
        return "\(before.prefix(64)) as \(own)"
    }

    /// Rows of `fax-inbox list`, or JSON.
    func print(_ receipts: [InboxReceipt], json: Bool) throws {
        let views = try receipts.map(view)
        if json { return Terminal.print(try views.map(JSONOutput.line)) }
        Terminal.print(
            [ReceiptView.head] + zip(receipts, views).map { $1.line(times.plain($0.endedAt)) })
    }
}
