import FaxModel
import FaxPages
import FaxSettings
import FaxStore
import Foundation
import Logging
import SpoolFiles

/// Sends what the owners of jobs and the watchers of probes are to be told. What a mail server does not take waits and is
/// tried again, for five days.
struct NoticePass: Sendable {
    let site: Installation
    /// nil where the settings name no way for mail: messages wait.
    let mailer: (any Mailer)?
    let logger: Logger
    private let unnoted = UnnotedWork()

    @Sendable func run() async throws { try await runOnce(now: Clock.now()) }

    func runOnce(now: UnixTime) async throws {
        guard let mailer, let from = site.settings.mail.from else { return }
        let store = NoticeStore(site.database)
        func note(_ notice: Notice) async throws {
            try await OwnQueue.notices.run { try unnoted.finish(notice.id) { try store.markSent(notice.id) } }
        }
        for notice in try await OwnQueue.notices.run({ try store.due(now: now) }) {
            if unnoted.contains(notice.id) {
                try await note(notice)
                continue
            }
            let pictures = try JobDirectory()
            defer { withExtendedLifetime(pictures) {} }
            let message: MailMessage?
            do {
                message = try await OwnQueue.notices.run { try self.message(notice, from, pictures) }
            } catch {
                // One that can't be written holds up no other.
                let next = Self.next(.temporary, notice, now: now)
                logger.error("notice", metadata: ["about": "\(notice.subject)", "problem": "\(error)"])
                try await OwnQueue.notices.run { try store.markFailed(notice.id, "\(error)", next: next) }
                continue
            }
            guard let message, let recipient = message.to.first else {
                try await OwnQueue.notices.run { try store.markSent(notice.id) }
                continue
            }
            do throws(MailFailure) {
                try await mailer.deliver(message, to: recipient)
            } catch {
                let next = error.kind == .permanent ? nil : Self.next(error.kind, notice, now: now)
                let level: Logger.Level = next == nil ? .error : .warning
                logger.log(
                    level: level, "notice",
                    metadata: [
                        "about": "\(notice.subject)", "problem": "\(error.message)", "again": "\(next != nil)",
                    ])
                try await OwnQueue.notices.run { try store.markFailed(notice.id, error.message, next: next) }
                continue
            }
            try await note(notice)
        }
    }

    private static func next(_ kind: MailFailure.Kind, _ notice: Notice, now: UnixTime) -> UnixTime? {
        MailRetry.next(kind, tries: notice.tries + 1, since: notice.at, now: now)
    }

    private func message(_ notice: Notice, _ from: EmailAddress, _ pictures: JobDirectory) throws -> MailMessage? {
        switch notice.subject {
        case .job(let id): try message(notice, about: id, from, pictures)
        case .probe(let run, let recipient): try ProbeLetter(site: site, from: from).message(notice, run, to: recipient)
        }
    }

    private func message(
        _ notice: Notice, about id: Int64, _ from: EmailAddress, _ pictures: JobDirectory
    ) throws -> MailMessage? {
        let jobs = site.jobs
        func story(_ job: Job) throws -> JobStory {
            JobStory(job: job, attempts: try jobs.attempts(of: job.id), history: [])
        }
        let stories =
            notice.kind == .group
            ? try jobs.jobs(JobFilter(group: id, limit: 100_000)).reversed()
                .map { $0.state == .delivered ? JobStory(job: $0, attempts: [], history: []) : try story($0) }
            : try jobs.job(id).map { [try story($0)] } ?? []
        let letter = NoticeLetter(settings: site.settings, from: from, notice: notice, stories: stories)
        guard var message = letter.message(), let job = stories.first?.job else { return nil }
        // A picture that can't be made is no reason to tell nothing.
        let picture = pictures.file("page-1.png")
        if (try? PagePreview.writePNG(job.cover ?? job.document, to: picture, maxPages: 1)) != nil {
            message.attachments.append(.init(name: "page-1.png", contentType: "image/png", path: picture))
        }
        let pdf = pictures.file("fax.pdf")
        if job.request.notify?.attachesDocument == true,
            (try? Self.write(job, to: pdf, by: pictures.file("fax.tiff"))) != nil
        {
            message.attachments.append(.init(name: "fax-\(job.id).pdf", contentType: "application/pdf", path: pdf))
        }
        return message
    }

    /// All that was sent, the cover page included.
    private static func write(_ job: Job, to pdf: String, by tiff: String) throws(FaxError) {
        var whole = job.document
        if let cover = job.cover {
            let parts = [(cover, job.coverPages), (job.document, job.pages - job.coverPages)]
            _ = try TIFFFile.assemble(
                parts.map { AttemptPart(document: $0, pages: 0..<$1, headers: []) }, to: tiff)
            whole = tiff
        }
        _ = try FaxPDF.write(from: whole, to: pdf, metadata: FaxPDF.Metadata(created: job.submitted))
    }
}
