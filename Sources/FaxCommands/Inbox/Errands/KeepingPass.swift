import FaxInbox
import FaxModel
import FaxSettings
import FaxStore
import Logging
import SpoolFiles
import Synchronization

/// Removes received faxes whose time is over, and records that are old enough, a few at a time.
final class KeepingPass: Sendable {
    /// In the store: KeepingClock's text.
    static let fact = "keeping-clock"

    private let site: Installation
    private let logger: Logger
    private let last = Mutex<UnixTime?>(nil)

    init(site: Installation, logger: Logger) {
        self.site = site
        self.logger = logger
    }

    /// At the start and once an hour.
    @Sendable func run() async throws {
        let now = Clock.now()
        let (isFirst, isDue) = last.withLock { last in
            let due = last.map { now < $0 || now >= $0.adding(seconds: 3600) } ?? true
            let first = last == nil
            if due { last = now }
            return (first, due)
        }
        guard isDue else { return }
        let site = site
        let removed = try await OwnQueue.improving.run { try Self.runOnce(site, now: now, isFirst: isFirst) }
        if removed > 0 { logger.info("expired", metadata: ["faxes": "\(removed)"]) }
    }

    private static func runOnce(_ site: Installation, now: UnixTime, isFirst: Bool) throws -> Int {
        let store = InboxStore(site.database)
        let removal = ArchiveRemoval(store: store, layout: site.layout)
        if isFirst { try removal.finish() }
        let clock = KeepingClock(try store.fact(fact), now: now)
        try store.setFact(fact, clock.text)
        guard clock.believedAt == nil else { return 0 }
        var removed = 0
        while true {
            let count = try removal.removeExpired(now: now)
            removed += count
            if count == 0 { break }
        }
        let limit = now.adding(seconds: -Int64(site.settings.receiving.keepRecords) * 86_400)
        while try store.prune(endedBefore: limit) > 0 {}
        return removed
    }
}
