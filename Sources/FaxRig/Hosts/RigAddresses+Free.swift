import FaxModel
import Glibc
import SpoolFiles

extension RigAddresses {
    /// On loopback all rigs have the same addresses: the line that says which one somebody else has, nil when all are
    /// free. Asterisk itself would start without its transport, and calls would go to the other rig.
    var firstTaken: String? {
        guard network == .loopback else { return nil }
        for side in RigSide.allCases {
            for trunk in trunks where !Self.isFree(address(side, trunk), sipPort) {
                return "\(address(side, trunk)) port \(sipPort) is taken: is another rig up? "
                    + "As root each rig has a network of its own; here take that one down first"
            }
        }
        return nil
    }

    /// Whether a UDP socket can be bound; what else goes wrong is for Asterisk to tell.
    private static func isFree(_ address: String, _ port: Int) -> Bool {
        let descriptor = socket(AF_INET, Int32(SOCK_DGRAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        guard descriptor >= 0 else { return true }
        defer { close(descriptor) }
        var place = sockaddr_in()
        place.sin_family = sa_family_t(AF_INET)
        place.sin_port = in_port_t(port).bigEndian
        inet_pton(AF_INET, address, &place.sin_addr)
        return SocketAddress.with(&place) { bind(descriptor, $0, $1) } == 0 || errno != EADDRINUSE
    }
}
