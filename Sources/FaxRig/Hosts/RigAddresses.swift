/// The addresses and ports of both sides.
struct RigAddresses: Hashable, Sendable {
    var network: RigOptions.Network
    var trunks = Trunk.usual
    /// Whether side b has an IMAP server, at its first trunk's address, for side a.
    var imap = false

    /// 192.0.2.0/24 is for documentation (RFC 5737): it can't be anybody's.
    func address(_ side: RigSide, _ trunk: Trunk) -> String {
        let place = trunks.firstIndex { $0.name == trunk.name } ?? 0
        let last = (side == .a ? 1 : 2) + place * (network == .loopback ? 2 : 4)
        return network == .loopback ? "127.0.0.\(last)" : "192.0.2.\(last)"
    }

    /// Each trunk's network is a /30.
    func prefixed(_ side: RigSide, _ trunk: Trunk) -> String { address(side, trunk) + "/30" }

    /// On loopback not the usual one: the host may have an Asterisk of its own.
    var sipPort: Int { network == .loopback ? 5160 : 5060 }
    /// Both are IMAP's own: plain, to become TLS by STARTTLS, and TLS from the start.
    let imapPort = 143
    let imapsPort = 993
    let rtpPorts = 10_000...10_999
    /// As in dialplan/udptl.conf.
    let udptlPorts = 4_000...4_999

    var imapAddress: String { address(.b, .t38) }

    /// Whether what goes to a port is a call's sound or pages: RTCP, on the odd ports, is neither.
    func isMedia(port: Int) -> Bool {
        udptlPorts.contains(port) || rtpPorts.contains(port) && port.isMultiple(of: 2)
    }
}
