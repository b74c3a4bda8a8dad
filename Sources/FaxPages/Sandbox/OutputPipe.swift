import FaxModel
import Glibc
import SystemPackage

/// A child's standard output, read in large pieces by blocking reads: a page in grey has megabytes.
///
/// Only for threads that may be blocked (`PagesExecutor`).
final class OutputPipe {
    /// For the child; whoever starts it closes it.
    let writing: FileDescriptor
    private let reading: FileDescriptor

    init() throws {
        (reading, writing) = try FileDescriptor.pipe(options: .closeOnExec)
        // Fewer changes between the two processes; where the system allows no more, its 64 KB will do.
        _ = fcntl(writing.rawValue, Self.setPipeSize, 1 << 20)
    }

    deinit { try? reading.close() }

    /// Bytes that are read at a time, and should be written.
    static let piece = 1 << 18

    /// Hands over all that comes, until the last writer has closed the pipe.
    func read(_ output: (UnsafeRawBufferPointer) throws -> Void) throws {
        let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: Self.piece, alignment: 64)
        defer { buffer.deallocate() }
        while true {
            let count = try reading.read(into: buffer)
            guard count > 0 else { return }
            try output(UnsafeRawBufferPointer(rebasing: buffer[..<count]))
        }
    }

    /// F_SETPIPE_SZ of Linux (fcntl(2)), which Swift's Glibc leaves out.
    private static let setPipeSize: Int32 = 1031
}
