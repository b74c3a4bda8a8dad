import FaxModel
import Glibc

/// A filled template as a file, alone in a directory that only we can read.
struct CoverSource {
    let path: String
    let directory: String

    /// Both are gone after `remove`.
    init(_ text: String, beside file: String) throws(FaxError) {
        var pattern = Array((file + ".XXXXXX").utf8CString)
        let made = pattern.withUnsafeMutableBufferPointer { buffer in
            buffer.baseAddress.flatMap { mkdtemp($0) }.map { String(cString: $0) }
        }
        guard let made else { throw FaxError(failed: "create a directory beside", file, .cannotCreate, errno) }
        var absolute = made
        // The child works in `/`.
        if !made.hasPrefix("/"), let current = getcwd(nil, 0) {
            absolute = String(cString: current) + "/" + made
            free(current)
        }
        directory = absolute
        path = absolute + "/cover.svg"
        let bytes = Array(text.utf8)
        let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        var done = 0
        while descriptor >= 0, done < bytes.count {
            let count = bytes.withUnsafeBytes {
                write(descriptor, $0.baseAddress.map { $0 + done }, bytes.count - done)
            }
            if count < 0, errno != EINTR { break }
            done += max(count, 0)
        }
        let number = errno
        if descriptor >= 0 { close(descriptor) }
        guard descriptor >= 0, done == bytes.count else {
            remove()
            throw FaxError(failed: "write", path, .inputOutput, number)
        }
    }

    func remove() {
        unlink(path)
        rmdir(directory)
    }
}
