package import FaxModel

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

extension ProcessIdentity {
    /// Who has that number now: start time and boot id as far as /proc gives them (proc(5)).
    package static func of(pid: Int32) -> ProcessIdentity {
        ProcessIdentity(pid: pid, startTicks: stat(of: pid)?.startTicks, bootID: currentBootID())
    }

    /// This process.
    package static func current() -> ProcessIdentity { of(pid: getpid()) }

    /// Whether this very process still runs.
    ///
    /// Without start time and boot id a reused number counts as alive: waiting longer is the safe side. A zombie is dead.
    package var isAlive: Bool {
        guard pid > 0 else { return false }
        if let bootID, let now = Self.currentBootID(), now != bootID { return false }
        guard kill(pid, 0) == 0 || lastError == EPERM else { return false }
        guard let stat = Self.stat(of: pid) else { return true }
        if stat.isZombie { return false }
        return startTicks == nil || startTicks == stat.startTicks
    }

    private static func currentBootID() -> String? {
        guard let bytes = try? DurableFile.read("/proc/sys/kernel/random/boot_id", limit: 64) else { return nil }
        let id = String(decoding: bytes.prefix { $0 > 32 }, as: UTF8.self)
        return id.isEmpty ? nil : id
    }

    private static func stat(of pid: Int32) -> ProcStat? {
        guard let bytes = try? DurableFile.read("/proc/\(pid)/stat", limit: 4096) else { return nil }
        return ProcStat(bytes)
    }
}
