import CTrace
import Foundation

/// A stopped thread of a traced program: what it is about to call, in words.
struct TracedThread {
    let id: pid_t

    /// The call that the thread is about to make where it changes something; nil for any other.
    ///
    /// What only wakes another thread (eventfd) or moves a lock of SQLite's is left out: it ends with the process.
    func change(_ call: ctrace_call) -> SystemCall? {
        let a = withUnsafeBytes(of: call.arguments) { Array($0.bindMemory(to: UInt64.self)) }
        let here = UInt64(bitPattern: Int64(AT_FDCWD))
        switch Int(call.number) {
        case CTRACE_WRITE, CTRACE_PWRITE64, CTRACE_SENDTO:
            return write(a[0], bytes: Int(a[2]), start: bytes(a[1], min(Int(a[2]), 512)))
        case CTRACE_WRITEV, CTRACE_PWRITEV, CTRACE_SENDMSG:
            return write(a[0], bytes: 0, start: [])
        case CTRACE_COPY_FILE_RANGE: return write(a[2], bytes: 0, start: [])
        case CTRACE_FTRUNCATE, CTRACE_FALLOCATE:
            return SystemCall(kind: .resize, path: file(a[0]))
        case CTRACE_TRUNCATE: return SystemCall(kind: .resize, path: path(here, a[0]))
        case CTRACE_FSYNC, CTRACE_FDATASYNC:
            return SystemCall(kind: .sync, path: file(a[0]))
        case CTRACE_FLOCK: return SystemCall(kind: .lock, path: file(a[0]))
        case CTRACE_FCHMOD, CTRACE_FCHOWN:
            return SystemCall(kind: .attributes, path: file(a[0]))
        case CTRACE_UTIMENSAT:
            return SystemCall(kind: .attributes, path: a[1] == 0 ? file(a[0]) : path(a[0], a[1]))
        case CTRACE_CHMOD, CTRACE_CHOWN:
            return SystemCall(kind: .attributes, path: path(here, a[0]))
        case CTRACE_FCHMODAT, CTRACE_FCHOWNAT:
            return SystemCall(kind: .attributes, path: path(a[0], a[1]))
        case CTRACE_OPENAT: return open(path(a[0], a[1]), flags: a[2])
        case CTRACE_OPEN: return open(path(here, a[0]), flags: a[1])
        case CTRACE_CREAT, CTRACE_MKDIR:
            return SystemCall(kind: .create, path: path(here, a[0]))
        case CTRACE_MKDIRAT: return SystemCall(kind: .create, path: path(a[0], a[1]))
        case CTRACE_SYMLINK: return SystemCall(kind: .create, path: path(here, a[1]))
        case CTRACE_SYMLINKAT: return SystemCall(kind: .create, path: path(a[1], a[2]))
        case CTRACE_RENAME:
            return SystemCall(kind: .rename, path: path(here, a[1]), from: path(here, a[0]))
        case CTRACE_RENAMEAT, CTRACE_RENAMEAT2:
            return SystemCall(kind: .rename, path: path(a[2], a[3]), from: path(a[0], a[1]))
        case CTRACE_LINK:
            return SystemCall(kind: .link, path: path(here, a[1]), from: path(here, a[0]))
        case CTRACE_LINKAT:
            return SystemCall(kind: .link, path: path(a[2], a[3]), from: path(a[0], a[1]))
        case CTRACE_UNLINK, CTRACE_RMDIR:
            return SystemCall(kind: .remove, path: path(here, a[0]))
        case CTRACE_UNLINKAT: return SystemCall(kind: .remove, path: path(a[0], a[1]))
        default: return nil
        }
    }

    private func write(_ descriptor: UInt64, bytes: Int, start: [UInt8]) -> SystemCall? {
        let file = file(descriptor)
        return file.hasPrefix("anon_inode:") ? nil : SystemCall(kind: .write, path: file, bytes: bytes, start: start)
    }

    private func open(_ path: String, flags: UInt64) -> SystemCall? {
        let (creates, empties) = (flags & UInt64(O_CREAT) != 0, flags & UInt64(O_TRUNC) != 0)
        guard creates || empties else { return nil }
        // One that is there already and keeps its contents is only opened.
        if !empties, access(path, F_OK) == 0 { return nil }
        return SystemCall(kind: .create, path: path, empties: empties)
    }

    /// What a descriptor stands for: a path, or a word like `pipe:[7]`.
    private func file(_ descriptor: UInt64) -> String {
        var buffer = [CChar](repeating: 0, count: 4096)
        let number = Int32(truncatingIfNeeded: descriptor)
        let count = readlink("/proc/\(id)/fd/\(number)", &buffer, buffer.count - 1)
        return count > 0 ? String(decoding: buffer[..<count].map { UInt8(bitPattern: $0) }, as: UTF8.self) : "?"
    }

    private func path(_ directory: UInt64, _ address: UInt64) -> String {
        let text = String(decoding: bytes(address, 4096).prefix { $0 != 0 }, as: UTF8.self)
        if text.hasPrefix("/") { return text }
        if Int32(truncatingIfNeeded: directory) == AT_FDCWD {
            let current = try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/\(id)/cwd")
            return (current ?? "") + "/" + text
        }
        return file(directory) + "/" + text
    }

    /// Up to `count` bytes of the thread's memory, a page's end included.
    private func bytes(_ address: UInt64, _ count: Int) -> [UInt8] {
        let memory = Foundation.open("/proc/\(id)/mem", O_RDONLY | O_CLOEXEC)
        guard memory >= 0, count > 0 else { return [] }
        defer { close(memory) }
        var buffer = [UInt8](repeating: 0, count: count)
        var got = pread(memory, &buffer, count, off_t(address))
        // The page behind may not be mapped.
        if got < 0 { got = pread(memory, &buffer, min(count, 4096 - Int(address % 4096)), off_t(address)) }
        return got > 0 ? Array(buffer[..<got]) : []
    }
}
