#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// The room on the file system that a path is on, in bytes (statvfs(3)).
package struct FileSystemRoom: Hashable, Sendable {
    /// What anybody but root may still use.
    package var free: Int64
    package var size: Int64

    package init(free: Int64, size: Int64) {
        self.free = free
        self.size = size
    }

    /// Nothing free of nothing where the file system can't be asked.
    package init(_ path: String) {
        var status = statvfs()
        let isKnown = statvfs(path, &status) == 0
        let unit = isKnown ? Int64(status.f_frsize) : 0
        self.init(free: Int64(status.f_bavail) * unit, size: Int64(status.f_blocks) * unit)
    }

    /// Too little for the calls that may be up: 50 MB, on a small disk a tenth of it.
    ///
    /// spandsp confirms a page to the caller whether or not it could be written, so room has to be there before the call
    /// is: a fax whose disk fills up in mid-call ends as a success with pages missing.
    package var isTooLittleToReceive: Bool { free < min(50_000_000, size / 10) }
}
