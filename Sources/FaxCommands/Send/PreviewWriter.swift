import FaxModel
import FaxPages
import FaxSettings
import Foundation
import SpoolFiles

/// `--preview`: what the far end would get, as a file.
struct PreviewWriter {
    let settings: Settings
    let look: PageWish
    let sender: SenderWish
    let cover: CoverWish
    /// The sender's own template of a cover page.
    let ownCover: CoverTemplate?

    /// With the cover page of `recipient`; without one there is nobody to write on it.
    ///
    /// Returns what a call carries of each page.
    func write(_ documents: [String], for recipient: Recipient?, to path: String) async throws -> [PageLineBits] {
        let name = try sender.name(settings.sending)
        let station = try sender.stationID.map(StationID.init(parsing:)) ?? settings.sending.stationID
        let sheet = try cover.sheet(settings, look, sender, own: ownCover)
        let (plain, front, headed) = (temporary(), temporary(), temporary())
        defer { for file in [plain, front, headed] { unlink(file) } }
        let now = Clock.now()
        let pages = try await DocumentPages(settings: settings, look: look).render(documents, to: plain).count
        var parts: [(document: String, pages: Int)] = [(plain, pages)]
        if let sheet, let recipient {
            let made = try await sheet.page(for: recipient, documentPages: pages, to: front, now: now)
            parts.insert((front, made.count), at: 0)
        }
        let total = parts.reduce(0) { $0 + $1.pages }
        var done = 0
        let attempt = parts.map { part in
            defer { done += part.pages }
            let headers = AttemptPages(settings).headers(
                name, station, done..<(done + part.pages), of: total, now: now)
            return AttemptPart(document: part.document, pages: 0..<part.pages, headers: headers)
        }
        let isTIFF = !path.hasSuffix(".png") && !path.hasSuffix(".pdf")
        _ = try TIFFFile.assemble(attempt, to: isTIFF ? path : headed)
        if path.hasSuffix(".png") {
            _ = try PagePreview.writePNG(headed, to: path)
        } else if path.hasSuffix(".pdf") {
            _ = try FaxPDF.write(from: headed, to: path, metadata: FaxPDF.Metadata(created: now))
        }
        return try PageLineBits.pages(of: isTIFF ? path : headed)
    }

    private func temporary() -> String { NSTemporaryDirectory() + "fax-send-" + UUID().uuidString + ".tiff" }
}
