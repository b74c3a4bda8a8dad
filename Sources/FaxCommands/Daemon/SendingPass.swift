import FaxModel
import FaxScheduler
import FaxSettings
import FaxStore
import Logging
import SpoolFiles
import Synchronization

/// One pass of the sending half, told to the log.
final class SendingPass: Sendable {
    private let site: Installation
    private let logger: Logger
    private let lastCleaning = Mutex<UnixTime?>(nil)
    private let complaints = NewComplaints()
    private let lastListening = Mutex<UnixTime?>(nil)
    /// nil without the manager interface.
    private let silence: SilenceWatch?

    init(site: Installation, logger: Logger) {
        self.site = site
        self.logger = logger
        silence = site.settings.manager.map(SilenceWatch.init)
    }

    @Sendable func run() async throws {
        let site = site
        let cleaning = isCleaningDue(Clock.now())
        let report = try await OwnQueue.sending.run {
            if cleaning { try self.clean() }
            return try site.scheduler.runOnce(now: Clock.now)
        }
        if cleaning { try await forget() }
        for step in report?.steps ?? [] {
            logger.log(
                level: step.alarm ? .error : .info, "job",
                metadata: ["job": "\(step.job)", "attempt": "\(step.attempt)", "step": "\(step.text)"])
        }
        guard let report else { return }
        for problem in complaints.among(report.problems) {
            logger.error("sending", metadata: ["problem": "\(problem)"])
        }
    }

    /// What earlier lives left, and documents that are old enough.
    private func clean() throws {
        for line in try site.jobs.unreadableJobs() + site.scheduler.tidy() {
            logger.error("store", metadata: ["problem": "\(line)"])
        }
        try site.scheduler.removeLeftovers(now: Clock.now(), keepDays: site.settings.sending.keepDocuments)
    }

    /// Jobs that ended so long ago, a few at a time, so that passes come between.
    private func forget() async throws {
        let site = site
        let limit = Clock.now().adding(seconds: -Int64(site.settings.sending.keepHistory) * 86_400)
        var forgotten = 0
        while true {
            let count = try await OwnQueue.sending.run { try site.jobs.prune(finishedBefore: limit) }
            forgotten += count
            if count == 0 { break }
        }
        if forgotten > 0 { logger.info("forgotten", metadata: ["jobs": "\(forgotten)"]) }
    }

    /// Listens to running calls every five seconds, where the manager interface is there to ask.
    @Sendable func listen() async throws {
        guard let silence, isListeningDue(Clock.now()) else { return }
        let ended = try await OwnQueue.listening.run { try silence.runOnce() }
        for line in ended { logger.warning("silence", metadata: ["call": "\(line)"]) }
    }

    private func isListeningDue(_ now: UnixTime) -> Bool {
        lastListening.withLock { last in
            if let last, now >= last, now < last.adding(seconds: 5) { return false }
            last = now
            return true
        }
    }

    /// Once after the start, then once a day.
    private func isCleaningDue(_ now: UnixTime) -> Bool {
        lastCleaning.withLock { last in
            if let last, now < last.adding(seconds: 86_400) { return false }
            last = now
            return true
        }
    }
}
