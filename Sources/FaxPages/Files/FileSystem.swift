import FaxModel
import Glibc

/// What several parts do with files as they are, without Foundation.
enum FileSystem {
    /// Opens a regular file with something in it for reading; the caller closes it.
    ///
    /// Fails when it can't be opened or is no regular file (`noInput`), and when it is empty (`data`).
    static func openRegular(_ path: String) throws(FaxError) -> Int32 {
        // A FIFO would have us wait for a writer.
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0 else { throw FaxError(failed: "read", path, .noInput, errno) }
        var status = stat()
        guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
            close(descriptor)
            throw FaxError(.noInput, "\(quoted(path)) is not a regular file")
        }
        guard status.st_size > 0 else {
            close(descriptor)
            throw FaxError(.data, "\(quoted(path)) is empty")
        }
        return descriptor
    }

    /// Copies a file to a name that isn't there yet; what failed leaves nothing.
    static func copy(_ source: String, to target: String, mode: mode_t) throws(FaxError) {
        let input = open(source, O_RDONLY | O_CLOEXEC)
        guard input >= 0 else { throw FaxError(failed: "read", source, .noInput, errno) }
        defer { close(input) }
        let output = open(target, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode)
        guard output >= 0 else { throw FaxError(failed: "create", target, .cannotCreate, errno) }
        defer { close(output) }
        var done = sendfile(output, input, nil, 1 << 30)
        while done > 0 { done = sendfile(output, input, nil, 1 << 30) }
        guard done == 0 else {
            let number = errno
            unlink(target)
            throw FaxError(failed: "write", target, .inputOutput, number)
        }
    }

    /// Writes all of it; `name` is what a failure calls the file.
    static func write(_ bytes: [UInt8], to descriptor: Int32, _ name: String) throws(FaxError) {
        var done = 0
        while done < bytes.count {
            let count = bytes.withUnsafeBytes {
                Glibc.write(descriptor, $0.baseAddress.map { $0 + done }, bytes.count - done)
            }
            guard count >= 0 || errno == EINTR else { throw FaxError(failed: "write", name, .inputOutput, errno) }
            done += max(count, 0)
        }
    }

    /// What is in a directory, in no order; nothing where it can't be read.
    static func names(in directory: String) -> [String] {
        guard let listing = opendir(directory) else { return [] }
        defer { closedir(listing) }
        var names: [String] = []
        while let entry = readdir(listing) {
            let name = withUnsafeBytes(of: &entry.pointee.d_name) {
                String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self)
            }
            if name != ".", name != ".." { names.append(name) }
        }
        return names
    }
}
