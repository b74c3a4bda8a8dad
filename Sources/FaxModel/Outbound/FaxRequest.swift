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
    /// The one trunk that it shall go out by; nil for whichever has a line.
    package var trunk: TrunkName?
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
    /// Who is told of its end by mail, and of what else; nil: nobody.
    package var notify: Notify?
    /// The probe whose fax it is: nobody's job, in nobody's list.
    package var probe: ProbeName?

    package init(
        owner: String, number: FaxNumber, dialled: FaxNumber? = nil, name: RecipientName? = nil,
        fields: [String: String]? = nil, trunk: TrunkName? = nil, stationID: StationID, callerID: CallerID? = nil,
        header: HeaderText? = nil, resolution: Resolution, ecm: Bool, t38: Bool, rate: SignallingRate,
        template: String, tag: JobTag? = nil, notify: Notify? = nil, probe: ProbeName? = nil
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
        self.notify = notify
        self.probe = probe
    }
}

extension FaxRequest {
    /// How its calls shall transmit.
    package var mode: CallMode { CallMode(t38: t38, ecm: ecm, rate: rate, resolution: resolution) }

    /// Both may go out in one call: the far end sees the same sender, the same line and the same way of sending.
    package func sharesCall(with other: FaxRequest) -> Bool {
        number == other.number && dialled == other.dialled && trunk == other.trunk && stationID == other.stationID
            && callerID == other.callerID && header == other.header && mode == other.mode && template == other.template
    }
}
