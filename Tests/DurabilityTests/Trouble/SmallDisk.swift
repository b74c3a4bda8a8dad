import Foundation
import Glibc

/// A file system of a few megabytes at a path of its own, which can be filled and made read-only.
struct SmallDisk {
    let path: String
    private var ballast: String { path + "/ballast" }

    /// A name that says whose it is, so that what a killed test left is found by the next.
    static func freshPath() -> String { "\(prefix)\(getpid())-\(UUID().uuidString.prefix(8).lowercased())" }

    private static let prefix = "/tmp/callfax-disk-"

    init(at path: String, megabytes: Int) throws {
        self.path = path
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        guard mount("tmpfs", path, "tmpfs", 0, "size=\(megabytes)m,mode=755") == 0 else {
            throw TracedProgram.Failure(
                description: "can't mount a tmpfs at \(path): \(String(cString: strerror(errno)))")
        }
    }

    func remove() {
        umount2(path, Int32(MNT_DETACH))
        try? FileManager.default.removeItem(atPath: path)
    }

    func setReadOnly(_ isReadOnly: Bool) throws {
        let flags = UInt(MS_REMOUNT) | (isReadOnly ? UInt(MS_RDONLY) : 0)
        guard mount("tmpfs", path, "tmpfs", flags, nil) == 0 else {
            throw TracedProgram.Failure(description: "can't remount \(path): \(String(cString: strerror(errno)))")
        }
    }

    /// Until not one byte more fits.
    func fill() throws {
        let file = open(ballast, O_WRONLY | O_CREAT | O_CLOEXEC, 0o600)
        guard file >= 0 else { throw TracedProgram.Failure(description: "can't fill \(path)") }
        defer { close(file) }
        let block = [UInt8](repeating: 1, count: 4096)
        while write(file, block, block.count) > 0 {}
    }

    func empty() { unlink(ballast) }

    /// Disks of tests that are no more, with what lies on them.
    static func removeLeftovers() throws {
        let directory = String(prefix.prefix { $0 != "c" })
        for name in try FileManager.default.contentsOfDirectory(atPath: directory)
        where (directory + name).hasPrefix(prefix) {
            let owner = name.dropFirst(prefix.count - directory.count).prefix { $0.isNumber }
            guard let pid = pid_t(owner), kill(pid, 0) != 0, errno == ESRCH else { continue }
            for inner in ["/asterisk", ""] { umount2(directory + name + inner, Int32(MNT_DETACH)) }
            try? FileManager.default.removeItem(atPath: directory + name)
        }
    }
}
