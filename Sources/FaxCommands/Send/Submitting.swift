import FaxModel
import FaxPages
import FaxSettings
import FaxStore
import Foundation
import SpoolFiles

/// Makes documents and cover pages into durable jobs.
struct Submitting {
    let site: Installation
    let fax: FaxSubmission
    let key: String
    /// Where others render as well; nil: whenever it likes.
    var turns: RenderTurns?

    /// Returns the jobs' ids, one for each recipient, once everything that they name is on the disk. What can't be sent is
    /// refused before that, and leaves nothing. What was accepted under the same key before is not accepted again.
    func accept(_ documents: [String]) async throws -> [Int64] {
        if let known = try site.jobs.submission(key: key) { return known }
        try DiskUse.refuseFull(site.layout.root, minFree: site.settings.sending.minFree)
        let schedule = fax.schedule
        let priority = try schedule.priority(recipients: fax.requests.count)
        try site.rehearse(fax.requests, pages: 1, longestCall: 1)
        let name = site.layout.documents + "/" + UUID().uuidString.lowercased()
        let pages = DocumentPages(settings: site.settings, look: fax.look)
        let rows = try await turn { try await pages.render(documents, to: name + ".tiff") }
        let document = Submission.Pages(path: name + ".tiff", rows)
        let now = Clock.now()
        var covers: [Int: Submission.Pages] = [:]
        do {
            if let sheet = fax.sheet {
                covers = try await self.covers(sheet, fax.recipients.recipients, document, name, now)
            }
            let longest = document.longestCall + (covers.values.map(\.longestCall).max() ?? 0)
            try site.rehearse(
                fax.requests, pages: document.count + (fax.sheet == nil ? 0 : 1), longestCall: min(longest, 86_400))
        } catch {
            for path in [document.path] + covers.values.map(\.path) { unlink(path) }
            throw error
        }
        // What was typed meant the moment at which it was typed; what wasn't begins now.
        let due = schedule.at == nil ? now : fax.times.due
        let deadline =
            schedule.deadline == nil
            ? due.adding(seconds: site.settings.sending.retry.deadline) : fax.times.deadline
        // Should this fail, the files stay: it may be in all the same. What no job names is removed after a day.
        return try site.jobs.submit(
            Submission(
                document: document,
                recipients: fax.requests.enumerated().map { Submission.Recipient($1, cover: covers[$0]) },
                priority: priority, held: schedule.hold, maxDials: schedule.dials, maxTries: schedule.tries,
                submitted: now, due: due, deadline: deadline, key: key))
    }

    private func turn<T: Sendable>(_ body: @Sendable () async throws -> T) async throws -> T {
        guard let turns else { return try await body() }
        return try await turns.run(body)
    }

    /// One for each recipient, two at a time: each is a program or two that runs.
    private func covers(
        _ sheet: CoverSheet, _ recipients: [Recipient], _ document: Submission.Pages, _ name: String, _ now: UnixTime
    ) async throws -> [Int: Submission.Pages] {
        try await withThrowingTaskGroup(of: (Int, Submission.Pages).self) { group in
            var made: [Int: Submission.Pages] = [:]
            var next = 0
            func begin() {
                guard next < recipients.count else { return }
                let index = next
                next += 1
                group.addTask {
                    let path = "\(name)-cover-\(index + 1).tiff"
                    let pages = try await turn {
                        try await sheet.page(
                            for: recipients[index], documentPages: document.count, to: path, now: now)
                    }
                    return (index, Submission.Pages(path: path, pages.map { ($0.rows, $0.encodedBytes) }))
                }
            }
            begin()
            begin()
            do {
                while let (index, pages) = try await group.next() {
                    made[index] = pages
                    Terminal.progress(Terminal.bar(made.count, of: recipients.count, "cover pages"))
                    begin()
                }
            } catch {
                for index in 0..<next { unlink("\(name)-cover-\(index + 1).tiff") }
                throw error
            }
            Terminal.endProgress()
            return made
        }
    }
}

extension Submission.Pages {
    /// A file whose pages have these rows and coded bytes.
    init(path: String, _ pages: [(rows: Int, bytes: Int)]) {
        self.init(path: path, count: pages.count, longestCall: LineTime.longestCall(pages: pages))
    }
}
