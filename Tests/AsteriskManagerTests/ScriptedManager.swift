import AsteriskManager
import Foundation
import Synchronization

/// Plays Asterisk's manager on 127.0.0.1: answers each action by the script, on a thread of its own.
final class ScriptedManager: Sendable {
    let port: Int
    private let listener: Int32
    private let seen = Mutex<[String]>([])

    /// The actions that came, in order.
    var actions: [String] { seen.withLock { $0 } }

    /// `greeting` is sent at once; `answer` gets each packet and gives the bytes to send, or nil to hang up.
    init(
        greeting: String = "Asterisk Call Manager/9.0.0\r\n", answer: @escaping @Sendable ([String: String]) -> String?
    ) throws {
        let listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = inet_addr("127.0.0.1")
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let bound = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(listener, $0, length) == 0 && listen(listener, 4) == 0 && getsockname(listener, $0, &length) == 0
            }
        }
        guard bound else { throw POSIXError(.EADDRINUSE) }
        self.listener = listener
        port = Int(UInt16(bigEndian: address.sin_port))
        Thread.detachNewThread { [self] in
            while true {
                let client = accept(listener, nil, nil)
                guard client >= 0 else { return }
                serve(client, greeting, answer)
                close(client)
            }
        }
    }

    deinit { close(listener) }

    func stop() { shutdown(listener, Int32(SHUT_RDWR)) }

    private func serve(_ client: Int32, _ greeting: String, _ answer: ([String: String]) -> String?) {
        Self.write(client, greeting)
        var text = ""
        var buffer = [UInt8](repeating: 0, count: 4096)
        while true {
            let count = recv(client, &buffer, buffer.count, 0)
            guard count > 0 else { return }
            text += String(decoding: buffer[..<count], as: UTF8.self)
            while let end = text.range(of: "\r\n\r\n") {
                var packet: [String: String] = [:]
                for line in text[..<end.lowerBound].components(separatedBy: "\r\n") {
                    let parts = line.components(separatedBy: ": ")
                    if parts.count == 2 { packet[parts[0]] = parts[1] }
                }
                text = String(text[end.upperBound...])
                seen.withLock { $0.append(packet["Action"] ?? "") }
                guard let reply = answer(packet) else { return }
                Self.write(client, reply)
            }
        }
    }

    private static func write(_ client: Int32, _ text: String) {
        let bytes = Array(text.utf8)
        var start = 0
        while start < bytes.count {
            let sent = bytes[start...].withUnsafeBytes { send(client, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL)) }
            guard sent > 0 else { return }
            start += sent
        }
    }
}
