import FoundationEssentials
import Glibc

/// Where a rig keeps everything: outside the source tree, because other users than the caller's must reach it.
package struct RigLayout: Hashable, Sendable {
    package let directory: String

    /// The directory of one rig of one source tree, below `base`; equal names in two trees don't meet.
    init(base: String, name: RigName, checkout: String) {
        directory = "\(base)/\(name)-\(Self.tag(checkout))"
    }

    init(directory: String) { self.directory = directory }

    package var id: String { directory.split(separator: "/").last.map(String.init) ?? "" }
    package var stateFile: String { directory + "/rig.json" }
    /// A record for each process, `ROLE.json`.
    package var processes: String { directory + "/processes" }
    /// What the processes say on their standard outputs, `ROLE.log`.
    package var output: String { directory + "/output" }
    /// Held by flock while the rig is brought up or taken down; outside the directory, because that goes away.
    package var lock: String { directory + ".lock" }
    /// The mail server's.
    package var mail: String { directory + "/mail" }
    package var maildir: String { mail + "/box/Maildir" }

    package func side(_ side: RigSide) -> RigSideLayout {
        RigSideLayout(home: directory + "/" + side.rawValue, maildir: maildir)
    }

    func namespace(_ side: RigSide) -> String { "cfx-\(id)-\(side.rawValue)" }

    /// The relay's.
    var middle: String { "cfx-\(id)-m" }
    /// The lines that go through the relay.
    var relayFile: String { directory + "/relay.json" }

    /// Eight hex digits of a source tree's path (FNV-1a).
    static func tag(_ checkout: String) -> String {
        var hash: UInt32 = 2_166_136_261
        for byte in checkout.utf8 { hash = (hash ^ UInt32(byte)) &* 16_777_619 }
        let hex = String(hash, radix: 16)
        return String(repeating: "0", count: 8 - hex.count) + hex
    }

    /// Where rigs live: /var/lib/callfax-rig as root, the user's cache otherwise.
    static var base: String { geteuid() == 0 ? "/var/lib/callfax-rig" : cache + "/rig" }

    /// Where roots are kept: /var/cache/callfax as root, $XDG_CACHE_HOME/callfax or ~/.cache/callfax otherwise.
    static var cache: String {
        let environment = ProcessInfo.processInfo.environment
        if geteuid() == 0 { return "/var/cache/callfax" }
        if let cache = environment["XDG_CACHE_HOME"], cache.hasPrefix("/") { return cache + "/callfax" }
        return (environment["HOME"] ?? "/tmp") + "/.cache/callfax"
    }
}
