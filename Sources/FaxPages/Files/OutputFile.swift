import FaxModel
import Glibc

/// A file written from front to back through a buffer, which knows how far it has come.
struct OutputFile: ~Copyable {
    private let descriptor: Int32
    private let name: String
    private var buffer: [UInt8] = []
    /// Bytes written so far, the buffer's included.
    private(set) var offset = 0

    /// Writes into `file`, which must live until `finish`.
    init(_ file: borrowing TemporaryFile) throws(FaxError) {
        descriptor = try file.descriptor()
        name = file.target
        buffer.reserveCapacity(Self.bufferSize)
    }

    deinit { close(descriptor) }

    mutating func write(_ bytes: some Collection<UInt8>) throws(FaxError) {
        offset += bytes.count
        buffer.append(contentsOf: bytes)
        if buffer.count >= Self.bufferSize { try flush() }
    }

    mutating func write(_ text: String) throws(FaxError) { try write(text.utf8) }

    /// Hands everything to the system; the file is complete afterwards, but not yet durable.
    consuming func finish() throws(FaxError) { try flush() }

    private mutating func flush() throws(FaxError) {
        try FileSystem.write(buffer, to: descriptor, name)
        buffer.removeAll(keepingCapacity: true)
    }

    private static let bufferSize = 1 << 16
}
