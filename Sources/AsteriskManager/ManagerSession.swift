import FaxModel
import Foundation

/// One logged-in connection, for as long as one question takes.
struct ManagerSession: ~Copyable {
    /// More than any answer of a busy server.
    private static let sizeLimit = 8 << 20

    private let descriptor: Int32
    private let place: String
    private let deadline: Date
    private var pending: [UInt8] = []
    private var received = 0

    private init(descriptor: Int32, place: String, deadline: Date) {
        self.descriptor = descriptor
        self.place = place
        self.deadline = deadline
    }

    /// Connects and logs in.
    static func open(_ account: ManagerAccount, seconds: Double) throws(FaxError) -> ManagerSession {
        let place = "Asterisk's manager at \(account.host):\(account.port)"
        let secret = try secret(account.secretFile)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = in_port_t(UInt16(account.port)).bigEndian
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        guard descriptor >= 0, inet_pton(AF_INET, account.host, &address.sin_addr) == 1 else {
            throw FaxError(.unavailable, "\(place): \(String(cString: strerror(errno)))", errno: errno)
        }
        var session = ManagerSession(
            descriptor: descriptor, place: place, deadline: Date(timeIntervalSinceNow: seconds))
        try session.limitWaiting()
        let length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let connected = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { connect(descriptor, $0, length) }
        }
        guard connected == 0 else {
            throw FaxError(
                .unavailable, "\(place): \(String(cString: strerror(errno))); is manager.conf enabled?", errno: errno)
        }
        guard try session.line().hasPrefix("Asterisk Call Manager/") else {
            throw FaxError(.unavailable, "\(place): something else listens there")
        }
        let answer = try session.ask("Login", ["Username": account.user, "Secret": secret, "Events": "off"])
        guard answer.isSuccess else {
            throw FaxError(
                .unavailable,
                "\(place) refuses user \(account.user): \(quoted(answer["Message"] ?? "")); compare manager.conf with "
                    + account.secretFile)
        }
        return session
    }

    deinit { close(descriptor) }

    private static func secret(_ path: String) throws(FaxError) -> String {
        guard let text = try? String(contentsOfFile: path, encoding: .utf8) else {
            throw FaxError(.configuration, "\(path): the manager's secret can't be read")
        }
        let secret = text.trimmingCharacters(in: .whitespacesAndNewlines)
        guard !secret.isEmpty, !secret.unicodeScalars.contains(where: { $0.value < 32 }) else {
            throw FaxError(.configuration, "\(path): must hold the manager's secret on one line")
        }
        return secret
    }

    /// Sends an action and reads its response.
    mutating func ask(_ action: String, _ fields: KeyValuePairs<String, String> = [:]) throws(FaxError)
        -> ManagerMessage
    {
        try send(action, fields)
        return try response()
    }

    /// Sends an action; its response comes in turn.
    func send(_ action: String, _ fields: KeyValuePairs<String, String> = [:]) throws(FaxError) {
        var text = "Action: \(action)\r\n"
        for (name, value) in fields {
            guard !value.utf8.contains(where: { $0 < 32 }) else {
                throw FaxError(.software, "\(place): a control character in \(name)")
            }
            text += "\(name): \(value)\r\n"
        }
        var bytes = Array((text + "\r\n").utf8)[...]
        while !bytes.isEmpty {
            let sent = bytes.withUnsafeBytes {
                Foundation.send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
            }
            guard sent > 0 else { throw FaxError(.unavailable, "\(place) hung up") }
            bytes = bytes.dropFirst(sent)
        }
    }

    /// The next response; events between are passed over.
    mutating func response() throws(FaxError) -> ManagerMessage {
        while true {
            let message = try message()
            if message["Response"] != nil { return message }
        }
    }

    /// All events of a list, up to the one that ends it.
    mutating func list(_ action: String, entry: String, end: String) throws(FaxError) -> [ManagerMessage] {
        let answer = try ask(action)
        guard answer.isSuccess else { throw refusal(action, answer) }
        var entries: [ManagerMessage] = []
        while true {
            let message = try message()
            if message["Event"] == entry { entries.append(message) }
            if message["Event"] == end { return entries }
        }
    }

    /// The event of that name.
    mutating func event(_ name: String) throws(FaxError) -> ManagerMessage {
        while true {
            let message = try message()
            if message["Event"] == name { return message }
        }
    }

    func refusal(_ action: String, _ answer: ManagerMessage) -> FaxError {
        FaxError(
            .unavailable,
            "\(place) refuses \(action): \(quoted(answer["Message"] ?? "")); manager.conf must allow call and reporting"
        )
    }

    private mutating func message() throws(FaxError) -> ManagerMessage {
        var lines: [Substring] = []
        while true {
            let line = try line()
            if line.isEmpty, !lines.isEmpty { return ManagerMessage(lines) }
            if !line.isEmpty { lines.append(line[...]) }
        }
    }

    private mutating func line() throws(FaxError) -> String {
        while true {
            if let end = pending.firstIndex(of: UInt8(ascii: "\n")) {
                var text = pending[..<end]
                if text.last == UInt8(ascii: "\r") { text.removeLast() }
                let line = String(decoding: text, as: UTF8.self)
                pending.removeFirst(end + 1)
                return line
            }
            try limitWaiting()
            var buffer = [UInt8](repeating: 0, count: 16_384)
            let count = recv(descriptor, &buffer, buffer.count, 0)
            guard count != 0 else { throw FaxError(.unavailable, "\(place) hung up") }
            guard count > 0 else { throw FaxError(.unavailable, "\(place) does not answer", errno: errno) }
            received += count
            guard received <= Self.sizeLimit else { throw FaxError(.unavailable, "\(place) answers without end") }
            pending += buffer[..<count]
        }
    }

    /// What is left of the time is the limit of the next wait.
    private func limitWaiting() throws(FaxError) {
        let left = deadline.timeIntervalSinceNow
        guard left > 0 else { throw FaxError(.unavailable, "\(place) does not answer in time") }
        var limit = timeval(tv_sec: Int(left), tv_usec: Int(left.truncatingRemainder(dividingBy: 1) * 1_000_000) + 1)
        setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &limit, socklen_t(MemoryLayout<timeval>.size))
        setsockopt(descriptor, SOL_SOCKET, SO_SNDTIMEO, &limit, socklen_t(MemoryLayout<timeval>.size))
    }
}
