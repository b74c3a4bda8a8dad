package import FaxModel

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

extension DurableFile {
    /// When the file was last written to; nil where there is none.
    package static func modified(_ path: String) -> UnixTime? {
        var status = stat()
        guard lstat(path, &status) == 0 else { return nil }
        return UnixTime(milliseconds: Int64(status.st_mtim.tv_sec) * 1000 + Int64(status.st_mtim.tv_nsec) / 1_000_000)
    }

    /// When a file's inode last changed; nil where there is no such file.
    static func inodeChanged(_ path: String) -> UnixTime? {
        var status = stat()
        guard lstat(path, &status) == 0 else { return nil }
        return UnixTime(milliseconds: Int64(status.st_ctim.tv_sec) * 1000 + Int64(status.st_ctim.tv_nsec) / 1_000_000)
    }
}
