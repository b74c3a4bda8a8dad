import FaxModel
import Foundation

/// What goes over faxd's socket: four bytes of length, most significant first, and so many bytes.
///
/// A question is a `DeskQuestion` in JSON; to `submit` each document follows as frames of its bytes, ended by an empty one.
/// The answer is one frame: a `DeskAnswer` in JSON.
enum DeskFrame {
    /// Of a question or an answer.
    static let limit = 16 << 20
    /// Of a piece of a document.
    static let piece = 64 << 10
    static let version = 1
    /// Seconds that one frame may take to arrive once it has begun.
    static let patience: TimeInterval = 120

    static func write(_ bytes: Data, to descriptor: Int32) throws(FaxError) {
        guard bytes.count <= limit else {
            throw FaxError(.data, "the answer has \(bytes.count) bytes, \(limit) are allowed: ask for less at once")
        }
        var frame = Data()
        withUnsafeBytes(of: UInt32(bytes.count).bigEndian) { frame.append(contentsOf: $0) }
        frame.append(bytes)
        var start = 0
        while start < frame.count {
            let sent = frame.withUnsafeBytes {
                send(descriptor, $0.baseAddress! + start, $0.count - start, Int32(MSG_NOSIGNAL))
            }
            if sent < 0, errno == EINTR { continue }
            guard sent > 0 else { throw broken }
            start += sent
        }
    }

    /// nil at the end of the connection.
    static func read(_ descriptor: Int32, limit: Int = limit) throws(FaxError) -> Data? {
        var end: Date?
        guard let head = try bytes(4, descriptor, orEnd: true, until: &end) else { return nil }
        let length = head.reduce(0) { $0 << 8 | Int($1) }
        guard length <= limit else {
            throw FaxError(.data, "a frame of \(length) bytes: \(limit) are allowed")
        }
        return try bytes(length, descriptor, orEnd: false, until: &end)
    }

    /// `end` is set when the first byte comes.
    private static func bytes(
        _ count: Int, _ descriptor: Int32, orEnd: Bool, until end: inout Date?
    ) throws(FaxError) -> Data? {
        var data = Data(count: count)
        var start = 0
        while start < count {
            let got = data.withUnsafeMutableBytes { recv(descriptor, $0.baseAddress! + start, count - start, 0) }
            if got < 0, errno == EINTR { continue }
            if got == 0, start == 0, orEnd { return nil }
            guard got > 0 else { throw broken }
            start += got
            let limit = end ?? Date(timeIntervalSinceNow: patience)
            guard Date() < limit else { throw FaxError(.unavailable, "a frame took too long to arrive") }
            end = limit
        }
        return data
    }

    private static var broken: FaxError {
        let silent = errno == EAGAIN || errno == EWOULDBLOCK
        return FaxError(.unavailable, silent ? "no word for too long" : "the connection broke")
    }
}

struct DeskQuestion: Codable {
    var version = DeskFrame.version
    var command: String
    /// The command in JSON.
    var body: Data
}

struct DeskAnswer: Codable {
    /// Where it went well, the answer in JSON.
    var body: Data?
    /// Where it did not, sysexits' code and the line.
    var code: Int32?
    var message: String?
}
