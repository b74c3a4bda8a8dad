package import FaxModel
import Foundation
import Synchronization

/// A mail server on 127.0.0.1 that takes everything and has it on the disk before it says so: for measuring, and for
/// proofs that need to know exactly what was accepted.
package final class MailSink: Sendable {
    /// One message for one recipient.
    package struct Accepted: Hashable, Sendable {
        package var messageID: String
        package var recipient: String
        package var bytes: Int
        /// Seconds since the start of the system.
        package var at: Double
    }

    package let port: Int
    private let directory: String?
    private let listener: Int32
    private let taken = Mutex<[Accepted]>([])
    private let number = Atomic(0)

    /// Listens at once. `directory` gets a file for each message, fsynced before the answer; nil keeps none. A `port` of 0 is
    /// any free one.
    package init(directory: String?, port: Int = 0) throws(FaxError) {
        self.directory = directory
        let listening = socket(AF_INET, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        listener = listening
        var on: Int32 = 1
        setsockopt(listening, SOL_SOCKET, SO_REUSEADDR, &on, socklen_t(MemoryLayout<Int32>.size))
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = in_port_t(UInt16(port).bigEndian)
        address.sin_addr.s_addr = in_addr_t(UInt32(0x7F00_0001).bigEndian)
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let isBound = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { raw in
                bind(listening, raw, length) == 0 && listen(listening, 64) == 0
                    && getsockname(listening, raw, &length) == 0
            }
        }
        guard isBound else { throw FaxError(.unavailable, "no mail server: \(String(cString: strerror(errno)))") }
        self.port = Int(UInt16(bigEndian: address.sin_port))
        Thread { [weak self] in
            while true {
                let client = accept(listening, nil, nil)
                if client < 0 {
                    if errno == EINTR { continue }
                    return
                }
                Thread { [weak self] in
                    self?.serve(client)
                    close(client)
                }.start()
            }
        }.start()
    }

    deinit { stop() }

    /// Refuses connections from now on; those that are open go on.
    package func stop() {
        shutdown(listener, Int32(SHUT_RDWR))
        close(listener)
    }

    package var accepted: [Accepted] { taken.withLock { $0 } }

    package var count: Int { taken.withLock { $0.count } }

    private func serve(_ client: Int32) {
        var lines = SinkLines(descriptor: client)
        guard lines.say("220 sink ESMTP") else { return }
        var recipients: [String] = []
        while let line = lines.next() {
            let verb = line.prefix { $0 != " " }.uppercased()
            var answer = "250 2.0.0 ok"
            switch verb {
            case "EHLO", "HELO": answer = "250-sink\r\n250-8BITMIME\r\n250 SIZE 100000000"
            case "MAIL": recipients = []
            case "RCPT":
                recipients.append(
                    line.split(whereSeparator: { "<>".contains($0) }).dropFirst().first.map(String.init) ?? "")
            case "DATA":
                guard lines.say("354 go ahead"), let message = lines.message() else { return }
                guard keep(message) else {
                    answer = "452 4.3.1 no room"
                    break
                }
                let head = String(decoding: message.prefix(8192), as: UTF8.self)
                let id = head.firstMatch(of: /(?i)\r\nMessage-ID: *<([^>]*)>/).map { String($0.1) } ?? ""
                let now = ProcessInfo.processInfo.systemUptime
                taken.withLock { taken in
                    taken += recipients.map {
                        Accepted(messageID: id, recipient: $0, bytes: message.count, at: now)
                    }
                }
            case "QUIT":
                _ = lines.say("221 bye")
                return
            default: break
            }
            guard lines.say(answer) else { return }
        }
    }

    private func keep(_ message: [UInt8]) -> Bool {
        guard let directory else { return true }
        let path = "\(directory)/message-\(number.add(1, ordering: .relaxed).newValue)"
        let file = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
        guard file >= 0 else { return false }
        defer { close(file) }
        var done = 0
        while done < message.count {
            let written = message.withUnsafeBytes { write(file, $0.baseAddress! + done, message.count - done) }
            if written <= 0 { return false }
            done += written
        }
        return fsync(file) == 0
    }
}

/// Lines of one connection.
private struct SinkLines {
    let descriptor: Int32
    private var buffer: [UInt8] = []
    private var start = 0

    init(descriptor: Int32) { self.descriptor = descriptor }

    func say(_ text: String) -> Bool {
        let bytes = Array((text + "\r\n").utf8)
        return send(descriptor, bytes, bytes.count, Int32(MSG_NOSIGNAL)) == bytes.count
    }

    /// Without its end; nil where the client is gone.
    mutating func next() -> String? { raw().map { String(decoding: $0, as: UTF8.self) } }

    /// What follows DATA, without dot-stuffing.
    mutating func message() -> [UInt8]? {
        var message: [UInt8] = []
        while let line = raw() {
            if line.elementsEqual([UInt8(ascii: ".")]) { return message }
            message += line.first == UInt8(ascii: ".") ? line.dropFirst() : line
            message += [13, 10]
        }
        return nil
    }

    private mutating func raw() -> ArraySlice<UInt8>? {
        var searched = start
        while true {
            if let end = buffer[searched...].firstIndex(of: 10) {
                defer { start = end + 1 }
                return buffer[start..<(end > start && buffer[end - 1] == 13 ? end - 1 : end)]
            }
            if start > 0 {
                buffer.removeFirst(start)
                start = 0
            }
            searched = buffer.count
            var chunk = [UInt8](repeating: 0, count: 65536)
            let count = recv(descriptor, &chunk, chunk.count, 0)
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { return nil }
            buffer += chunk[..<count]
        }
    }
}
