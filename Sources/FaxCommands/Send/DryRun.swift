import FaxModel
import FaxScheduler
import FaxSettings
import FaxStore
import Foundation
import SpoolFiles

/// `--dry-run`: the call file that would be published, byte for byte but for the attempt's id.
struct DryRun {
    let settings: Settings
    let look: PageOptions

    func print(_ requests: [FaxRequest], _ documents: [String]) async throws {
        let tiff = NSTemporaryDirectory() + "fax-send-" + UUID().uuidString + ".tiff"
        defer { unlink(tiff) }
        let pages = try await DocumentPages(settings: settings, look: look).render(documents, to: tiff)
        let id = AttemptID(job: 0, sequence: 1, random: 0)
        Terminal.complain("fax-send: nothing is sent; a real attempt has an id of its own in place of \(id)")
        for request in requests {
            let bytes = try CallFile.bytes(
                request: request, attempt: id, file: SpoolLayout(root: settings.spool).attemptTIFF(id),
                longestCall: LineTime.longestCall(pages: pages), pages: pages.count,
                policy: SchedulerPolicy(settings.sending))
            Terminal.print(String(decoding: bytes, as: UTF8.self).trimmingCharacters(in: .newlines))
        }
    }
}

extension SchedulerPolicy {
    init(_ sending: Settings.Sending) {
        self.init(
            lines: sending.lines, retry: sending.retry, waitTime: sending.waitTime,
            asteriskRetries: sending.asteriskRetries, asteriskRetryTime: sending.asteriskRetryTime,
            templates: sending.templates, headerLine: sending.headerLine)
    }
}
