import FaxInbox
import FaxModel
import FaxSettings
import FaxStore
import Foundation
import Logging
import SpoolFiles

/// Does what is to be done about received faxes besides mail: deliveries in one pass, what only makes the archive better in
/// another, so that neither waits for the other.
struct ErrandPass: Sendable {
    let site: Installation
    let settings: InboxSettings
    let kinds: [InboxErrand.Kind]
    let queue: OwnQueue
    let logger: Logger
    private let unnoted = UnnotedWork()

    /// Both passes; none where the settings name no operator.
    static func all(site: Installation, logger: Logger) throws -> [ErrandPass] {
        guard let settings = try site.settings.inbox(site.layout) else { return [] }
        return [(true, OwnQueue.deliveries), (false, OwnQueue.improving)].map { isDelivery, queue in
            ErrandPass(
                site: site, settings: settings, kinds: InboxErrand.Kind.allCases.filter { $0.isDelivery == isDelivery },
                queue: queue, logger: logger)
        }
    }

    @Sendable func run() async throws {
        while try await queue.run({ try runOnce(now: Clock.now()) }) > 0, !Task.isCancelled {}
    }

    /// Some of what is due; returns how much of it was done. Blocks.
    func runOnce(now: UnixTime) throws -> Int {
        let store = InboxStore(site.database)
        var done = 0
        for errand in try store.dueErrands(kinds, now: now, limit: 20) {
            guard let receipt = try store.receipt(errand.uniqueid) else { continue }
            do {
                if !unnoted.contains(errand.id) { try perform(errand, receipt, store) }
            } catch let error as FaxError {
                let next = Self.next(errand, error, now: now)
                logger.log(
                    level: next == nil ? .error : .warning, "errand",
                    metadata: [
                        "fax": "\(errand.uniqueid)", "kind": "\(errand.kind)", "problem": "\(error.message)",
                        "again": "\(next != nil)",
                    ])
                if let next {
                    try store.markFailed(errand, error: error.message, next: next)
                } else {
                    try store.markGivenUp(errand, error: error.message, notice: notice(of: errand, receipt), now: now)
                }
                continue
            }
            try unnoted.finish(errand.id) { try store.markDone(errand, now: now) }
            done += 1
        }
        return done
    }

    /// What can't be better next time is tried once.
    private static func next(_ errand: InboxErrand, _ error: FaxError, now: UnixTime) -> UnixTime? {
        error.code == .data ? nil : MailRetry.next(tries: errand.tries + 1, since: errand.dueAt, now: now)
    }

    /// A fax that its route's printer, folder or program did not get goes to the operator.
    private func notice(of errand: InboxErrand, _ receipt: InboxReceipt) -> InboxMail.Draft? {
        guard errand.kind.isDelivery, receipt.state == .archived else { return nil }
        return .init(.notice, to: settings.operator, style: settings.operatorStyle(handling(of: receipt)))
    }

    private func perform(_ errand: InboxErrand, _ receipt: InboxReceipt, _ store: InboxStore) throws {
        guard receipt.state == .archived else { throw FaxError(.data, "the fax has no files any more") }
        switch errand.kind {
        case .print:
            try PrintErrand(printer: errand.target, settings: settings, style: style(of: receipt)).run(receipt)
        case .folder:
            try FolderErrand(folder: errand.target, settings: settings, style: style(of: receipt)).run(receipt)
        case .command:
            let words = (try? JSONDecoder().decode([String].self, from: Data(errand.target.utf8))) ?? []
            let view = ReceiptView(
                receipt, try store.mail(for: receipt.uniqueid), times: TimeText(site.settings.timeZone))
            if let problem = HookProgram(command: words).run(try JSONOutput.line(view) + "\n") {
                throw FaxError(.unavailable, problem)
            }
        case .repack: _ = try ArchivePDF(settings: settings).improve(receipt, words: [:])
        case .read: try ReadErrand(settings: settings, language: style(of: receipt).language).run(receipt, store)
        }
    }

    private func handling(of receipt: InboxReceipt) -> InboundHandling {
        settings.rules.routes.first { $0.name == receipt.route }?.handling ?? settings.rules.standard
    }

    private func style(of receipt: InboxReceipt) -> MessageStyle { handling(of: receipt).style }
}
