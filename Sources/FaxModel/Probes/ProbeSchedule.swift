/// What became of the moments at which a probe was due.
package struct ProbeSchedule: Hashable, Sendable {
    /// Seconds after its moment up to which a run is begun.
    package static let grace: Int64 = 120

    /// The one that is to be begun now; nil: none.
    package var run: UnixTime?
    /// Those that are over, oldest first.
    package var missed: [UnixTime]

    /// `due` are the moments up to now that nobody looked at yet, oldest first. Of several the last one alone is begun,
    /// and none while a run of the same probe is under way.
    package init(due: [UnixTime], now: UnixTime, isBusy: Bool) {
        missed = due
        if !isBusy, let last = due.last, now.seconds(since: last) <= Double(Self.grace) {
            run = last
            missed.removeLast()
        }
    }
}
