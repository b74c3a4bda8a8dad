/// One of the rig's two servers. As shipped `a` sends and `b` receives, but both can do both.
package enum RigSide: String, CaseIterable, Hashable, Sendable, Codable, CodingKeyRepresentable {
    case a
    case b

    package var other: RigSide { self == .a ? .b : .a }
    /// What its fax machine calls itself.
    package var stationID: String { self == .a ? "+1 555 0100" : "+1 555 0269" }
    /// The number that it calls from.
    package var callerNumber: String { self == .a ? "5550100" : "5550269" }
}
