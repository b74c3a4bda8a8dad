package import FaxModel
package import FaxPages
package import FaxStore
import Foundation
import SpoolFiles

/// The archive's PDF made anew from its TIFF.
package struct ArchivePDF {
    let settings: InboxSettings

    package init(settings: InboxSettings) { self.settings = settings }

    /// In its smallest form, with what was read on the pages: put in place of the old one where it has words or is smaller.
    ///
    /// Returns whether it was. The old one is there until the new one is on the disk.
    package func improve(_ receipt: InboxReceipt, words: [Int: [PDFWord]]) throws(FaxError) -> Bool {
        guard let tiff = receipt.tiff, let pdf = receipt.pdf, let old = ArchiveFiles.status(pdf) else {
            throw FaxError(.data, "fax \(receipt.uniqueid): there is no PDF to make anew")
        }
        var options = FaxPDF.Options()
        options.coding = .smallest
        options.words = words
        let draft = "\(settings.layout.messages)/repack-\(ChannelFile.name(receipt.uniqueid)).pdf"
        _ = try FaxPDF.write(from: tiff, to: draft, metadata: settings.metadata(of: receipt), options: options)
        guard let new = ArchiveFiles.status(draft), !words.isEmpty || new.size < old.size else {
            try DurableFile.remove(draft)
            return false
        }
        _ = chmod(draft, 0o640)
        settings.owner?.take(draft)
        guard rename(draft, pdf) == 0 else { throw .system("rename into", pdf, errno: errno) }
        try DurableFile.fsyncDirectory(DurableFile.directory(of: pdf))
        return true
    }
}
