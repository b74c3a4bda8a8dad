package import FaxModel

/// One line of a job's history.
package struct HistoryEntry: Hashable, Sendable, Codable {
    package var at: UnixTime
    package var state: JobState
    package var text: String

    package init(at: UnixTime, state: JobState, text: String) {
        self.at = at
        self.state = state
        self.text = text
    }
}
