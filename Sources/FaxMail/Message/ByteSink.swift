import FaxModel
import Foundation

/// Bytes on their way into an open file, 64 KiB at a time, so that a fax of any length needs no more memory than that.
struct ByteSink {
    let descriptor: Int32
    private var buffer: [UInt8] = []
    private(set) var count: Int64 = 0
    private static let limit = 65536

    init(descriptor: Int32) {
        self.descriptor = descriptor
        buffer.reserveCapacity(Self.limit * 2)
    }

    mutating func write(_ text: String) throws(MailFailure) { try write(bytes: text.utf8) }

    mutating func write(bytes: some Collection<UInt8>) throws(MailFailure) {
        buffer.append(contentsOf: bytes)
        count += Int64(bytes.count)
        if buffer.count >= Self.limit { try flush() }
    }

    /// Everything that was written is with the kernel when this returns.
    mutating func flush() throws(MailFailure) {
        var done = 0
        while done < buffer.count {
            let written = buffer.withUnsafeBytes { bytes in
                Foundation.write(descriptor, bytes.baseAddress! + done, bytes.count - done)
            }
            if written < 0 {
                if errno == EINTR { continue }
                throw MailFailure(.temporary, "the message could not be written: \(String(cString: strerror(errno)))")
            }
            done += written
        }
        buffer.removeAll(keepingCapacity: true)
    }
}
