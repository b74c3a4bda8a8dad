import FaxModel
import Foundation
import SpoolFiles

/// Whose the other end of a TCP connection within this machine is, by the kernel's own word (sock_diag(7)).
enum ConnectionOwner {
    private static let diagnosis: Int32 = 4
    private static let byFamily: UInt16 = 20
    private static let isRequest: UInt16 = 1
    /// Offsets in the answer: struct nlmsghdr, then struct inet_diag_msg (linux/inet_diag.h).
    private static let kindAt = 4
    private static let stateAt = 16 + 1
    private static let userAt = 16 + 64
    private static let inodeAt = 16 + 68
    /// TCP_ESTABLISHED (linux/tcp_states.h).
    private static let established: UInt8 = 1

    /// The user of the socket at `client`, which is connected to `server`; both are IPv4 addresses of this machine.
    static func user(of client: sockaddr_in, connectedTo server: sockaddr_in) throws(FaxError) -> uid_t {
        let descriptor = socket(
            AF_NETLINK, Int32(SOCK_RAW.rawValue) | Int32(SOCK_CLOEXEC.rawValue), diagnosis)
        guard descriptor >= 0 else { throw .system("open", "sock_diag", errno: errno) }
        defer { close(descriptor) }
        let question = question(client, server)
        var answer = [UInt8](repeating: 0, count: 1024)
        guard send(descriptor, question, question.count, 0) == question.count,
            case let count = recv(descriptor, &answer, answer.count, 0), count >= 0
        else { throw .system("ask", "sock_diag", errno: errno) }
        let user = answer.withUnsafeBytes { bytes -> uid_t? in
            // One that is closed already is nobody's, which reads like root's.
            guard count >= inodeAt + 4, bytes.loadUnaligned(fromByteOffset: kindAt, as: UInt16.self) == byFamily,
                bytes[stateAt] == established, bytes.loadUnaligned(fromByteOffset: inodeAt, as: UInt32.self) != 0
            else { return nil }
            return bytes.loadUnaligned(fromByteOffset: userAt, as: uid_t.self)
        }
        guard let user else { throw FaxError(.noPermission, "the kernel knows no such connection") }
        return user
    }

    /// struct nlmsghdr and struct inet_diag_req_v2: one socket, wherever it is in its life.
    private static func question(_ client: sockaddr_in, _ server: sockaddr_in) -> [UInt8] {
        var bytes: [UInt8] = []
        func add(_ value: some FixedWidthInteger) { withUnsafeBytes(of: value) { bytes += $0 } }
        func add(_ address: sockaddr_in) { for word in [address.sin_addr.s_addr, 0, 0, 0] { add(word) } }
        add(UInt32(72))
        add(byFamily)
        add(isRequest)
        add(UInt64(0))
        add(UInt8(AF_INET))
        add(UInt8(IPPROTO_TCP))
        add(UInt16(0))
        add(UInt32.max)
        // Ports and addresses are in the network's order already.
        add(client.sin_port)
        add(server.sin_port)
        add(client)
        add(server)
        add(UInt32(0))
        // No cookie.
        add(UInt64.max)
        return bytes
    }
}
