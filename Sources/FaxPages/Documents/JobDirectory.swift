package import FaxModel
import Glibc

/// A directory of its own for work on one document; gone, with all that is in it, when it is dropped. What a killed program
/// leaves is removed an hour later by the next one.
package final class JobDirectory: Sendable {
    package let path: String

    /// In `place`; in TMPDIR or /tmp if nil.
    package init(in place: String? = nil) throws(FaxError) {
        let base = place ?? getenv("TMPDIR").map { String(cString: $0) } ?? "/tmp"
        Self.removeForgotten(in: base)
        var template = Array("\(base)/\(Self.prefix)XXXXXX".utf8CString)
        guard mkdtemp(&template) != nil else {
            throw FaxError(failed: "make a directory in", base, .cannotCreate, errno)
        }
        path = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }

    deinit { Self.remove(path) }

    package func file(_ name: String) -> String { "\(path)/\(name)" }

    /// Copies a file into it.
    func copy(_ source: String, as name: String) throws(FaxError) {
        try FileSystem.copy(source, to: file(name), mode: 0o600)
    }

    func write(_ bytes: [UInt8], to name: String) throws(FaxError) {
        let target = file(name)
        let output = open(target, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard output >= 0 else { throw FaxError(failed: "create", target, .cannotCreate, errno) }
        defer { close(output) }
        try FileSystem.write(bytes, to: output, target)
    }

    private static let prefix = "callfax-document-"
    /// Seconds; no conversion takes as long.
    private static let longest = 3600

    /// What a killed program of this user left: there are people's documents in it.
    private static func removeForgotten(in base: String) {
        for name in FileSystem.names(in: base) where name.hasPrefix(prefix) {
            var status = stat()
            let path = "\(base)/\(name)"
            guard lstat(path, &status) == 0, status.st_mode & S_IFMT == S_IFDIR, status.st_uid == geteuid(),
                time(nil) - status.st_mtim.tv_sec > longest
            else { continue }
            remove(path)
        }
    }

    /// Without following links: what a converter made is not trusted.
    private static func remove(_ path: String) {
        for name in FileSystem.names(in: path) {
            var status = stat()
            let inner = "\(path)/\(name)"
            if lstat(inner, &status) == 0, status.st_mode & S_IFMT == S_IFDIR {
                remove(inner)
            } else {
                unlink(inner)
            }
        }
        rmdir(path)
    }
}
