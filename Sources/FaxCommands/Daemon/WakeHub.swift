@preconcurrency import Dispatch
import FaxModel
import Foundation
import SpoolFiles
import Synchronization

/// Wakes the passes: at once by a datagram, and every second anyway, because a hint may be lost and the scan is the truth.
final class WakeHub: Sendable {
    private let descriptor: Int32
    private let path: String
    private let reader: any DispatchSourceRead
    private let ticker: any DispatchSourceTimer
    private let slow = Mutex<[AsyncStream<Void>.Continuation]>([])
    private let ticks = Mutex(0)
    private let listeners = Mutex<[AsyncStream<Void>.Continuation]>([])

    /// Binds the datagram socket at `path`, replacing what a killed daemon left there: the caller holds the daemon's lock.
    init(socket path: String) throws(FaxError) {
        guard var address = UnixAddress.make(path) else {
            throw FaxError(.configuration, "spool: \(path) is too long for a socket; choose a shorter directory")
        }
        let descriptor = socket(
            AF_UNIX, Int32(SOCK_DGRAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue) | Int32(SOCK_NONBLOCK.rawValue), 0)
        self.path = path
        self.descriptor = descriptor
        unlink(path)
        guard descriptor >= 0, SocketAddress.with(&address, { bind(descriptor, $0, $1) }) == 0 else {
            throw FaxError(.cannotCreate, "\(path): \(String(cString: strerror(errno)))", errno: errno)
        }
        let queue = DispatchQueue(label: "callfax.wake")
        reader = DispatchSource.makeReadSource(fileDescriptor: descriptor, queue: queue)
        ticker = DispatchSource.makeTimerSource(queue: queue)
        ticker.schedule(deadline: .now(), repeating: .seconds(1), leeway: .milliseconds(50))
        reader.setEventHandler { [unowned self] in
            var buffer = [UInt8](repeating: 0, count: 64)
            while recv(descriptor, &buffer, buffer.count, 0) >= 0 {}
            wake()
        }
        ticker.setEventHandler { [unowned self] in
            wake()
            let tick = ticks.withLock { ticks in
                ticks += 1
                return ticks
            }
            if tick % 60 == 5 { slow.withLock { for listener in $0 { listener.yield() } } }
        }
        reader.resume()
        ticker.resume()
    }

    /// Hints that come while a pass runs fold into one.
    func stream() -> AsyncStream<Void> {
        let (stream, continuation) = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1))
        listeners.withLock { $0.append(continuation) }
        return stream
    }

    /// One in sixty, whatever is hinted: for what needs no haste.
    func minutes() -> AsyncStream<Void> {
        let (stream, continuation) = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1))
        slow.withLock { $0.append(continuation) }
        return stream
    }

    func stop() {
        reader.cancel()
        ticker.cancel()
        listeners.withLock { list in
            for listener in list { listener.finish() }
            list = []
        }
        slow.withLock { for listener in $0 { listener.finish() } }
        close(descriptor)
        unlink(path)
    }

    private func wake() {
        listeners.withLock { list in
            for listener in list { listener.yield() }
        }
    }
}
