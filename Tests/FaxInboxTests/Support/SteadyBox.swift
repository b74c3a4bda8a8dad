import SpoolFiles
import Synchronization

/// A steady clock that a test moves.
final class SteadyBox: Sendable {
    private let milliseconds = Mutex<Int64>(1_000_000)

    func advance(_ by: Int64) { milliseconds.withLock { $0 += by } }

    var read: @Sendable () -> SteadyTime? {
        { SteadyTime(boot: "boot", milliseconds: self.milliseconds.withLock { $0 }) }
    }
}
