/// A pair of PJSIP endpoints that joins the two sides, under the same name on both.
///
/// Each has a pair of addresses of its own, because the called side knows a caller by nothing else, and because a line's
/// faults are then its own.
package struct Trunk: Hashable, Sendable, Codable {
    package var name: String
    /// The template of dialplan/pjsip-fax.conf that it is made from.
    var template = "callfax-endpoint"
    /// Further lines of the endpoint.
    var lines: [RigSide: [String]] = [:]
    /// Whole sections of pjsip.conf, such as an auth.
    var sections = ""
    /// What the line loses.
    var loss: PacketLoss?
    /// What a relay between the sides does to the line's media; needs network namespaces.
    var relay: RelayFault?
    /// The context in which calls arrive; nil is that of the far ends.
    var context: String?
    /// Both ends are on this side: the endpoint of this name calls, and the one of `farName` is called.
    var within: RigSide?
    /// The side on which nothing listens.
    var deafSide: RigSide?
    /// The side on which a `SIPPeer` listens, and no Asterisk.
    var strangerSide: RigSide?

    /// The called end's name on a line that is within one side.
    var farName: String { name + "-far" }

    /// The ends that a side has: whose address they have, and their endpoints' names.
    func ends(on side: RigSide) -> [(end: RigSide, name: String)] {
        if let within { return within == side ? [(.a, name), (.b, farName)] : [] }
        return deafSide == side || strangerSide == side ? [] : [(side, name)]
    }

    /// T.38 with G.711 to fall back on.
    package static let t38 = Trunk(name: "fax-trunk")
    /// G.711 only, on both sides.
    package static let audio = Trunk(name: "fax-trunk-audio", template: "callfax-endpoint-audio")

    /// Where strangers call side b from.
    package static let stranger = Trunk(name: "stranger-calls", deafSide: .a)

    /// What every rig has.
    package static let usual = [t38, audio]
}

/// Packets of media that a line loses, by a count that begins with its first one: the same ones on every run.
package struct PacketLoss: Hashable, Sendable, Codable {
    /// In each round of so many packets…
    package var round: Int
    /// …these are lost, counted from 0.
    package var lost: ClosedRange<Int>
    /// Where they would have arrived.
    package var towards: Set<RigSide>

    package init(_ lost: ClosedRange<Int>, of round: Int, towards: Set<RigSide> = [.a, .b]) {
        self.lost = lost
        self.round = round
        self.towards = towards
    }
}
