/// What happens with the faxes of some calls. A route without any condition is the default.
package struct InboundRoute: Hashable, Sendable {
    /// For people and for the record; unique among the routes.
    package var name: String
    package var dialled: DialledMatch?
    package var caller: CallerMatch?
    package var station: StationMatch?
    package var handling: InboundHandling

    package init(
        name: String, dialled: DialledMatch? = nil, caller: CallerMatch? = nil, station: StationMatch? = nil,
        handling: InboundHandling
    ) {
        self.name = name
        self.dialled = dialled
        self.caller = caller
        self.station = station
        self.handling = handling
    }

    /// What goes before what: the dialled number, then the caller, then the station id.
    package var rank: Int {
        (dialled.map { $0.rank * 10 } ?? 0) + (caller == nil ? 0 : 2) + (station == nil ? 0 : 1)
    }

    /// In words: `number 5550269, caller _0900X.`
    package var condition: String {
        let parts = [
            dialled?.description, caller.map { "caller \($0)" }, station.map { "station id \(quoted($0.description))" },
        ]
        let said = parts.compactMap(\.self).joined(separator: ", ")
        return said.isEmpty ? "everything else" : said
    }
}
