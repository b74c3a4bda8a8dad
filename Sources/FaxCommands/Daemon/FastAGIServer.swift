import FaxModel
import Foundation
import Logging
import SpoolFiles
import Synchronization

/// faxd's ear for the dialplan (FastAGI, res_agi.c): does what `fax-agi` does, for a server with so many calls that starting a
/// program for each question is what costs most.
///
/// Only Asterisk's user is heard, which is our own. The other way round Asterisk obeys whoever listens on this port: so it is
/// one that only root can give away.
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
    private let loop: AcceptLoop
    private let asterisk = Mutex<ProcessIdentity?>(nil)
    private let complaints = NewComplaints()
    private let spare = Mutex(Foundation.open("/dev/null", O_RDONLY | O_CLOEXEC))

    /// Listens on 127.0.0.1 for calls of the Asterisk behind that control socket.
    init(port: Int, control: AsteriskControl, logger: Logger) throws(FaxError) {
        self.control = control
        self.logger = logger
        let listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        var yes: Int32 = 1
        setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &yes, socklen_t(MemoryLayout<Int32>.size))
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = in_port_t(port).bigEndian
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        let bound = SocketAddress.with(&address) { bind(listener, $0, $1) }
        guard listener >= 0, bound == 0, listen(listener, 512) == 0 else {
            let number = errno
            close(listener)
            throw FaxError(
                .cannotCreate,
                "asterisk.agi_port \(port): \(String(cString: strerror(number))); give faxd CAP_NET_BIND_SERVICE, or take "
                    + "another port (until then fax-agi is started for each question)", errno: number)
        }
        self.listener = listener
        loop = AcceptLoop(listener, name: "agi", logger: logger)
    }

    func start() { loop.start(withoutFiles: turnAwayOne) { [self] in take($0) } }

    /// Hears nobody any more, and lets those who are being served come to their end.
    func stop() {
        loop.stop()
        _ = open.wait(timeout: .now() + Self.grace)
        close(listener)
    }

    private func take(_ connection: Int32) {
        _ = fcntl(connection, F_SETFD, FD_CLOEXEC)
        guard places.wait(timeout: .now()) == .success else {
            close(connection)
            return
        }
        open.enter()
        Thread.detachNewThread { [self] in
            serve(connection)
            // Whatever child of ours was started meanwhile may hold the descriptor too.
            shutdown(connection, Int32(SHUT_RDWR))
            close(connection)
            open.leave()
            places.signal()
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

    private func serve(_ connection: Int32) {
        do throws(FaxError) {
            let user = try ConnectionOwner.user(
                of: Self.address(connection, getpeername), connectedTo: Self.address(connection, getsockname))
            guard user == geteuid() else {
                throw FaxError(.noPermission, "a connection of user \(user) is not Asterisk's")
            }
            try FaxAGI.answer(connection, asterisk: theAsterisk())
            _ = complaints.among([])
        } catch {
            for problem in complaints.among([error.message]) {
                logger.error("agi", metadata: ["problem": "\(problem)"])
            }
        }
    }

    /// Where it listens; another one than was asked for only if that was 0, for any.
    var port: Int { Int(in_port_t(bigEndian: Self.address(listener, getsockname).sin_port)) }

    /// What getsockname(2) or getpeername(2) says; all zeros where that is nothing.
    private static func address(
        _ descriptor: Int32, _ ask: (Int32, UnsafeMutablePointer<sockaddr>, UnsafeMutablePointer<socklen_t>) -> Int32
    ) -> sockaddr_in {
        var address = sockaddr_in()
        _ = SocketAddress.with(&address) { pointer, length in
            var length = length
            return ask(descriptor, pointer, &length)
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
}
