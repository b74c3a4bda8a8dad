package import FaxModel

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

/// An exclusive flock(2) on a lock file, held for as long as the value lives; the kernel lets go when the process dies.
package struct PassLock: ~Copyable, Sendable {
    private let descriptor: Int32

    /// Let go in so many words: a child process that is just being started shares the open file until its exec, and a
    /// mere close would leave it holding the lock.
    deinit {
        flock(descriptor, LOCK_UN)
        close(descriptor)
    }

    /// Takes the lock without waiting; nil where somebody else holds it.
    package static func take(_ path: String) throws(FaxError) -> PassLock? {
        let opened = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0o640)
        guard opened >= 0 else { throw .system("open", path, errno: lastError) }
        while flock(opened, LOCK_EX | LOCK_NB) != 0 {
            let number = lastError
            if number == EINTR { continue }
            close(opened)
            if number == EWOULDBLOCK { return nil }
            throw .system("lock", path, errno: number)
        }
        return PassLock(descriptor: opened)
    }

    /// As `take`, with some patience for those who only look (`isHeld`).
    package static func take(_ path: String, milliseconds: Int64) throws(FaxError) -> PassLock? {
        let deadline = Clock.monotonicMilliseconds() + milliseconds
        while true {
            if let lock = try take(path) { return lock }
            guard Clock.monotonicMilliseconds() < deadline else { return nil }
            _ = poll(nil, 0, 10)
        }
    }

    /// Whether somebody holds the lock. Those who look don't see each other, and stand in nobody's way for longer than a
    /// moment.
    package static func isHeld(_ path: String) throws(FaxError) -> Bool {
        let file: OpenFile
        do throws(FaxError) {
            file = try OpenFile(path, O_RDONLY)
        } catch {
            if error.errno == ENOENT { return false }
            throw error
        }
        while flock(file.descriptor, LOCK_SH | LOCK_NB) != 0 {
            let number = lastError
            if number == EINTR { continue }
            if number == EWOULDBLOCK { return true }
            throw .system("lock", path, errno: number)
        }
        return false
    }
}
