import FaxModel
import FoundationEssentials
import Glibc

/// Files and directories of the rig, each with the owner and mode that it needs.
enum FileTree {
    static func text(_ path: String) throws(FaxError) -> String {
        String(decoding: try bytes(path), as: UTF8.self)
    }

    /// The whole file. Read in pieces, because files in /proc have no length.
    static func bytes(_ path: String) throws(FaxError) -> [UInt8] {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw failure(.noInput, path) }
        defer { close(descriptor) }
        var contents: [UInt8] = []
        var piece = [UInt8](repeating: 0, count: 65_536)
        while true {
            let count = read(descriptor, &piece, piece.count)
            if count < 0 {
                if errno == EINTR { continue }
                throw failure(.inputOutput, path)
            }
            if count == 0 { return contents }
            contents += piece[..<count]
        }
    }

    static func exists(_ path: String) -> Bool { access(path, F_OK) == 0 }
    static func isExecutable(_ path: String) -> Bool { access(path, X_OK) == 0 }

    /// Names in a directory, sorted; none when it doesn't exist.
    static func names(in directory: String) -> [String] {
        ((try? FileManager.default.contentsOfDirectory(atPath: directory)) ?? []).sorted()
    }

    static func makeDirectory(_ path: String, owner: UInt32? = nil, mode: UInt32 = 0o755) throws(FaxError) {
        do {
            try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        } catch { throw FaxError(.cannotCreate, "\(path): the directory can't be made") }
        guard chmod(path, mode) == 0 else { throw failure(.cannotCreate, path) }
        try own(path, owner)
    }

    static func write(_ text: String, to path: String, owner: UInt32? = nil, mode: UInt32 = 0o640) throws(FaxError) {
        let descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, mode)
        guard descriptor >= 0 else { throw failure(.cannotCreate, path) }
        defer { close(descriptor) }
        var rest = Array(text.utf8)[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
            guard count > 0 else {
                if errno == EINTR { continue }
                throw failure(.inputOutput, path)
            }
            rest = rest.dropFirst(count)
        }
        guard fchmod(descriptor, mode) == 0 else { throw failure(.cannotCreate, path) }
        try own(path, owner)
    }

    /// A file that takes all that is left on its disk but so many bytes.
    static func fill(_ path: String, leaving bytes: Int = 0) throws(FaxError) {
        let descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw failure(.cannotCreate, path) }
        defer { close(descriptor) }
        let piece = [UInt8](repeating: 0, count: 1 << 16)
        // The last pieces get smaller, until not even a byte has room.
        var size = piece.count
        while size > 0 {
            if Glibc.write(descriptor, piece, size) <= 0 { size /= 2 }
        }
        guard bytes == 0 || ftruncate(descriptor, lseek(descriptor, 0, SEEK_END) - bytes) == 0 else {
            throw failure(.inputOutput, path)
        }
    }

    /// The same file under another name where the file system allows it, else a copy of it.
    static func link(_ source: String, to target: String) throws(FaxError) {
        if Glibc.link(source, target) == 0 { return }
        do {
            try FileManager.default.copyItem(atPath: source, toPath: target)
        } catch { throw FaxError(.cannotCreate, "\(target): \(source) can't be copied there") }
    }

    static func symlink(_ contents: String, at path: String) throws(FaxError) {
        guard Glibc.symlink(contents, path) == 0 else { throw failure(.cannotCreate, path) }
    }

    /// Copies all regular files below `source`, at any depth.
    static func copy(_ source: String, to target: String, owner: UInt32?) throws(FaxError) {
        try makeDirectory(target, owner: owner, mode: 0o750)
        for name in names(in: source) where !name.hasPrefix(".") {
            let path = source + "/" + name
            if isDirectory(path) {
                try copy(path, to: target + "/" + name, owner: owner)
            } else {
                try write(try text(path), to: target + "/" + name, owner: owner)
            }
        }
    }

    /// When a file was last written to, in seconds since 1970; nil where there is none.
    static func modified(_ path: String) -> Double? {
        var status = stat()
        guard stat(path, &status) == 0 else { return nil }
        return Double(status.st_mtim.tv_sec) + Double(status.st_mtim.tv_nsec) / 1e9
    }

    static func isDirectory(_ path: String) -> Bool {
        var status = stat()
        return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
    }

    static func rename(_ source: String, to target: String) throws(FaxError) {
        guard Glibc.rename(source, target) == 0 else { throw failure(.cannotCreate, target) }
    }

    static func remove(_ path: String) throws(FaxError) {
        guard exists(path) else { return }
        do { try FileManager.default.removeItem(atPath: path) } catch {
            throw FaxError(.cannotCreate, "\(path) can't be removed")
        }
    }

    private static func own(_ path: String, _ owner: UInt32?) throws(FaxError) {
        guard let owner, owner != geteuid() else { return }
        guard chown(path, owner, owner) == 0 else { throw failure(.noPermission, path) }
    }

    private static func failure(_ code: FaxError.Code, _ path: String) -> FaxError {
        let number = errno
        return FaxError(code, "\(path): \(String(cString: strerror(number)))", errno: number)
    }
}
