import FaxModel
import Foundation
import Logging
import SpoolFiles
import Synchronization

/// faxd's ear for the dialplan (FastAGI, res_agi.c): does what `fax-agi` does, for a server with so many calls that starting a
/// program for each question is what costs most.
///
/// Only Asterisk's user is heard, which is our own. The other way round Asterisk obeys whoever listens on this port:
/// so it is one that only root can give away.
final class FastAGIServer: Sendable {
    /// Calls that are served at a time. Asterisk has no patience of its own here: who can't be served at once is turned
    /// away, and the program is started for it.
    private static let limit = 256
    /// Seconds that calls get to end with when faxd is told to stop.
    private static let grace = 5.0

    private let listener: Int32
    private let control: AsteriskControl
    private let logger: Logger
    private let places = DispatchSemaphore(value: limit)
    private let open = DispatchGroup()
    private let isStopping = Mutex(false)
    private let asterisk = Mutex<ProcessIdentity?>(nil)
    private let complaint = Mutex("")
    private let spare = Mutex(Foundation.open("/dev/null", O_RDONLY | O_CLOEXEC))

    /// Listens on 127.0.0.1 for calls of the Asterisk behind that control socket.
    init(port: Int, control: AsteriskControl, logger: Logger) throws(FaxError) {
        self.control = control
        self.logger = logger
        listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        var yes: Int32 = 1
        setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &yes, socklen_t(MemoryLayout<Int32>.size))
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = in_port_t(port).bigEndian
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        let length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let bound = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { bind(listener, $0, length) }
        }
        guard listener >= 0, bound == 0, listen(listener, 512) == 0 else {
            let number = errno
            close(listener)
            throw FaxError(
                .cannotCreate,
                "asterisk.agi_port \(port): \(String(cString: strerror(number))); give faxd CAP_NET_BIND_SERVICE, or take "
                    + "another port (until then fax-agi is started for each question)", errno: number)
        }
    }

    func start() { Thread.detachNewThread { [self] in accept() } }

    /// Hears nobody any more, and lets those who are being served come to their end.
    func stop() {
        isStopping.withLock { $0 = true }
        shutdown(listener, Int32(SHUT_RDWR))
        _ = open.wait(timeout: .now() + Self.grace)
        close(listener)
    }

    private func accept() {
        while true {
            var client = sockaddr_in()
            var length = socklen_t(MemoryLayout<sockaddr_in>.size)
            let connection = withUnsafeMutablePointer(to: &client) { pointer in
                pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { Foundation.accept(listener, $0, &length) }
            }
            guard connection >= 0 else {
                let number = errno
                if isStopping.withLock({ $0 }) { return }
                if number == EINTR || number == ECONNABORTED { continue }
                complain("accept: \(String(cString: strerror(number)))")
                if number == EMFILE || number == ENFILE { turnAwayOne() } else { usleep(100_000) }
                continue
            }
            _ = fcntl(connection, F_SETFD, FD_CLOEXEC)
            guard places.wait(timeout: .now()) == .success else {
                close(connection)
                continue
            }
            open.enter()
            Thread.detachNewThread { [self, client] in
                serve(connection, client)
                // Whatever child of ours was started meanwhile may hold the descriptor too.
                shutdown(connection, Int32(SHUT_RDWR))
                close(connection)
                open.leave()
                places.signal()
            }
        }
    }

    /// Without a free descriptor nobody can even be hung up on: one is kept for that.
    private func turnAwayOne() {
        spare.withLock { spare in
            close(spare)
            close(Foundation.accept(listener, nil, nil))
            spare = Foundation.open("/dev/null", O_RDONLY | O_CLOEXEC)
        }
    }

    private func serve(_ connection: Int32, _ client: sockaddr_in) {
        do throws(FaxError) {
            let user = try ConnectionOwner.user(of: client, connectedTo: Self.ownAddress(connection))
            guard user == geteuid() else {
                throw FaxError(.noPermission, "a connection of user \(user) is not Asterisk's")
            }
            try FaxAGI.answer(connection, asterisk: theAsterisk())
            complaint.withLock { $0 = "" }
        } catch {
            complain(error.message)
        }
    }

    /// Where it listens; another one than was asked for only if that was 0, for any.
    var port: Int { Int(in_port_t(bigEndian: Self.ownAddress(listener).sin_port)) }

    private static func ownAddress(_ descriptor: Int32) -> sockaddr_in {
        var address = sockaddr_in()
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        _ = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { getsockname(descriptor, $0, &length) }
        }
        return address
    }

    /// The Asterisk that is running: asked for once, and again when that one is gone.
    private func theAsterisk() throws(FaxError) -> ProcessIdentity {
        if let known = asterisk.withLock({ $0 }), known.isAlive { return known }
        let found = try control.process()
        asterisk.withLock { $0 = found }
        return found
    }

    /// A complaint that follows itself is told once.
    private func complain(_ text: String) {
        guard
            complaint.withLock({ last in
                defer { last = text }
                return last != text
            })
        else { return }
        logger.error("agi", metadata: ["problem": "\(text)"])
    }
}
