package import FaxModel
import Foundation
import SpoolFiles

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
    func take(_ path: String) throws(FaxError) {
        guard chown(path, user, group) == 0 else { throw .system("give away", path, errno: errno) }
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
