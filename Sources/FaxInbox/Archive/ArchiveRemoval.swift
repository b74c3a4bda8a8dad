package import FaxModel
package import FaxStore
import Foundation
package import SpoolFiles

/// Takes files out of the archive: first the record that names them, then they themselves.
package struct ArchiveRemoval {
    let store: InboxStore
    let files: ArchiveFiles

    package init(store: InboxStore, layout: SpoolLayout) {
        self.store = store
        files = ArchiveFiles(root: layout.archive)
    }

    /// Removes a fax's files; throws for one that is held.
    package func remove(_ receipt: InboxReceipt, look: InboxLook) throws {
        try store.remove(receipt, look: look)
        try unlink(receipt.archiveName)
    }

    /// Removes what is due by its route, some of it; returns how many faxes.
    package func removeExpired(now: UnixTime) throws -> Int {
        let expired = try store.expired(now: now, limit: 50)
        for receipt in expired {
            try remove(
                receipt,
                look: InboxLook(
                    at: now, person: "retention", action: .expire, uniqueid: receipt.uniqueid,
                    detail: "route \(receipt.route)"))
        }
        return expired.count
    }

    /// Removes files whose record was removed by a process that was killed before it came to them.
    package func finish() throws {
        for name in try store.removedArchiveNames() { try unlink(name) }
    }

    private func unlink(_ name: String) throws(FaxError) {
        for path in [files.tiff(name), files.pdf(name)] + files.reports(name) where DurableFile.exists(path) {
            try DurableFile.remove(path)
        }
    }
}
