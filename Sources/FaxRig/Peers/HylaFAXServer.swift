import FaxModel
import FoundationEssentials
import Glibc

/// Debian's HylaFAX, to be measured beside: scheduler and server in a root of their own, without a modem, with mounts,
/// processes and a loopback of their own that end with them.
package struct HylaFAXServer: Sendable {
    private let root: String
    private let tether: TetheredProcess
    private let server: ProcessIdentity

    /// Its spool is made in `directory`, so that it lies on the same disk as ours. Only root can do that.
    package static func start(in directory: String, say: @Sendable (String) -> Void) async throws -> HylaFAXServer {
        let root = try await DebianRoot.hylafax.provide(in: RigLayout.cache, say: say)
        let spool = directory + "/hylafax"
        let output = directory + "/hylafax.log"
        try FileTree.makeDirectory(spool)
        let tether = try TetheredProcess(
            role: "hylafax", arguments: Jail.hylafax(root: root, spool: spool),
            environment: ["PATH": "/usr/sbin:/usr/bin:/sbin:/bin"], output: output)
        try await RigClock.wait(for: "HylaFAX to listen", seconds: 20) {
            guard tether.isRunning else {
                let words = (try? FileTree.text(output)) ?? ""
                throw FaxError(.unavailable, "HylaFAX ended at once: \(quoted(words, limit: 300))")
            }
            // hfaxd listens on port 4559 (0x11CF); faxq has made its FIFO.
            guard let inside = tether.child, FileTree.exists(spool + "/FIFO") else { return false }
            let sockets = (try? FileTree.text("/proc/\(inside.pid)/net/tcp")) ?? ""
            return sockets.split(separator: "\n").contains { $0.contains(":11CF ") && $0.contains(" 0A ") }
        }
        guard let server = tether.child else { throw FaxError(.unavailable, "HylaFAX is gone") }
        return HylaFAXServer(root: root, tether: tether, server: server)
    }

    /// The command line that submits documents to a list of numbers (sendfax(1): `-n` no cover page, `-z` the list). Both
    /// must lie in the spool's `tmp`, which is all that it sees of the host.
    package func sendfax(list: String, document: String) -> [String] {
        let inside = "/var/spool/hylafax/tmp/"
        return [
            "/usr/bin/nsenter", "--target", "\(server.pid)", "--mount", "--net", "--pid", "/usr/sbin/chroot", root,
            "/usr/bin/env", "LOGNAME=root", "/usr/bin/sendfax", "-h", "localhost", "-n", "-z", inside + list,
            inside + document,
        ]
    }

    /// Jobs that it has accepted, of those whose spool is in `directory`.
    package static func accepted(in directory: String) -> Int {
        FileTree.names(in: directory + "/hylafax/sendq").count { $0.hasPrefix("q") }
    }

    package func end() async throws { try await tether.end() }
}
