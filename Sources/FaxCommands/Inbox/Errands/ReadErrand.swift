import FaxInbox
import FaxModel
import FaxPages
import FaxStore
import Foundation
import SpoolFiles

/// The text of a received fax, read by tesseract: searchable in the archive's PDF and by `fax-inbox search`.
struct ReadErrand {
    static let program = "/usr/bin/tesseract"
    /// Seconds for one page.
    private static let patience = 300
    /// Pages of one fax that are read.
    private static let pages = 200

    let settings: InboxSettings
    let language: MessageStyle.Language

    func run(_ receipt: InboxReceipt, _ store: InboxStore) throws {
        guard let tiff = receipt.tiff else { throw FaxError(.data, "there is nothing to read") }
        guard FileManager.default.isExecutableFile(atPath: Self.program) else {
            // Without it the PDF is made smaller all the same.
            _ = try ArchivePDF(settings: settings).improve(receipt, words: [:])
            throw FaxError(.data, "\(Self.program) is not installed: apt-get install tesseract-ocr")
        }
        let picture = "\(settings.layout.messages)/read-\(UUID().uuidString).png"
        defer { try? FileManager.default.removeItem(atPath: picture) }
        var words: [Int: [PDFWord]] = [:]
        var text = ""
        for page in 0..<min(try TIFFFile.inspect(tiff).count, Self.pages) {
            _ = try PagePreview.writePNG(tiff, to: picture, from: page, maxPages: 1)
            var run = ProgramRun([
                "/usr/bin/nice", "-n", "10", Self.program, picture, "stdout", "--dpi", "204", "-l", model, "tsv",
            ])
            // Its threads would take both cores from faxes that are coming in.
            run.environment = ["OMP_THREAD_LIMIT": "1"]
            let read = TesseractText(tsv: String(decoding: try run.run(seconds: Self.patience), as: UTF8.self))
            if !read.words.isEmpty { words[page + 1] = read.words }
            text += read.text + "\n"
        }
        _ = try ArchivePDF(settings: settings).improve(receipt, words: words)
        try store.setText(text, of: receipt)
    }

    /// The language's own model where it is installed, else English, which every installation has.
    private var model: String {
        let name =
            switch language {
            case .en: "eng"
            case .de: "deu"
            case .fr: "fra"
            case .es: "spa"
            }
        let places = (try? FileManager.default.contentsOfDirectory(atPath: "/usr/share/tesseract-ocr")) ?? []
        let isThere = places.contains {
            FileManager.default.fileExists(atPath: "/usr/share/tesseract-ocr/\($0)/tessdata/\(name).traineddata")
        }
        return isThere ? name : "eng"
    }
}
