#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

/// What changes when a file does: another inode, another size, another moment of its last change (inode(7)).
package struct FileStamp: Hashable, Sendable {
    private let inode: UInt64
    private let size: Int64
    /// Nanoseconds since 1970. The inode's change, too: Asterisk sets the file's own time as it likes.
    private let modified: Int64
    private let changed: Int64

    /// nil where there is no such file, or it can't be looked at.
    package init?(of path: String) {
        var status = stat()
        guard lstat(path, &status) == 0 else { return nil }
        inode = UInt64(status.st_ino)
        size = Int64(status.st_size)
        modified = Int64(status.st_mtim.tv_sec) * 1_000_000_000 + Int64(status.st_mtim.tv_nsec)
        changed = Int64(status.st_ctim.tv_sec) * 1_000_000_000 + Int64(status.st_ctim.tv_nsec)
    }

    /// Whether a change that comes now would show: the kernel's clock for files goes in steps of some milliseconds, and two
    /// changes within one look like one. By the inode's time alone, which nobody can set.
    package var isSettled: Bool {
        var time = timespec()
        clock_gettime(CLOCK_REALTIME, &time)
        let age = Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec) - changed
        return age > 1_000_000_000
    }
}
