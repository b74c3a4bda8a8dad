import FaxModel
import SpoolFiles

extension Rig {
    /// The side's faxd as it was last started; it may be gone.
    package func faxd(_ side: RigSide) -> RigProcess? { records["\(side.rawValue)-faxd"] }

    /// Starts a side's faxd and returns once it holds its lock.
    package func startFaxd(_ side: RigSide) async throws {
        if let running = faxd(side), running.isRunning { return }
        let process = try start(
            side, role: "faxd", "faxd", ["--config", self.side(side).settings], lowPorts: true)
        let lock = self.side(side).spool.daemonLock
        try await waitForStart(of: process, "faxd \(side.rawValue)", to: "hold \(lock)", seconds: 20) {
            FileLock.isHeld(lock)
        }
    }

    /// Stops a side's faxd in order.
    package func stopFaxd(_ side: RigSide) async throws { try await faxd(side)?.stop(patience: 15) }

    /// Ends a side's faxd at once, as a crash would.
    package func killFaxd(_ side: RigSide) async throws { try await faxd(side)?.end() }
}
