import FaxModel
import FaxRig
import Foundation

/// What Asterisk's log has about one call: the call's own entries, and the SIP messages of all calls, which name none.
struct AsteriskLogExcerpt {
    /// As the log has them; empty where it has nothing about the call.
    let bytes: [UInt8]

    /// Bytes at the log's end that are looked through: with fax debugging on a call is some 100,000.
    private static let reach: UInt64 = 64 << 20
    /// Bytes of an entry within which its call and its source stand.
    private static let head = 120

    /// Throws `FaxError.noInput` where the log can't be read.
    init(path: String, attempt: AttemptID) throws(FaxError) {
        let data: Data
        do {
            let file = try FileHandle(forReadingFrom: URL(fileURLWithPath: path))
            defer { try? file.close() }
            let size = try file.seekToEnd()
            try file.seek(toOffset: size > Self.reach ? size - Self.reach : 0)
            data = try file.readToEnd() ?? Data()
        } catch {
            throw FaxError(.noInput, "\(path) can't be read: \(error.localizedDescription)")
        }
        bytes = data.withUnsafeBytes { Self.excerpt($0, attempt) }
    }

    private static func excerpt(_ log: UnsafeRawBufferPointer, _ attempt: AttemptID) -> [UInt8] {
        var call: [UInt8]?
        let id = Array("\(attempt)".utf8)
        forEachLine(of: log) { line in
            guard call == nil, contains(line, id) else { return }
            call = AsteriskLogLine(String(decoding: line, as: UTF8.self))?.call.map { Array("[\($0)]".utf8) }
        }
        guard let call else { return [] }
        let sip = Array(" res_pjsip_logger.c".utf8)
        var found: [UInt8] = []
        var isWanted = false
        forEachLine(of: log) { line in
            // What doesn't begin with a date goes on with the entry before.
            if line.first == UInt8(ascii: "[") {
                let head = UnsafeRawBufferPointer(rebasing: line.prefix(head))
                isWanted = contains(head, call) || contains(head, sip)
            }
            if isWanted { found += line + [0x0A] }
        }
        return found
    }

    /// Millions of bytes, also in a debug build: libc looks at each of them.
    private static func forEachLine(of text: UnsafeRawBufferPointer, _ body: (UnsafeRawBufferPointer) -> Void) {
        var place = 0
        while place < text.count, let start = text.baseAddress?.advanced(by: place) {
            let end = memchr(start, 0x0A, text.count - place).map { start.distance(to: UnsafeRawPointer($0)) }
            let length = end ?? text.count - place
            body(UnsafeRawBufferPointer(start: start, count: length))
            place += length + 1
        }
    }

    private static func contains(_ text: UnsafeRawBufferPointer, _ word: [UInt8]) -> Bool {
        var place = 0
        while text.count - place >= word.count, let start = text.baseAddress?.advanced(by: place),
            let hit = memchr(start, Int32(word[0]), text.count - place - word.count + 1)
        {
            if memcmp(hit, word, word.count) == 0 { return true }
            place += start.distance(to: UnsafeRawPointer(hit)) + 1
        }
        return false
    }
}
