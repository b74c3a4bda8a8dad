import FaxModel
import Glibc

/// An exclusive flock on a file, held until it is released or the process ends.
struct FileLock: Sendable {
    private let path: String
    private let descriptor: Int32

    /// Waits for the lock; nil at once when `waiting` is false and another process has it.
    init?(_ path: String, waiting: Bool) throws(FaxError) {
        self.path = path
        while true {
            let descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o644)
            guard descriptor >= 0 else {
                throw FaxError(.cannotCreate, "\(path): \(String(cString: strerror(errno)))", errno: errno)
            }
            while flock(descriptor, waiting ? LOCK_EX : LOCK_EX | LOCK_NB) != 0 {
                if errno == EINTR { continue }
                close(descriptor)
                return nil
            }
            // Whoever held it before may have removed the file; then this lock is one that nobody else sees.
            var locked = stat()
            var named = stat()
            if fstat(descriptor, &locked) == 0, stat(path, &named) == 0, locked.st_ino == named.st_ino {
                self.descriptor = descriptor
                return
            }
            close(descriptor)
        }
    }

    func release() {
        flock(descriptor, LOCK_UN)
        close(descriptor)
    }

    /// Removes the file as well, for a lock that nobody needs any more.
    func releaseAndRemove() {
        unlink(path)
        release()
    }

    /// Whether some process holds an flock on `path`, without taking it even for a moment.
    static func isHeld(_ path: String) -> Bool {
        var status = stat()
        guard stat(path, &status) == 0, let locks = try? FileTree.text("/proc/locks") else { return false }
        return locks.split(separator: "\n").contains { line in
            line.contains(" FLOCK ") && line.contains(":\(status.st_ino) ") && !line.contains("->")
        }
    }
}
