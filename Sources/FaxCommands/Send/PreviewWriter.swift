import FaxModel
import FaxPages
import FaxSettings
import Foundation
import SpoolFiles

/// `--preview`: what the far end would get, as a file.
struct PreviewWriter {
    let settings: Settings
    let look: PageOptions
    let sender: SenderOptions

    func write(_ documents: [String], to path: String) async throws {
        let name = try sender.name(settings.sending)
        let station = try sender.stationID.map(StationID.init(parsing:)) ?? settings.sending.stationID
        let plain = temporary()
        let headed = temporary()
        defer {
            unlink(plain)
            unlink(headed)
        }
        let pages = try await DocumentPages(settings: settings, look: look).render(documents, to: plain)
        let isPicture = path.hasSuffix(".png")
        _ = try TIFFFile.extract(
            pages: 0..<pages.count, from: plain, to: isPicture ? headed : path,
            headers: AttemptPages(settings).headers(
                name, station, 0..<pages.count, of: pages.count, now: Clock.now()))
        if isPicture { _ = try PagePreview.writePNG(headed, to: path) }
    }

    private func temporary() -> String { NSTemporaryDirectory() + "fax-send-" + UUID().uuidString + ".tiff" }
}
