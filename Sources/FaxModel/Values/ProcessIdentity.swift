/// One life of one process: a number alone is reused, so its start time and the boot it belongs to come along.
package struct ProcessIdentity: Hashable, Sendable, Codable {
    package var pid: Int32
    /// Field 22 of /proc/PID/stat, in clock ticks since boot; nil where there is no /proc.
    package var startTicks: UInt64?
    /// /proc/sys/kernel/random/boot_id; nil where there is none.
    package var bootID: String?

    package init(pid: Int32, startTicks: UInt64? = nil, bootID: String? = nil) {
        self.pid = pid
        self.startTicks = startTicks
        self.bootID = bootID
    }
}
