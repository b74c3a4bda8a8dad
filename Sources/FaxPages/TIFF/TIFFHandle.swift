import CTIFF
import FaxModel
import Glibc

/// One open TIFF: libtiff's handle, the descriptor that it owns, and what libtiff said about it.
struct TIFFHandle: ~Copyable {
    let tiff: OpaquePointer
    private let log: UnsafeMutablePointer<callfax_tiff_log>
    /// The path for messages.
    let name: String
    /// The descriptor below, for reading coded bytes where they lie.
    let descriptor: Int32

    /// Opens an existing file, without mapping it, so that a file cut short meanwhile is an error and not a signal.
    init(reading path: String) throws(FaxError) {
        try self.init(FileSystem.openRegular(path), path, "rm")
    }

    /// Opens a temporary file for writing a little-endian TIFF, as T.30 software expects it (RFC 3949 §3).
    init(writing file: borrowing TemporaryFile) throws(FaxError) {
        try self.init(try file.descriptor(), file.target, "wl")
    }

    private init(_ descriptor: Int32, _ name: String, _ mode: String) throws(FaxError) {
        errno = 0
        log = .allocate(capacity: 1)
        log.initialize(to: callfax_tiff_log())
        self.name = name
        self.descriptor = descriptor
        guard let tiff = callfax_tiff_open(descriptor, name, mode, log) else {
            let isFull = Self.ranOutOfRoom(log.pointee)
            let reason = Self.text(&log.pointee.first_error)
            close(descriptor)
            log.deallocate()
            if isFull { throw FaxError(failed: "write", name, .inputOutput, ENOSPC) }
            throw FaxError(.data, "\(quoted(name)) is not a readable TIFF: \(reason)")
        }
        self.tiff = tiff
    }

    deinit {
        TIFFClose(tiff)
        log.deallocate()
    }

    /// The first thing that libtiff complained about since the last `forgetComplaints`: errors before warnings.
    var complaint: String? {
        if log.pointee.errors > 0 { return Self.text(&log.pointee.first_error) }
        if log.pointee.warnings > 0 { return Self.text(&log.pointee.first_warning) }
        return nil
    }

    var hasErrors: Bool { log.pointee.errors > 0 }

    func forgetComplaints() { log.pointee = callfax_tiff_log() }

    /// Throws what libtiff said when a call of it answered 0.
    func check(_ answer: Int32, _ operation: String) throws(FaxError) {
        guard answer == 1 else {
            if Self.ranOutOfRoom(log.pointee) { throw FaxError(failed: "write", name, .inputOutput, ENOSPC) }
            throw FaxError(.inputOutput, "can't \(operation) in \(quoted(name)): \(reason)")
        }
    }

    private static func ranOutOfRoom(_ log: callfax_tiff_log) -> Bool {
        log.errors > 0 && (log.first_errno == ENOSPC || log.first_errno == EDQUOT)
    }

    /// Everything but the letters that a terminal can show is taken out: the text quotes the file.
    private static func text<Buffer>(_ buffer: inout Buffer) -> String {
        let text = withUnsafeBytes(of: &buffer) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
        return text.isEmpty ? "libtiff gave no reason" : String(quoted(text).dropFirst().dropLast())
    }
}
