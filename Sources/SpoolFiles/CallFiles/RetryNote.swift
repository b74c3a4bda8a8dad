package import FaxModel

/// A line that Asterisk adds to a call file while it works on it: `StartRetry: PID COUNT (TIME)` (pbx_spool.c).
package struct RetryNote: Hashable, Sendable {
    package enum Kind: String, CaseIterable, Sendable {
        /// A dial began.
        case start = "StartRetry"
        /// A dial failed; another follows.
        case end = "EndRetry"
        /// An Asterisk found the unfinished dial of one that is gone.
        case abort = "AbortRetry"
        /// The dial is still going on, or Asterisk believes so.
        case delayed = "DelayedRetry"
    }

    package var kind: Kind
    /// Asterisk's own number.
    package var pid: Int32
    /// Dials so far.
    package var count: Int
    /// What Asterisk wrote; of a StartRetry that is RetryTime later than the dial.
    package var time: UnixTime

    /// nil for any other line and a torn one.
    init?(_ line: Substring) {
        let fields = line.split(separator: " ")
        guard fields.count == 4, fields[0].last == ":",
            let kind = Kind.allCases.first(where: { $0.rawValue == fields[0].dropLast() }),
            let pid = Int32(fields[1]), let count = Int(fields[2]),
            fields[3].first == "(", fields[3].last == ")", let seconds = Int64(fields[3].dropFirst().dropLast())
        else { return nil }
        self.kind = kind
        self.pid = pid
        self.count = count
        time = UnixTime(seconds: seconds)
    }
}
