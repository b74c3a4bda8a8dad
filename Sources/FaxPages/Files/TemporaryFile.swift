package import FaxModel
import Glibc

/// A file that appears under its name only when it is whole: written under a hidden name beside the target, then
/// fsynced, renamed, and its directory fsynced. Dropped before that, it leaves nothing behind.
package struct TemporaryFile: ~Copyable {
    /// Where the bytes are until `publish`.
    package let path: String
    /// Where they will be.
    package let target: String
    private var published = false

    /// Makes the empty file, mode 0640 less the umask.
    package init(for target: String) throws(FaxError) {
        let (directory, name) = Self.split(target)
        guard !name.isEmpty, !target.utf8.contains(0) else {
            throw FaxError(.cannotCreate, "\(quoted(target)) is not a file name")
        }
        let random = String(UInt32.random(in: 0...UInt32.max), radix: 16)
        let path = "\(directory)/.\(name.prefix(100)).\(getpid()).\(random).tmp"
        let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o640)
        guard descriptor >= 0 else { throw FaxError(failed: "create", target, .cannotCreate, errno) }
        close(descriptor)
        self.path = path
        self.target = target
    }

    deinit {
        if !published { unlink(path) }
    }

    /// A descriptor on the file for reading and writing, which the caller closes.
    package func descriptor() throws(FaxError) -> Int32 {
        let descriptor = open(path, O_RDWR | O_CLOEXEC | O_NOFOLLOW)
        guard descriptor >= 0 else { throw FaxError(failed: "open", target, .inputOutput, errno) }
        return descriptor
    }

    /// Makes the file durable under its name, in place of what had that name.
    package consuming func publish() throws(FaxError) {
        try Self.sync(path, O_RDONLY)
        guard rename(path, target) == 0 else { throw FaxError(failed: "rename into", target, .cannotCreate, errno) }
        published = true
        try Self.sync(Self.split(target).directory, O_RDONLY | O_DIRECTORY)
    }

    /// Gives the file its name and leaves it to the system when it gets to the disk: for what is made anew after a crash.
    package consuming func publishForNow() throws(FaxError) {
        guard rename(path, target) == 0 else { throw FaxError(failed: "rename into", target, .cannotCreate, errno) }
        published = true
    }

    private static func sync(_ path: String, _ flags: Int32) throws(FaxError) {
        let descriptor = open(path, flags | O_CLOEXEC)
        guard descriptor >= 0 else { throw FaxError(failed: "open", path, .inputOutput, errno) }
        defer { close(descriptor) }
        guard fsync(descriptor) == 0 else { throw FaxError(failed: "fsync", path, .inputOutput, errno) }
    }

    private static func split(_ path: String) -> (directory: String, name: String) {
        guard let slash = path.lastIndex(of: "/") else { return (".", path) }
        let name = String(path[path.index(after: slash)...])
        return (slash == path.startIndex ? "/" : String(path[..<slash]), name)
    }
}
