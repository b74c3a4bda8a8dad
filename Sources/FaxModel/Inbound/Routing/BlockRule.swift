/// Calls that nobody wants: by caller before they are answered, by station id once it is known.
package struct BlockRule: Hashable, Sendable {
    package enum Answer: String, CaseIterable, Hashable, Sendable, Codable {
        /// The caller hears the busy tone.
        case busy
        /// It rings until the caller gives up.
        case silent
    }

    /// For the record and the counts.
    package var name: String
    package var caller: CallerMatch?
    package var station: StationMatch?
    package var answer: Answer

    package init(name: String, caller: CallerMatch? = nil, station: StationMatch? = nil, answer: Answer = .busy) {
        self.name = name
        self.caller = caller
        self.station = station
        self.answer = answer
    }

    /// Before the call is answered: only a rule that asks for nothing but the caller can say so.
    package func refuses(caller number: String) -> Bool { station == nil && caller?.matches(number) == true }

    /// Whether a received fax is junk by this rule.
    package func fits(caller number: String, station id: String) -> Bool {
        guard caller != nil || station != nil else { return false }
        return caller?.matches(number) ?? true && station?.matches(id) ?? true
    }
}
