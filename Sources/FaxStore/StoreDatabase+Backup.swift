import FaxModel
import Foundation
import GRDB

extension StoreDatabase {
    /// Copies the whole store into a new file while it is in use: consistent, checked, and durable on return.
    ///
    /// Throws `FaxError.cannotCreate` when there is a file of that name, or no room.
    package func backup(to path: String) throws {
        guard !FileManager.default.fileExists(atPath: path) else {
            throw FaxError(.cannotCreate, "\(path) is there already; name a new file")
        }
        let temporary = path + ".part-\(ProcessInfo.processInfo.processIdentifier)"
        defer { unlink(temporary) }
        try translating {
            let copy = try DatabaseQueue(path: temporary)
            try connections.backup(to: copy)
            let verdict = try copy.read { db in try String.fetchOne(db, sql: "PRAGMA integrity_check") }
            guard verdict == "ok" else {
                throw FaxError(.inputOutput, "\(path): the copy is damaged: \(verdict ?? "")")
            }
            try copy.writeWithoutTransaction { db in try db.execute(sql: "PRAGMA journal_mode = DELETE") }
            try copy.close()
        }
        let descriptor = open(temporary, O_RDONLY | O_CLOEXEC)
        defer { close(descriptor) }
        guard descriptor >= 0, fsync(descriptor) == 0, link(temporary, path) == 0 else {
            throw FaxError(.cannotCreate, "\(path): \(String(cString: strerror(errno)))", errno: errno)
        }
        let directory = open((path as NSString).deletingLastPathComponent + "/.", O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        defer { close(directory) }
        guard directory >= 0, fsync(directory) == 0 else {
            throw FaxError(.inputOutput, "\(path): its directory can't be synchronised", errno: errno)
        }
    }
}
