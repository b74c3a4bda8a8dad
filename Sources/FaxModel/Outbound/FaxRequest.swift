/// What a user asked for, for one recipient: every value already parsed.
package struct FaxRequest: Hashable, Sendable, Codable {
    package var owner: String
    package var number: FaxNumber
    package var trunk: TrunkName
    package var stationID: StationID
    package var callerID: CallerID?
    package var header: HeaderText?
    package var resolution: Resolution
    package var ecm: Bool
    /// Offer T.38 and fall back to audio; otherwise audio only.
    package var t38: Bool
    package var rate: SignallingRate
    /// Name of a call file template.
    package var template: String
    package var tag: JobTag?

    package init(
        owner: String, number: FaxNumber, trunk: TrunkName, stationID: StationID, callerID: CallerID? = nil,
        header: HeaderText? = nil, resolution: Resolution, ecm: Bool, t38: Bool, rate: SignallingRate,
        template: String, tag: JobTag? = nil
    ) {
        self.owner = owner
        self.number = number
        self.trunk = trunk
        self.stationID = stationID
        self.callerID = callerID
        self.header = header
        self.resolution = resolution
        self.ecm = ecm
        self.t38 = t38
        self.rate = rate
        self.template = template
        self.tag = tag
    }
}
