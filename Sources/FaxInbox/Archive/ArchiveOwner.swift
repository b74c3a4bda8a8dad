package import FaxModel
import Foundation
package import SpoolFiles

/// The user and the group that files in the archive belong to.
package struct ArchiveOwner: Hashable, Sendable {
    /// (uid_t)-1 where it stays as it is.
    let user: UInt32
    let group: UInt32

    /// Of names or numbers; nil where both are nil. Throws `FaxError.configuration` for one that the system doesn't know.
    package init?(_ user: String?, _ group: String?) throws(FaxError) {
        guard user != nil || group != nil else { return nil }
        self.user = if let user { try Self.user(user) } else { .max }
        self.group = if let group { try Self.group(group) } else { .max }
    }

    /// Gives a file or directory away; only root can give it to another user, and others only to a group of their own.
    ///
    /// What can't be given away stays ours: no fax waits for that. `problem(in:)` tells it beforehand.
    func take(_ path: String) { _ = chown(path, user, group) }

    /// Why files can't be given away, tried on one of ours, or the group can't come to the archive; nil where all is well.
    package func problem(in layout: SpoolLayout) -> String? {
        let path = "\(layout.messages)/owner-\(UUID().uuidString)"
        let file = open(path, O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC, 0o600)
        // A directory that can't be written is another's complaint.
        guard file >= 0 else { return nil }
        defer {
            close(file)
            unlink(path)
        }
        if fchown(file, user, group) != 0 {
            return "receiving.archive: files can't be given to that owner or group "
                + "(\(String(cString: strerror(errno)))); they stay ours: put Asterisk's user into the group, and leave owner "
                + "out unless faxd runs as root"
        }
        for path in group == .max ? [] : [layout.root, layout.archive] {
            var status = stat()
            guard stat(path, &status) == 0 else { continue }
            let isPassed = status.st_mode & S_IXOTH != 0 || status.st_gid == group && status.st_mode & S_IXGRP != 0
            if !isPassed { return "receiving.archive.group: the group can't pass \(path); faxd lets it when it starts" }
        }
        return nil
    }

    /// Lets the archive's group come to it: through the spool's root, which it can't list, and where nothing else is its own.
    package func admit(to layout: SpoolLayout) {
        guard group != .max, chown(layout.root, .max, group) == 0, chown(layout.archive, .max, group) == 0 else {
            return
        }
        for path in [layout.store, layout.store + "-wal", layout.store + "-shm", layout.blockList] {
            _ = chmod(path, 0o640)
        }
        _ = chmod(layout.root, 0o710)
    }

    private static func user(_ name: String) throws(FaxError) -> UInt32 {
        if let number = UInt32(name) { return number }
        guard let entry = getpwnam(name) else {
            throw FaxError(.configuration, "receiving.archive.owner: there is no user \(quoted(name))")
        }
        return entry.pointee.pw_uid
    }

    private static func group(_ name: String) throws(FaxError) -> UInt32 {
        if let number = UInt32(name) { return number }
        guard let entry = getgrnam(name) else {
            throw FaxError(.configuration, "receiving.archive.group: there is no group \(quoted(name))")
        }
        return entry.pointee.gr_gid
    }
}
