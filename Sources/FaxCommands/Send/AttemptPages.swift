import FaxModel
import FaxPages
import FaxSettings
import FaxStore
import Foundation
import Synchronization

/// The TIFF of one attempt: the pages that are left, with our own header line where the settings want it.
final class AttemptPages: Sendable {
    /// A file that was made, and all that makes it what it is.
    private struct Made {
        var parts: [AttemptPart]
        var resolution: Resolution
        var file: String
    }

    let line: HeaderLine
    let times: TimeText
    /// The calls of a broadcast follow each other and transmit the same.
    private let last = Mutex<Made?>(nil)

    init(_ settings: Settings) {
        line = settings.sending.headerLine
        times = TimeText(settings.timeZone)
    }

    /// Writes the pages of a call: for each fax in it those that are left, its cover page first. Durable on return, but
    /// for the name.
    func derive(_ call: OpenCall, to target: String, now: UnixTime) throws(FaxError) {
        let parts = call.parts.flatMap { self.parts(of: $0, now: now) }
        let wanted = call.attempt.asked?.resolution ?? call.job.request.resolution
        if parts.count == 1, parts[0].headers.isEmpty, wanted == call.job.request.resolution,
            parts[0].pages.count == call.job.pages
        {
            return try link(parts[0].document, to: target)
        }
        if let made = last.withLock({ $0 }), made.parts == parts, made.resolution == wanted,
            (try? link(made.file, to: target)) != nil
        {
            return
        }
        _ = try TIFFFile.assemble(parts, to: target, resolution: wanted)
        last.withLock { $0 = Made(parts: parts, resolution: wanted, file: target) }
    }

    private func parts(of open: OpenAttempt, now: UnixTime) -> [AttemptPart] {
        let job = open.job
        let left = open.attempt.firstPage..<(open.attempt.firstPage + open.attempt.pages)
        let cover = left.clamped(to: 0..<job.coverPages)
        let document = left.clamped(to: job.coverPages..<max(job.pages, job.coverPages))
        func headers(_ pages: Range<Int>) -> [PageHeader] {
            self.headers(job.request.header, job.request.stationID, pages, of: job.pages, now: now)
        }
        var parts: [AttemptPart] = []
        if let file = job.cover, !cover.isEmpty {
            parts.append(AttemptPart(document: file, pages: cover, headers: headers(cover)))
        }
        if !document.isEmpty {
            let own = (document.lowerBound - job.coverPages)..<(document.upperBound - job.coverPages)
            parts.append(AttemptPart(document: job.document, pages: own, headers: headers(document)))
        }
        return parts
    }

    /// Another name for the same file.
    private func link(_ file: String, to target: String) throws(FaxError) {
        unlink(target)
        guard Foundation.link(file, target) == 0 else {
            throw FaxError(.inputOutput, "\(target): \(String(cString: strerror(errno)))", errno: errno)
        }
    }

    /// The line of each of these pages (counted from 0) of a fax of `total` pages; none where it isn't ours to draw.
    func headers(
        _ name: HeaderText?, _ station: StationID?, _ pages: Range<Int>, of total: Int, now: UnixTime
    ) -> [PageHeader] {
        guard line.drawer(of: name) == .own else { return [] }
        let parts = [name?.text ?? "", station?.text ?? "", times.minute(now)]
        let left = parts.filter { !$0.isEmpty }.joined(separator: "   ")
        return pages.map { PageHeader(left: left, right: "Page \($0 + 1) of \(total)") }
    }
}
