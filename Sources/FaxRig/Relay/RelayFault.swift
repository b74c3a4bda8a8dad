/// What the relay between the two sides does to a line's media: RTP and T.38, each direction counted by itself.
///
/// SIP, RTCP and ARP pass as they come.
package enum RelayFault: Hashable, Sendable, Codable {
    /// Every so many packets one is held back until so many later ones have passed, or until `HeldPackets.patience` is
    /// over, where the other side falls silent.
    case reorder(every: Int, behind: Int)
    /// Packet by packet another delay, in turn, in milliseconds. The order stays: a packet never overtakes.
    case jitter([Int])
    /// From the moment at which a sends its so many'th T.30 command by T.38, nothing of this call comes back from b. Only
    /// the first call is cut.
    case cutBack(atCommand: Int)
}

/// A line that goes through the relay.
package struct RelayedLine: Hashable, Sendable, Codable {
    /// The trunk's.
    package var name: String
    /// The addresses of its ends, as in 192.0.2.1.
    package var a: String
    package var b: String
    package var fault: RelayFault

    package init(name: String, a: String, b: String, fault: RelayFault) {
        self.name = name
        self.a = a
        self.b = b
        self.fault = fault
    }
}
