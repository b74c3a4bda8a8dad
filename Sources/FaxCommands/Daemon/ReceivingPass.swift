import FaxInbox
import FaxModel
import FaxSettings
import FaxStore
import Logging
import SpoolFiles

/// One pass of the receiving half, told to the log.
struct ReceivingPass: Sendable {
    /// nil on a server whose settings name no operator and no way for mail.
    private let inbox: Inbox?
    private let layout: SpoolLayout
    private let logger: Logger
    private let complaints = NewComplaints()

    init(site: Installation, mailer: (any Mailer)?, logger: Logger) throws {
        layout = site.layout
        self.logger = logger
        guard let mailer, let settings = try site.settings.inbox(layout) else {
            inbox = nil
            return
        }
        if let owner = settings.owner {
            owner.admit(to: layout)
            if let problem = owner.problem(in: layout) { logger.error("archive", metadata: ["problem": "\(problem)"]) }
        }
        try BlockList(settings.rules.blocks, plan: settings.rules.plan).publish(at: layout.blockList)
        inbox = Inbox(
            settings: settings, store: InboxStore(site.database), mailer: mailer, steady: Clock.steady)
    }

    /// As many passes as have something to do.
    @Sendable func run() async throws {
        guard let inbox else { return try refuseToForget() }
        while let pass = try await inbox.runOnce(now: Clock.now()) {
            tell(pass)
            guard pass.hasMore, !Task.isCancelled else { return }
        }
    }

    private func tell(_ pass: InboxPass) {
        for problem in complaints.among(pass.problems) { logger.error("inbox", metadata: ["problem": "\(problem)"]) }
        let counts = [
            ("journalled", pass.journalled), ("salvaged", pass.salvaged), ("archived", pass.archived),
            ("empty", pass.empty), ("blocked", pass.blocked), ("junk", pass.junk), ("sent", pass.sent),
            ("deferred", pass.deferred), ("failed", pass.failed),
        ].filter { $0.1 > 0 }
        if !counts.isEmpty {
            let facts = Dictionary(
                uniqueKeysWithValues: counts.map { ($0.0, Logger.MetadataValue.stringConvertible($0.1)) })
            logger.info("inbox", metadata: facts)
        }
    }

    /// A server that only sends needs no inbox; one that receives and can't tell anybody must say so.
    private func refuseToForget() throws {
        guard try DurableFile.list(layout.received).contains(where: { !$0.hasPrefix(".") }) else { return }
        throw FaxError(
            .configuration,
            "faxes wait in \(layout.received): set receiving.operator, mail.from and mail.smtp (or mail.maildir)")
    }
}
