import FaxModel
import FaxPages
import Foundation

/// Makes the cover pages of one fax, one for each recipient.
struct CoverSheet: Sendable {
    /// What the sender says on all of them.
    struct Words: Sendable {
        var from: CoverLine?
        var station: StationID?
        var regarding: CoverLine?
        var comments: CoverComments?
    }

    let template: CoverTemplate
    let words: Words
    let times: TimeText
    let drawing: RenderSettings

    /// Writes the cover page of a recipient as a TIFF of one page and returns what is in it; `documentPages` come after.
    func page(
        for recipient: Recipient, documentPages: Int, to target: String, now: UnixTime
    ) async throws -> [PageInfo] {
        let pdf = target + ".pdf"
        defer { unlink(pdf) }
        try await CoverPage.write(
            template: template, fields: fields(for: recipient, documentPages: documentPages, now: now), to: pdf)
        return try await PageRenderer().render(documents: [pdf], settings: drawing, to: target)
    }

    /// What the cover page of a recipient says.
    func fields(for recipient: Recipient, documentPages: Int, now: UnixTime) -> CoverFields {
        CoverFields(
            toName: recipient.name, toNumber: recipient.destination.canonical, fromName: words.from,
            fromNumber: words.station, regarding: words.regarding, comments: words.comments,
            date: String(times.plain(now).prefix(16)), pages: documentPages + 1, columns: recipient.fields)
    }
}
