import FaxModel
import FaxSettings
import FaxStore
import Logging
import SpoolFiles
import Synchronization

/// faxd's part of the probes: their runs, and what is old enough to be forgotten.
final class ProbePass: Sendable {
    private let runner: ProbeRunner
    private let lastPruning = Mutex<UnixTime?>(nil)

    init(site: Installation, logger: Logger, openMailbox: @escaping MailboxFactory) {
        runner = ProbeRunner(site: site, logger: logger, openMailbox: openMailbox)
    }

    /// Whether there is anything to do at all, now or later.
    static func isNeeded(_ site: Installation) throws -> Bool {
        try !site.settings.probes.isEmpty || !ProbeStore(site.database).openRuns().isEmpty
    }

    @Sendable func run() async throws {
        try await withTaskExecutorPreference(ProbeExecutor.shared) {
            try prune(now: Clock.now())
            try await runner.runOnce(now: Clock.now)
        }
    }

    private func prune(now: UnixTime) throws {
        let isDue = lastPruning.withLock { last in
            if let last, now < last.adding(seconds: 86_400) { return false }
            last = now
            return true
        }
        guard isDue else { return }
        let days = Int64(runner.site.settings.sending.keepHistory)
        _ = try runner.store.prune(begunBefore: now.adding(seconds: -days * 86_400))
        try ProbeRecords(runner.site.layout).prune { try runner.store.run($0) != nil }
    }
}
