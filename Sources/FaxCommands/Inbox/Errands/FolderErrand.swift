import FaxModel
import FaxStore
import Foundation
import SpoolFiles

/// A copy of a received fax in somebody's directory: whole and on the disk, or not there at all.
struct FolderErrand {
    let folder: String
    let files: MessageStyle.Files

    func run(_ receipt: InboxReceipt) throws(FaxError) {
        let chosen: [String?] =
            switch files {
            case .pdf: [receipt.pdf ?? receipt.tiff]
            case .tiff: [receipt.tiff]
            case .both: [receipt.pdf, receipt.tiff]
            }
        for file in chosen.compactMap(\.self) { try copy(file, to: "\(folder)/\(DurableFile.name(of: file))") }
    }

    private func copy(_ source: String, to target: String) throws(FaxError) {
        if FileManager.default.contentsEqual(atPath: source, andPath: target) { return }
        let part = "\(folder)/.\(DurableFile.name(of: target)).part"
        try DurableFile.remove(part)
        do { try FileManager.default.copyItem(atPath: source, toPath: part) } catch {
            throw FaxError(.cannotCreate, "can't copy \(source) to \(folder): \(error.localizedDescription)")
        }
        try DurableFile.fsyncFile(part)
        guard rename(part, target) == 0 else { throw .system("rename into", target, errno: errno) }
        try DurableFile.fsyncDirectory(folder)
    }
}
