/// nftables rules for one side's namespace: only SIP, RTP and UDPTL cross, and IMAP from a to b where there is that.
struct FirewallRules: Sendable {
    var side: RigSide
    var addresses: RigAddresses

    var text: String {
        let peers = addresses.trunks.filter { $0.within == nil }.map { addresses.address(side.other, $0) }
            .joined(separator: ", ")
        let ports = [
            "\(addresses.sipPort)", range(addresses.udptlPorts), range(addresses.rtpPorts),
        ].joined(separator: ", ")
        return """
            table inet callfax {
                chain impair {
                }
                chain loss {
            \(losses)
                }
                chain input {
                    type filter hook input priority 0; policy drop;
                    iifname "lo" accept
                    jump loss
                    jump impair
                    ip saddr { \(peers) } udp dport { \(ports) } accept
            \(imap(from: side.other, to: side))
                }
                chain output {
                    type filter hook output priority 0; policy drop;
                    oifname "lo" accept
                    ip daddr { \(peers) } udp dport { \(ports) } accept
            \(imap(from: side, to: side.other))
                }
                chain forward {
                    type filter hook forward priority 0; policy drop;
                }
            }

            """
    }

    /// A counter of its own for each line that loses something.
    private var losses: String {
        let media = "\(range(addresses.udptlPorts)), \(range(addresses.rtpPorts))"
        return addresses.trunks.compactMap { trunk in
            guard let loss = trunk.loss, loss.towards.contains(side) else { return nil }
            return "        ip saddr \(addresses.address(side.other, trunk)) udp dport { \(media) } "
                + "numgen inc mod \(loss.round) \(loss.lost.lowerBound)-\(loss.lost.upperBound) drop"
        }.joined(separator: "\n")
    }

    /// Segments between those two; a begins, and b does nothing but answer.
    private func imap(from source: RigSide, to target: RigSide) -> String {
        guard addresses.imap else { return "" }
        let (from, to) = (addresses.address(source, .t38), addresses.address(target, .t38))
        let ports = "{ \(addresses.imapPort), \(addresses.imapsPort) }"
        return "        ip saddr \(from) ip daddr \(to) tcp "
            + (target == .b ? "dport \(ports) accept" : "sport \(ports) accept")
    }

    /// Replaces what is done to arriving media: `lost` of 1000 packets to RTP and UDPTL ports vanish.
    func impairment(lost: Int) -> String {
        let flush = "flush chain inet callfax impair\n"
        guard lost > 0 else { return flush }
        let ports = "\(range(addresses.udptlPorts)), \(range(addresses.rtpPorts))"
        return flush + "add rule inet callfax impair udp dport { \(ports) } numgen random mod 1000 < \(lost) drop\n"
    }

    private func range(_ ports: ClosedRange<Int>) -> String { "\(ports.lowerBound)-\(ports.upperBound)" }
}
