import FaxInbox
import FaxModel
import FaxStore
import Foundation
import SpoolFiles

/// A copy of a received fax in somebody's directory: whole and on the disk, or not there at all. One of which something is
/// missing has a text of the same name beside it that says so.
struct FolderErrand {
    let folder: String
    let settings: InboxSettings
    let style: MessageStyle

    func run(_ receipt: InboxReceipt) throws(FaxError) {
        if let warning = settings.warning(of: receipt, style) {
            let draft = "\(settings.layout.messages)/folder-\(UUID().uuidString).txt"
            defer { unlink(draft) }
            try DurableFile.publish(Array(warning.utf8), at: draft)
            // Before the fax itself: whoever finds that finds the word as well.
            try copy(draft, to: "\(folder)/\(DurableFile.name(of: receipt.archiveName)).txt")
        }
        for file in receipt.files(style.files) { try copy(file, to: "\(folder)/\(DurableFile.name(of: file))") }
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
