import FaxModel
import Synchronization

/// Mailboxes are not asked at every pass.
final class LookTimes: Sendable {
    private let last = Mutex<[Int64: UnixTime]>([:])

    /// Whether it is time to look for the fax of that run again.
    func isDue(_ run: Int64, every seconds: Int64, now: UnixTime) -> Bool {
        last.withLock { last in
            if let before = last[run], now >= before, now < before.adding(seconds: seconds) { return false }
            last[run] = now
            return true
        }
    }

    func forget(_ run: Int64) { last.withLock { _ = $0.removeValue(forKey: run) } }
}
