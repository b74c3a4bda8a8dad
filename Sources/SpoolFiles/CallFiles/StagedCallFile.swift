import FaxModel

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

/// A call file that lies ready beside the outgoing spool. Dropped before its release, it leaves nothing behind.
///
/// Its name is the same for everybody and locked, so that between the look at the final name and the rename nobody else of
/// ours can take that.
final class StagedCallFile {
    let attempt: AttemptID
    private let file: OpenFile
    private let final: String
    private var isDurable = false
    private var isReleased = false

    /// Writes it 0600 with the time of now: Asterisk holds back a file from the future.
    init(_ attempt: AttemptID, _ contents: [UInt8], in spool: OutgoingSpool) throws(FaxError) {
        self.attempt = attempt
        final = spool.outgoingPath(attempt)
        let opened = try OpenFile(spool.stagedPath(attempt), O_WRONLY | O_CREAT, mode: 0o600)
        guard flock(opened.descriptor, LOCK_EX | LOCK_NB) == 0, Self.isSame(try opened.status(), opened.path) else {
            throw .system("publish", final, errno: EEXIST)
        }
        file = opened
        do throws(FaxError) {
            try refuseForeignOwner(of: spool.outgoing)
            guard !DurableFile.exists(final) else { throw .system("publish", final, errno: EEXIST) }
            try file.setMode(0o600)
            try file.truncate(to: 0)
            try file.writeAll(contents)
            guard futimens(file.descriptor, nil) == 0 else { throw .system("date", file.path, errno: lastError) }
            file.beginWriting()
        } catch {
            unlink(file.path)
            isReleased = true
            throw error
        }
    }

    deinit {
        if !isReleased { unlink(file.path) }
    }

    func synchronize() throws(FaxError) {
        try file.synchronize()
        isDurable = true
    }

    /// Hands it to Asterisk, which sees a renamed file within milliseconds, a linked one only after two seconds.
    func release() throws(FaxError) {
        guard isDurable else { throw FaxError(.software, "\(final) is published before it is on the disk") }
        guard !DurableFile.exists(final) else { throw .system("publish", final, errno: EEXIST) }
        guard rename(file.path, final) == 0 else { throw .system("publish", final, errno: lastError) }
        isReleased = true
    }

    /// Asterisk must own a call file: one that it can't read it deletes, one that it can't write it dials again and again.
    private func refuseForeignOwner(of outgoing: String) throws(FaxError) {
        var directory = stat()
        guard stat(outgoing, &directory) == 0 else { throw .system("look at", outgoing, errno: lastError) }
        let own = try file.status().st_uid
        guard own == directory.st_uid else {
            throw FaxError(
                .noPermission,
                "\(outgoing) belongs to user \(directory.st_uid), a call file would belong to user \(own); "
                    + "run as user \(directory.st_uid)")
        }
    }

    /// Whether the path still names the open file: whoever had the lock before may have renamed it away.
    private static func isSame(_ opened: stat, _ path: String) -> Bool {
        var named = stat()
        return lstat(path, &named) == 0 && named.st_ino == opened.st_ino && named.st_dev == opened.st_dev
    }
}
