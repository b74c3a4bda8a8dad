import AsteriskManager
import FaxModel
import FaxSettings
import Synchronization

extension Settings {
    /// Control of running calls; nil where the settings name no manager interface.
    var manager: AsteriskManager? {
        asterisk.manager.map { manager in
            AsteriskManager(
                ManagerAccount(
                    host: manager.host, port: manager.port, user: manager.user, secretFile: manager.secretFile))
        }
    }
}

/// Ends calls that were answered by something that never speaks as a fax machine does: silence costs a line for as long as
/// the far end likes.
final class SilenceWatch: Sendable {
    private let calls: @Sendable () throws(FaxError) -> [LiveCall]
    private let progress: @Sendable () throws(FaxError) -> [FaxProgress]
    private let hangUp: @Sendable (AttemptID) throws(FaxError) -> Bool
    private let seen = Mutex(Seen())

    private struct Seen {
        /// From when on an answered call has been silent. Ringing doesn't count.
        var silent: [AttemptID: ContinuousClock.Instant] = [:]
        /// Calls in which a fax machine has spoken are left alone from then on.
        var spoken: Set<AttemptID> = []
    }

    init(
        calls: @escaping @Sendable () throws(FaxError) -> [LiveCall],
        progress: @escaping @Sendable () throws(FaxError) -> [FaxProgress],
        hangUp: @escaping @Sendable (AttemptID) throws(FaxError) -> Bool
    ) {
        self.calls = calls
        self.progress = progress
        self.hangUp = hangUp
    }

    convenience init(_ manager: AsteriskManager) {
        self.init(
            calls: { () throws(FaxError) in try manager.calls() },
            progress: { () throws(FaxError) in try manager.progress() },
            hangUp: { attempt throws(FaxError) in try manager.hangUp(attempt, why: "silent") })
    }

    /// Hangs up what has been silent for `limit`; one line for each call, for the log. Blocks.
    func runOnce(
        limit: Duration = .seconds(60), now: ContinuousClock.Instant = .now
    ) throws(FaxError) -> [String] {
        let answered = Set(try calls().filter(\.isUp).map(\.attempt))
        let isAnyNew = seen.withLock { seen in
            seen.spoken.formIntersection(answered)
            seen.silent = seen.silent.filter { answered.contains($0.key) }
            return !answered.isSubset(of: seen.spoken)
        }
        guard isAnyNew else { return [] }
        let speaking = Set(try progress().filter(\.hasAnswer).map(\.attempt))
        let over = seen.withLock { seen in
            seen.spoken.formUnion(speaking)
            for call in answered {
                seen.silent[call] = seen.spoken.contains(call) ? nil : seen.silent[call] ?? now
            }
            return seen.silent.filter { now - $0.value >= limit }.map(\.key)
        }
        var ended: [String] = []
        for attempt in over {
            guard try hangUp(attempt) else { continue }
            ended.append("attempt \(attempt): no fax machine spoke for \(limit.components.seconds) s; hung up")
        }
        return ended
    }
}
