import FaxModel
import Glibc
import SpoolFiles

extension ProcessIdentity {
    /// The process that has this number now; nil when there is none, or only its zombie.
    static func running(_ pid: Int32) -> ProcessIdentity? {
        let found = ProcessIdentity.of(pid: pid)
        return found.startTicks != nil && found.isAlive ? found : nil
    }

    /// Whether this very process, not another with its number, still runs.
    var isRunning: Bool {
        // Ours to reap where we are the parent; otherwise it would stay a zombie for as long as we live.
        var status: Int32 = 0
        _ = waitpid(pid, &status, WNOHANG)
        return isAlive
    }

    /// Sends a signal to this very process; false when it is gone.
    @discardableResult
    func signal(_ number: Int32) -> Bool {
        guard isRunning else { return false }
        return kill(pid, number) == 0
    }
}
