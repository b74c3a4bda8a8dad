import FaxInbox
import FaxModel
import FaxSettings
import SpoolFiles

extension Settings {
    /// What the inbox must know; nil where the settings name no operator or no sender.
    func inbox(_ layout: SpoolLayout) throws(FaxError) -> InboxSettings? {
        guard let from = mail.from, let rules = inboxRules else { return nil }
        return try InboxSettings(
            layout: layout, host: host, timeZoneIdentifier: timeZone, from: from, fromName: mail.fromName, rules: rules,
            maxCall: Int64(receiving.maxCall), letters: LetterBook(directory: receiving.templates),
            linkBase: receiving.linkBase, maxMessage: Int64(receiving.maxMessage), keepJunkDays: receiving.keepJunk,
            repackAfter: receiving.repackAfter.map(Int64.init),
            owner: ArchiveOwner(receiving.archive.owner, receiving.archive.group))
    }

    /// Where received faxes go; nil where nobody is the operator.
    var inboxRules: InboxRules? {
        receiving.operatorAddress.map { person in
            InboxRules(
                operator: person, standard: receiving.standard, routes: receiving.routes, blocks: receiving.blocks,
                plan: sending.numbers?.plan)
        }
    }
}
