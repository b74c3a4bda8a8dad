import FaxModel
import Glibc
import SpoolFiles

/// A UDP socket at one address and port.
final class UDPPort {
    let here: Endpoint
    let descriptor: Int32

    init(_ here: Endpoint) throws(FaxError) {
        let opened = socket(
            AF_INET, Int32(SOCK_DGRAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue) | Int32(SOCK_NONBLOCK.rawValue), 0)
        var place = Self.place(here)
        guard opened >= 0, SocketAddress.with(&place, { bind(opened, $0, $1) }) == 0 else {
            let number = errno
            if opened >= 0 { close(opened) }
            throw FaxError(.unavailable, "\(here): \(String(cString: strerror(number)))", errno: number)
        }
        descriptor = opened
        self.here = here
    }

    deinit { close(descriptor) }

    /// The next datagram and where it came from; nil when there is none.
    func receive(_ buffer: inout [UInt8]) -> (bytes: [UInt8], from: Endpoint)? {
        var place = sockaddr_in()
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let count = SocketAddress.with(&place) { pointer, _ in
            recvfrom(descriptor, &buffer, buffer.count, 0, pointer, &length)
        }
        guard count >= 0 else { return nil }
        let from = Endpoint(
            address: UInt32(bigEndian: place.sin_addr.s_addr), port: UInt16(bigEndian: place.sin_port))
        return (Array(buffer[..<count]), from)
    }

    /// A datagram that can't be sent is lost, as on any way.
    func send(_ bytes: [UInt8], to there: Endpoint) {
        var place = Self.place(there)
        _ = SocketAddress.with(&place) { sendto(descriptor, bytes, bytes.count, 0, $0, $1) }
    }

    private static func place(_ endpoint: Endpoint) -> sockaddr_in {
        var place = sockaddr_in()
        place.sin_family = sa_family_t(AF_INET)
        place.sin_port = endpoint.port.bigEndian
        place.sin_addr.s_addr = endpoint.address.bigEndian
        return place
    }
}
