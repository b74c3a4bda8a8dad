import FaxModel

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

/// A file descriptor that closes itself, and the calls on it that we need, each retried over EINTR.
struct OpenFile: ~Copyable {
    let descriptor: Int32
    let path: String

    /// Opens with O_CLOEXEC and O_NOFOLLOW added: nothing of ours is a symbolic link.
    init(_ path: String, _ flags: Int32, mode: mode_t = 0o640) throws(FaxError) {
        var opened: Int32
        repeat { opened = open(path, flags | O_CLOEXEC | O_NOFOLLOW, mode) } while opened < 0 && lastError == EINTR
        guard opened >= 0 else { throw .system("open", path, errno: lastError) }
        descriptor = opened
        self.path = path
    }

    deinit { close(descriptor) }

    func writeAll(_ bytes: [UInt8]) throws(FaxError) {
        var written = 0
        while written < bytes.count {
            let count = bytes.withUnsafeBytes { write(descriptor, $0.baseAddress! + written, bytes.count - written) }
            if count < 0 {
                if lastError == EINTR { continue }
                throw .system("write", path, errno: lastError)
            }
            written += count
        }
    }

    /// Reads to the end; a file of more than `limit` bytes is an error.
    func readAll(limit: Int) throws(FaxError) -> [UInt8] {
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 16384)
        while true {
            let count = chunk.withUnsafeMutableBytes { read(descriptor, $0.baseAddress, $0.count) }
            if count < 0 {
                if lastError == EINTR { continue }
                throw .system("read", path, errno: lastError)
            }
            if count == 0 { return bytes }
            guard bytes.count + count <= limit else {
                throw FaxError(.data, "\(path) has more than \(limit) bytes; it is none of ours, move it away")
            }
            bytes += chunk[..<count]
        }
    }

    func synchronize() throws(FaxError) {
        guard fsync(descriptor) == 0 else { throw .system("fsync", path, errno: lastError) }
    }

    /// Has the system begin to write what `synchronize` will wait for: then many files share one commit of its journal.
    ///
    /// A hint, with which nothing can go wrong (posix_fadvise(2), POSIX_FADV_DONTNEED).
    func beginWriting() {
        #if os(Linux)
            posix_fadvise(descriptor, 0, 0, POSIX_FADV_DONTNEED)
        #endif
    }

    func setMode(_ mode: mode_t) throws(FaxError) {
        guard fchmod(descriptor, mode) == 0 else { throw .system("change the mode of", path, errno: lastError) }
    }

    func truncate(to size: Int) throws(FaxError) {
        guard ftruncate(descriptor, off_t(size)) == 0 else { throw .system("truncate", path, errno: lastError) }
    }

    /// Makes the file `size` bytes long with every block really allocated, so that overwriting it can't run out of room.
    func allocate(_ size: Int) throws(FaxError) {
        var result: Int32
        repeat { result = posix_fallocate(descriptor, 0, off_t(size)) } while result == EINTR
        switch result {
        case 0: return
        case EOPNOTSUPP, EINVAL, ENOSYS: try writeAll([UInt8](repeating: 0, count: size))
        default: throw .system("reserve space for", path, errno: result)
        }
    }

    func status() throws(FaxError) -> stat {
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { throw .system("look at", path, errno: lastError) }
        return status
    }
}
