/// Whether people know that a probe fails: told after so many failures in a row, and told when one arrives again.
package struct ProbeAlarm: Hashable, Sendable {
    package enum News: String, Sendable {
        case alarm = "probe-alarm"
        case over = "probe-over"
    }

    /// In a row.
    package var failures: Int
    package var isOn: Bool

    package init(failures: Int = 0, isOn: Bool = false) {
        self.failures = failures
        self.isOn = isOn
    }

    /// Counts the end of a run; returns what people are to be told. What was missed says nothing.
    package mutating func note(_ state: ProbeRun.State, limit: Int) -> News? {
        switch state {
        case .failed:
            failures += 1
            guard !isOn, failures >= limit else { return nil }
            isOn = true
            return .alarm
        case .passed:
            failures = 0
            guard isOn else { return nil }
            isOn = false
            return .over
        case .calling, .looking, .missed: return nil
        }
    }
}
