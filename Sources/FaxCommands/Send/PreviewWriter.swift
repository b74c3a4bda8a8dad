import FaxModel
import FaxPages
import FaxSettings
import Foundation

/// `--preview`: what the far end would get, as a file.
struct PreviewWriter {
    let settings: Settings
    let look: PageOptions

    func write(_ documents: [String], to path: String) async throws {
        if path.hasSuffix(".png") {
            let tiff = NSTemporaryDirectory() + "fax-send-" + UUID().uuidString + ".tiff"
            defer { unlink(tiff) }
            _ = try await DocumentPages(settings: settings, look: look).render(documents, to: tiff)
            _ = try PagePreview.writePNG(tiff, to: path)
        } else {
            _ = try await DocumentPages(settings: settings, look: look).render(documents, to: path)
        }
    }
}
