package import FaxModel

/// Which jobs are looked for; everything that is said must fit.
package struct JobFilter: Hashable, Sendable, Codable {
    package var states: [JobState]?
    package var number: FaxNumber?
    package var tag: JobTag?
    package var owner: String?
    package var group: Int64?
    package var unfinished: Bool
    package var held: Bool
    /// Those of probes as well.
    package var probes: Bool
    /// Submitted at or after.
    package var since: UnixTime?
    /// Submitted before.
    package var until: UnixTime?
    /// With a smaller number than this one.
    package var before: Int64?
    package var limit: Int

    package init(
        states: [JobState]? = nil, number: FaxNumber? = nil, tag: JobTag? = nil, owner: String? = nil,
        group: Int64? = nil, unfinished: Bool = false, held: Bool = false, probes: Bool = false, since: UnixTime? = nil,
        until: UnixTime? = nil, before: Int64? = nil, limit: Int = 50
    ) {
        self.states = states
        self.number = number
        self.tag = tag
        self.owner = owner
        self.group = group
        self.unfinished = unfinished
        self.held = held
        self.probes = probes
        self.since = since
        self.until = until
        self.before = before
        self.limit = limit
    }
}
