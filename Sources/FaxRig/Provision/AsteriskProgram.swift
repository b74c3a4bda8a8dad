import FaxModel
import FoundationEssentials
import Glibc

/// The Asterisk that a rig runs: the host's program, or Debian's in a root.
struct AsteriskProgram: Hashable, Sendable, Codable {
    var path: String
    /// The root that it lives in; nil for the host's own.
    var root: String?

    /// Finds or makes it. Root gets Debian's unless asked otherwise; everybody else needs one on PATH.
    static func provide(
        _ source: RigOptions.AsteriskSource, cache: String, say: @Sendable (String) -> Void
    ) async throws -> AsteriskProgram {
        let isRoot = geteuid() == 0
        switch source {
        case .debian where !isRoot, .oldest where !isRoot:
            throw FaxError(
                .noPermission, "only root can run Asterisk in a root of its own; install an asterisk on PATH")
        case .debian, .oldest: break
        case .automatic where isRoot: break
        case .automatic, .path:
            if let path = onPath() { return AsteriskProgram(path: path, root: nil) }
            throw FaxError(
                .unavailable,
                isRoot
                    ? "there is no asterisk on PATH"
                    : "there is no asterisk on PATH, and only root can make one in a root of its own: "
                        + "run this as root, or install Asterisk; everything but the rig works without")
        }
        let wanted = source == .oldest ? DebianRoot.oldestAsterisk : .asterisk
        let root = try await wanted.provide(in: cache, say: say)
        return AsteriskProgram(path: "/usr/sbin/asterisk", root: root)
    }

    /// Whether it has a module, where Debian or Asterisk's own `make install` puts them.
    func has(_ module: String) -> Bool {
        let libraries = (root ?? "") + "/usr/lib"
        let places = ["asterisk/modules"] + FileTree.names(in: libraries).map { $0 + "/asterisk/modules" }
        return places.contains { FileTree.exists("\(libraries)/\($0)/\(module)") }
    }

    private static func onPath() -> String? {
        (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":")
            .map { $0 + "/asterisk" }.first { $0.hasPrefix("/") && FileTree.isExecutable($0) }
    }
}
