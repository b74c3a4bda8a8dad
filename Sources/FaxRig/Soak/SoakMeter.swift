import FaxModel
import Glibc

/// Processor time and memory of the servers, added up over all that were started.
struct SoakMeter {
    /// One process's, as the kernel counts them (proc(5), /proc/PID/stat fields 14 to 17).
    private struct Time {
        var own: Double
        /// Of its children that are over.
        var children: Double
    }

    private var last: [ProcessIdentity: Time] = [:]
    private var roles: [ProcessIdentity: String] = [:]
    /// The most memory that one of ours took, in MB, as it was at each look.
    private(set) var memory: [Double] = []

    /// Looks at what runs; what a killed process used since the last look is lost.
    mutating func look(_ rig: Rig) {
        var most = 0.0
        for side in RigSide.allCases {
            for (role, process) in [("asterisk", rig.asterisk(side)), ("faxd", rig.faxd(side))] {
                guard let process, process.isRunning, let time = Self.time(process.identity.pid) else { continue }
                last[process.identity] = time
                roles[process.identity] = role
                if role == "faxd" { most = max(most, Self.megabytes(process.identity.pid)) }
            }
        }
        memory.append(most)
    }

    /// Seconds of both Asterisks alone.
    var asterisk: Double { sum("asterisk") { $0.own } }
    /// Seconds of both faxd with their children, and of fax-agi, which is Asterisk's child.
    var ours: Double { sum("faxd") { $0.own + $0.children } + sum("asterisk") { $0.children } }

    private func sum(_ role: String, _ part: (Time) -> Double) -> Double {
        last.reduce(0) { $0 + (roles[$1.key] == role ? part($1.value) : 0) }
    }

    private static func time(_ pid: Int32) -> Time? {
        guard let text = try? FileTree.text("/proc/\(pid)/stat"), let close = text.lastIndex(of: ")") else {
            return nil
        }
        let fields = text[text.index(after: close)...].split(separator: " ")
        guard fields.count > 15 else { return nil }
        let ticks = fields[11...14].map { Double($0) ?? 0 }
        let second = Double(sysconf(Int32(_SC_CLK_TCK)))
        return Time(own: (ticks[0] + ticks[1]) / second, children: (ticks[2] + ticks[3]) / second)
    }

    private static func megabytes(_ pid: Int32) -> Double {
        guard let text = try? FileTree.text("/proc/\(pid)/statm"),
            let pages = text.split(separator: " ").dropFirst().first
        else { return 0 }
        return (Double(pages) ?? 0) * Double(sysconf(Int32(_SC_PAGESIZE))) / 1_048_576
    }
}
