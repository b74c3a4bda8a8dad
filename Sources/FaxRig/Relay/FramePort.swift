import FaxModel
import Glibc
import SpoolFiles

/// All Ethernet frames that arrive at one network device, and a way to send some (packet(7)).
struct FramePort: ~Copyable {
    let descriptor: Int32

    /// Of Linux's headers, which Swift's Glibc leaves out.
    private static let packetFamily: Int32 = 17
    private static let everyProtocol = UInt16(3).bigEndian
    private static let packetLevel: Int32 = 263
    private static let addMembership: Int32 = 1
    private static let ignoreOutgoing: Int32 = 23

    /// struct sockaddr_ll
    private struct LinkAddress {
        var family = UInt16(FramePort.packetFamily)
        var `protocol` = FramePort.everyProtocol
        var device: Int32
        var hardware: UInt16 = 0
        var kind: UInt8 = 0
        var length: UInt8 = 0
        var address: (UInt32, UInt32) = (0, 0)
    }

    /// struct packet_mreq, for frames to whatever address.
    private struct Membership {
        var device: Int32
        var promiscuous: UInt16 = 1
        var length: UInt16 = 0
        var address: (UInt32, UInt32) = (0, 0)
    }

    init(_ device: String) throws(FaxError) {
        let index = Int32(if_nametoindex(device))
        guard index > 0 else { throw FaxError(.unavailable, "there is no network device \(device)") }
        let opened = socket(
            Self.packetFamily, Int32(SOCK_RAW.rawValue) | Int32(SOCK_CLOEXEC.rawValue) | Int32(SOCK_NONBLOCK.rawValue),
            Int32(Self.everyProtocol))
        guard opened >= 0, Self.listen(opened, index) else {
            let number = errno
            close(opened)
            throw FaxError(.unavailable, "\(device): \(String(cString: strerror(number)))", errno: number)
        }
        descriptor = opened
    }

    /// Binds a socket to a device, for the frames that arrive there, whoever they are for.
    private static func listen(_ descriptor: Int32, _ device: Int32) -> Bool {
        var place = LinkAddress(device: device)
        let bound = SocketAddress.with(&place) { bind(descriptor, $0, $1) }
        var membership = Membership(device: device)
        var one: Int32 = 1
        return bound == 0
            && setsockopt(
                descriptor, packetLevel, addMembership, &membership, socklen_t(MemoryLayout<Membership>.size)) == 0
            && setsockopt(descriptor, packetLevel, ignoreOutgoing, &one, socklen_t(MemoryLayout<Int32>.size)) == 0
    }

    deinit { close(descriptor) }

    /// The next frame that has arrived; nil when there is none.
    func receive(_ buffer: inout [UInt8]) -> [UInt8]? {
        let count = recv(descriptor, &buffer, buffer.count, 0)
        return count > 0 ? Array(buffer[..<count]) : nil
    }

    /// A frame that can't be sent is lost, as on any cable.
    func send(_ frame: [UInt8]) { _ = Glibc.send(descriptor, frame, frame.count, 0) }
}
