import FaxModel
import Glibc

/// A Debian system in a directory of its own with one server package in it: made once, then only read.
///
/// mmdebstrap works in a mount namespace of its own and lets no maintainer script start a service, so nothing of the
/// host's packages, users or services is touched.
struct DebianRoot: Hashable, Sendable {
    var package: String
    var suite: String

    /// The newest Asterisk that Debian has; Debian 12 and 13 have none.
    static let asterisk = DebianRoot(package: "asterisk", suite: "forky")
    /// Asterisk 16, the last of Debian 11.
    static let oldestAsterisk = DebianRoot(package: "asterisk", suite: "bullseye")
    static let mail = DebianRoot(package: "opensmtpd", suite: "bookworm")
    /// Not in the mail server's root, which a newcomer waits for: tests alone want IMAP.
    static let imap = DebianRoot(package: "dovecot-imapd", suite: "bookworm")
    /// With its client, which it depends on.
    static let hylafax = DebianRoot(package: "hylafax-server", suite: "bookworm")

    private static let tool = "/usr/bin/mmdebstrap"

    func directory(in cache: String) -> String { "\(cache)/\(package)-\(suite)" }

    /// Makes the root unless it is there, and returns its directory. Two callers at once make it once.
    func provide(in cache: String, say: @Sendable (String) -> Void) async throws -> String {
        let directory = directory(in: cache)
        if FileTree.exists(directory) { return directory }
        guard FileTree.isExecutable(Self.tool) else {
            throw FaxError(
                .unavailable, "\(package) needs a Debian root, and mmdebstrap is missing: apt-get install mmdebstrap")
        }
        try FileTree.makeDirectory(cache)
        guard let lock = try FileLock(directory + ".lock", waiting: true) else {
            throw FaxError(.unavailable, "\(directory).lock can't be locked")
        }
        defer { lock.release() }
        if FileTree.exists(directory) { return directory }
        say("making a Debian root with \(package) in \(directory): once, a minute or less")
        // A name of its own for each try: an mmdebstrap that outlived its caller goes on writing into the old one.
        let unfinished = directory + ".unfinished"
        for name in FileTree.names(in: cache) where "\(cache)/\(name)".hasPrefix(unfinished) {
            try? FileTree.remove("\(cache)/\(name)")
        }
        let target = "\(unfinished)-\(getpid())"
        try await Command(arguments(target: target), limit: .seconds(1200)).run()
            .checked("mmdebstrap \(suite) with \(package)")
        try FileTree.rename(target, to: directory)
        return directory
    }

    func arguments(target: String) -> [String] {
        [
            Self.tool, "--quiet", "--variant=minbase", "--include=\(package)",
            // Release files of testing can be older than they say they may be.
            "--aptopt=Acquire::Check-Valid-Until \"false\"", suite, target,
        ]
    }
}
