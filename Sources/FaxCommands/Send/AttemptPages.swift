import FaxModel
import FaxPages
import FaxSettings
import FaxStore

/// The TIFF of one attempt: the pages that are left, with our own header line where the settings want it.
struct AttemptPages: Sendable {
    let line: HeaderLine
    let times: TimeText

    init(_ settings: Settings) {
        line = settings.sending.headerLine
        times = TimeText(settings.timeZone)
    }

    func derive(_ call: OpenCall, to target: String, now: UnixTime) throws(FaxError) {
        let open = call.parts[0]
        let pages = open.attempt.firstPage..<(open.attempt.firstPage + open.attempt.pages)
        let request = open.job.request
        _ = try TIFFFile.extract(
            pages: pages, from: open.job.document, to: target,
            headers: headers(request.header, request.stationID, pages, of: open.job.pages, now: now))
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
