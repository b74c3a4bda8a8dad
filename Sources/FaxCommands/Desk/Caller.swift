import FaxSettings
import Foundation

/// Who asks.
struct Caller: Hashable, Sendable {
    /// The user's name: the owner of what is submitted.
    var name: String
    /// Sees and touches everybody's jobs.
    var isAdministrator: Bool
}

extension Caller {
    /// The user behind a number: root, the spool's own user and the members of the settings' group are administrators.
    init(_ user: uid_t, _ settings: Settings) {
        name = Self.name(user)
        isAdministrator =
            user == 0 || user == geteuid() || settings.administrators.map { Self.isMember(user, $0) } ?? false
    }

    private static func name(_ user: uid_t) -> String {
        var entry = passwd()
        var found: UnsafeMutablePointer<passwd>?
        var buffer = [CChar](repeating: 0, count: 16_384)
        guard getpwuid_r(user, &entry, &buffer, buffer.count, &found) == 0, found != nil else { return "\(user)" }
        return String(cString: entry.pw_name)
    }

    private static func isMember(_ user: uid_t, _ group: String) -> Bool {
        var entry = passwd()
        var found: UnsafeMutablePointer<passwd>?
        var buffer = [CChar](repeating: 0, count: 16_384)
        guard getpwuid_r(user, &entry, &buffer, buffer.count, &found) == 0, found != nil else { return false }
        var wanted = GroupEntry()
        var foundGroup: UnsafeMutablePointer<GroupEntry>?
        var space = [CChar](repeating: 0, count: 65_536)
        guard getgrnam_r(group, &wanted, &space, space.count, &foundGroup) == 0, foundGroup != nil else { return false }
        var groups = [gid_t](repeating: 0, count: 1024)
        var count = Int32(groups.count)
        guard getgrouplist(entry.pw_name, entry.pw_gid, &groups, &count) >= 0 else { return false }
        return groups.prefix(Int(count)).contains(wanted.gr_gid)
    }
}

private typealias GroupEntry = Foundation.group
