package import FaxModel
import Glibc

extension CoverTemplate {
    /// Reads a template of 4 MB at most; fails also when there is no such file, and when it is not UTF-8.
    package init(reading path: String) throws(FaxError) {
        let descriptor = Glibc.open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0 else { throw FaxError(failed: "read the cover page", path, .noInput, errno) }
        defer { close(descriptor) }
        var status = stat()
        guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
            throw FaxError(.noInput, "\(quoted(path)) is not a regular file")
        }
        guard status.st_size <= Self.limit else {
            throw FaxError(.configuration, "\(quoted(path)): \(status.st_size) bytes; a cover page has 4 MB at most")
        }
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 1 << 16)
        while bytes.count <= Self.limit {
            let count = chunk.withUnsafeMutableBytes { Glibc.read(descriptor, $0.baseAddress, $0.count) }
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { throw FaxError(failed: "read the cover page", path, .inputOutput, errno) }
            if count == 0 { break }
            bytes += chunk[..<count]
        }
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { bytes.removeFirst(3) }
        guard let text = String(validating: bytes, as: UTF8.self) else {
            let lines = bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
            let bad = lines.firstIndex { String(validating: $0, as: UTF8.self) == nil } ?? 0
            throw FaxError(.configuration, "\(path):\(bad + 1): is not UTF-8; save the template as UTF-8")
        }
        try self.init(parsing: text, name: path)
    }

    private static let limit = 4 << 20
}
