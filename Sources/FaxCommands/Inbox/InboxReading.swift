import ArgumentParser
import FaxModel
import FaxStore

/// `fax-inbox list`
struct InboxList: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "list", abstract: "Received faxes, the newest first.")

    @OptionGroup var options: InboxOptions
    @OptionGroup var which: InboxConditions

    func run() async throws {
        let inbox = try options.open()
        try inbox.print(try inbox.store.receipts(which.filter(inbox.site.settings)), json: options.json)
    }
}

/// `fax-inbox search`
struct InboxSearch: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "search", abstract: "Faxes whose text holds all of these words.",
        discussion: "Only faxes of routes with 'read_text: true' have been read.")

    @OptionGroup var options: InboxOptions
    @OptionGroup var which: InboxConditions
    @Argument(help: "Words; case and accents don't count.") var words: [String]

    func run() async throws {
        let inbox = try options.open()
        var filter = try which.filter(inbox.site.settings)
        filter.words = words.joined(separator: " ")
        try inbox.print(try inbox.store.receipts(filter), json: options.json)
    }
}

/// `fax-inbox show`
struct InboxShow: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show", abstract: "All about received faxes; they count as seen then.")

    @OptionGroup var options: InboxOptions
    @Flag(help: "The text that was read, too.") var text = false
    @Argument(help: "Their ids, as list shows them.") var ids: [String]

    func run() async throws {
        let inbox = try options.open()
        for id in ids {
            let receipt = try inbox.receipt(id)
            try inbox.store.see(inbox.look(.show, id))
            var view = try inbox.view(receipt)
            view.errands = try inbox.store.errands(for: id).map { .init($0, times: inbox.times) }
            view.looks = try inbox.store.looks(at: id).map { .init($0, times: inbox.times) }
            if text { view.text = try inbox.store.text(of: receipt) ?? "" }
            Terminal.print(options.json ? [try JSONOutput.line(view)] : view.story)
        }
    }
}

/// `fax-inbox stats`
struct InboxStatsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "stats", abstract: "Received faxes in numbers.")

    @OptionGroup var options: InboxOptions
    @Option(help: ArgumentHelp("Calls that ended then or later; all.", valueName: "time")) var since: String?
    @Option(help: ArgumentHelp("Calls that ended before.", valueName: "time")) var until: String?

    func run() async throws {
        let inbox = try options.open()
        var conditions = try InboxConditions.parse([])
        conditions.since = since
        conditions.until = until
        conditions.limit = 1
        let span = try conditions.filter(inbox.site.settings)
        let stats = try inbox.store.stats(
            since: span.since ?? UnixTime(milliseconds: .min), until: span.until ?? UnixTime(milliseconds: .max))
        Terminal.print(options.json ? [try JSONOutput.line(stats)] : InboxStatsText.lines(stats, times: inbox.times))
    }
}
