package import FaxModel
import FoundationEssentials
import Glibc
import SpoolFiles

/// The program between the two cables of the lines whose media is held back, reordered or cut: it runs in a network namespace
/// of its own with a device towards each side, and passes on every frame.
package struct FrameRelay {
    private let lines: [RelayedLine]
    private let addresses = RigAddresses(network: .namespaces)

    /// `file` is what `Rig` wrote: the lines, as JSON.
    package init(file: String) throws(FaxError) {
        let bytes = try FileTree.bytes(file)
        do { lines = try JSONDecoder().decode([RelayedLine].self, from: Data(bytes)) } catch {
            throw FaxError(.data, "\(file) is not a relay's list of lines")
        }
    }

    /// The first word that it says, once it relays.
    static let ready = "relaying"

    /// Relays until it is ended; `say` is told what it does, a line each.
    package func run(_ say: (String) -> Void) throws(FaxError) {
        let a = try FramePort(RigSide.a.rawValue)
        let b = try FramePort(RigSide.b.rawValue)
        let addresses = addresses
        var frames = RelayedFrames(lines) { addresses.isMedia(port: $0) }
        var buffer = [UInt8](repeating: 0, count: 65_536)
        say(Self.ready)
        while true {
            var waits = [a.descriptor, b.descriptor].map { pollfd(fd: $0, events: Int16(POLLIN), revents: 0) }
            let patience = frames.nextDue.map { Int32(max(0, $0 - Int(Clock.monotonicMilliseconds()))) } ?? -1
            guard poll(&waits, nfds_t(waits.count), patience) >= 0 || errno == EINTR else {
                throw FaxError(.unavailable, "poll: \(String(cString: strerror(errno)))", errno: errno)
            }
            var leaving = frames.due(at: Int(Clock.monotonicMilliseconds()))
            while let frame = a.receive(&buffer) {
                leaving += frames.arrives(frame, from: .a, at: Int(Clock.monotonicMilliseconds()))
            }
            while let frame = b.receive(&buffer) {
                leaving += frames.arrives(frame, from: .b, at: Int(Clock.monotonicMilliseconds()))
            }
            for departure in leaving {
                if departure.to == .a { a.send(departure.frame) } else { b.send(departure.frame) }
            }
            frames.takeNews().forEach(say)
        }
    }
}
