import FaxModel
import Foundation
import SpoolFiles

/// Asks a running Asterisk over its control socket, as `asterisk -rx` does (main/asterisk.c, ast_remotecontrol).
struct AsteriskControl {
    /// Path of `asterisk.ctl`.
    let socket: String

    /// The output of one CLI command; throws when nobody answers within five seconds.
    func run(_ command: String) throws(FaxError) -> String {
        let descriptor = try connected()
        defer { close(descriptor) }
        // The server speaks first (host/pid/version), then runs the command and hangs up.
        guard let banner = read(descriptor, enough: { $0.last == UInt8(ascii: "\n") }), !banner.isEmpty else {
            throw FaxError(.unavailable, "\(socket): no answer within 5 s")
        }
        let request = Array("cli quit after \(command)".utf8) + [0]
        guard send(descriptor, request, request.count, Int32(MSG_NOSIGNAL)) == request.count else {
            throw FaxError(.unavailable, "\(socket): \(String(cString: strerror(errno)))", errno: errno)
        }
        guard let answer = read(descriptor, enough: { _ in false }) else {
            throw FaxError(.unavailable, "\(socket): no answer to \(quoted(command)) within 5 s")
        }
        // Lines of the console begin with a NUL and their level.
        return String(decoding: answer.filter { $0 != 0 && $0 != 0x7F }, as: UTF8.self)
    }

    /// The process that listens there.
    func process() throws(FaxError) -> ProcessIdentity {
        let descriptor = try connected()
        defer { close(descriptor) }
        guard let peer = PeerCredentials(descriptor), peer.pid > 0 else {
            throw FaxError(.unavailable, "\(socket): nobody can tell who listens there")
        }
        return .of(pid: peer.pid)
    }

    private func connected() throws(FaxError) -> Int32 {
        guard var address = UnixAddress.make(socket) else {
            throw FaxError(.unavailable, "\(socket): not a usable socket path")
        }
        let descriptor = Foundation.socket(AF_UNIX, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        guard descriptor >= 0 else { throw .system("open", "a socket", errno: errno) }
        // For connecting as well, where many wait.
        var limit = timeval(tv_sec: 5, tv_usec: 0)
        setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &limit, socklen_t(MemoryLayout<timeval>.size))
        setsockopt(descriptor, SOL_SOCKET, SO_SNDTIMEO, &limit, socklen_t(MemoryLayout<timeval>.size))
        guard SocketAddress.with(&address, { connect(descriptor, $0, $1) }) == 0 else {
            let number = errno
            close(descriptor)
            throw FaxError(.unavailable, "\(socket): \(String(cString: strerror(number)))", errno: number)
        }
        return descriptor
    }

    private func read(_ descriptor: Int32, enough: ([UInt8]) -> Bool) -> [UInt8]? {
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 4096)
        while bytes.count < 1 << 20 {
            let count = recv(descriptor, &buffer, buffer.count, 0)
            if count < 0 { return nil }
            if count == 0 { return bytes }
            bytes += buffer[..<count]
            if enough(bytes) { return bytes }
        }
        return bytes
    }
}
