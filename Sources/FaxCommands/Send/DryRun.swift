import FaxModel
import FaxPages
import FaxScheduler
import FaxSettings
import FaxStore
import Foundation
import SpoolFiles

/// `--dry-run`: the call file that would be published, byte for byte but for the attempt's id.
struct DryRun {
    let fax: FaxSubmission

    func print(_ documents: [String]) async throws {
        let settings = fax.settings
        let tiff = NSTemporaryDirectory() + "fax-send-" + UUID().uuidString + ".tiff"
        defer { unlink(tiff) }
        let pages = try await DocumentPages(settings: settings, look: fax.look).render(documents, to: tiff)
        let id = AttemptID(job: 0, sequence: 1, random: 0)
        Terminal.complain("fax-send: nothing is sent; a real attempt has an id of its own in place of \(id)")
        for (recipient, request) in zip(fax.recipients.recipients, fax.requests) {
            var all = pages
            if let sheet = fax.sheet {
                let cover = try await sheet.page(
                    for: recipient, documentPages: pages.count, to: tiff, now: Clock.now())
                all += cover.map { ($0.rows, $0.encodedBytes) }
            }
            let call = OpenCall(
                rehearsing: request, attempt: id, pages: all.count, longestCall: LineTime.longestCall(pages: all))
            let bytes = try CallFile.bytes(
                call, file: SpoolLayout(root: settings.spool).attemptTIFF(id), policy: SchedulerPolicy(settings.sending)
            )
            Terminal.print(String(decoding: bytes, as: UTF8.self).trimmingCharacters(in: .newlines))
        }
    }
}

extension SchedulerPolicy {
    init(_ sending: Settings.Sending) {
        self.init(
            trunks: sending.trunks, retry: sending.retry, faxesInACall: sending.faxesInACall,
            waitTime: sending.waitTime,
            asteriskRetries: sending.asteriskRetries, asteriskRetryTime: sending.asteriskRetryTime,
            templates: sending.templates, headerLine: sending.headerLine, keepCallFiles: sending.keepCallFiles)
    }
}

extension OpenCall {
    /// A call that is never placed, to see what its call file would be.
    init(rehearsing request: FaxRequest, attempt id: AttemptID, pages: Int, longestCall: Int64) {
        let never = UnixTime(seconds: 0)
        let job = Job(
            id: 0, group: 0, request: request, document: "", pages: pages, state: .calling, submitted: never,
            due: never,
            deadline: never)
        let attempt = Attempt(
            id: id, job: 0, sequence: 1, state: .claimed, firstPage: 0, pages: pages, claimed: never,
            longestCall: longestCall)
        self.init([OpenAttempt(job: job, attempt: attempt)])
    }
}
