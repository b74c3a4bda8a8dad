import ArgumentParser
import FaxInbox
import FaxModel
import FaxStore
import Foundation
import SpoolFiles

/// `fax-inbox redeliver`
struct InboxRedeliver: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "redeliver", abstract: "Delivers faxes once more, the way that their route says now.")

    @OptionGroup var options: InboxOptions
    @Option(help: ArgumentHelp("To these people alone, by mail; may be repeated.", valueName: "address"))
    var to: [String] = []
    @Argument(help: "Their ids.") var ids: [String]

    func run() async throws {
        let inbox = try options.open()
        guard let rules = inbox.site.settings.inboxRules else {
            throw FaxError(.configuration, "receiving.operator is not set: nobody knows who gets faxes")
        }
        var seen: Set<String> = []
        let people = try to.map(EmailAddress.init(parsing:)).filter { seen.insert($0.text.lowercased()).inserted }
        for id in ids {
            let receipt = try inbox.receipt(id)
            guard receipt.state == .archived else {
                throw FaxError(.data, "fax \(id) is \(receipt.state.rawValue): there is nothing to deliver")
            }
            let (mail, errands) = rules.again(receipt, to: people.isEmpty ? nil : people)
            let who = mail.map(\.recipient.text)
            try inbox.store.redeliver(
                id, mail: mail, errands: errands,
                look: inbox.look(.redeliver, id, "to " + who.joined(separator: ", ")))
            try inbox.tell(id, "queued again for \(who.joined(separator: ", "))", json: options.json)
        }
        inbox.site.layout.poke()
    }
}

/// `fax-inbox mark`
struct InboxMark: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "mark", abstract: "Marks faxes as seen or unseen, or holds them back from removal.")

    @OptionGroup var options: InboxOptions
    @Flag(help: "Somebody has seen it.") var seen = false
    @Flag(help: "Nobody has seen it.") var unseen = false
    @Flag(help: "Legal hold: kept whatever the route says, and can't be deleted.") var hold = false
    @Flag(help: "No more.") var release = false
    @Option(help: ArgumentHelp("Why, for the record.", valueName: "text")) var why: String = ""
    @Argument(help: "Their ids.") var ids: [String]

    func validate() throws {
        guard [seen, unseen, hold, release].contains(true) else {
            throw ValidationError("say --seen, --unseen, --hold or --release")
        }
        if seen, unseen { throw ValidationError("--seen and --unseen exclude each other") }
        if hold, release { throw ValidationError("--hold and --release exclude each other") }
    }

    func run() async throws {
        let inbox = try options.open()
        for id in ids {
            _ = try inbox.receipt(id)
            let reason = why.isEmpty ? "" : ": \(why)"
            if seen || unseen {
                try inbox.store.markSeen(seen, inbox.look(.mark, id, (seen ? "seen" : "unseen") + reason))
            }
            if hold || release {
                try inbox.store.markHeld(hold, inbox.look(.mark, id, (hold ? "held" : "released") + reason))
            }
            try inbox.tell(id, "marked", json: options.json)
        }
    }
}

/// `fax-inbox delete`
struct InboxDelete: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "delete", abstract: "Removes the files of faxes; the record that there was a call stays.")

    @OptionGroup var options: InboxOptions
    @Option(help: ArgumentHelp("Why, for the record.", valueName: "text")) var why: String = ""
    @Argument(help: "Their ids.") var ids: [String]

    func run() async throws {
        let inbox = try options.open()
        let removal = ArchiveRemoval(store: inbox.store, layout: inbox.site.layout)
        for id in ids {
            let receipt = try inbox.receipt(id)
            guard receipt.state == .archived else {
                throw FaxError(.data, "fax \(id) is \(receipt.state.rawValue): it has no files")
            }
            if receipt.isHeld { throw FaxError(.noPermission, "fax \(id) is held; fax-inbox mark --release first") }
            try removal.remove(receipt, look: inbox.look(.delete, id, why))
            try inbox.tell(id, "removed", json: options.json)
        }
    }
}

extension InboxSite {
    private struct Done: Encodable {
        var uniqueid: String
        var done: String
    }

    /// What was done about one fax.
    func tell(_ id: String, _ done: String, json: Bool) throws {
        Terminal.print(json ? try JSONOutput.line(Done(uniqueid: id, done: done)) : "\(id): \(done)")
    }
}
