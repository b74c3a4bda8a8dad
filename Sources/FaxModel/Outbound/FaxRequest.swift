/// What a user asked for, for one recipient: every value already parsed.
package struct FaxRequest: Hashable, Sendable, Codable {
    package var owner: String
    /// The canonical form where the settings know one: never two calls at a time to the same.
    package var number: FaxNumber
    /// What is dialled, where that differs from `number`.
    package var dialled: FaxNumber?
    /// Who it is for.
    package var name: RecipientName?
    /// What else a list of recipients said about this one, by column.
    package var fields: [String: String]?
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
        owner: String, number: FaxNumber, dialled: FaxNumber? = nil, name: RecipientName? = nil,
        fields: [String: String]? = nil, trunk: TrunkName, stationID: StationID, callerID: CallerID? = nil,
        header: HeaderText? = nil, resolution: Resolution, ecm: Bool, t38: Bool, rate: SignallingRate,
        template: String, tag: JobTag? = nil
    ) {
        self.owner = owner
        self.number = number
        self.dialled = dialled
        self.name = name
        self.fields = fields
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
