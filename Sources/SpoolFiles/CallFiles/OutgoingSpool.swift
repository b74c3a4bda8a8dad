package import FaxModel

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

/// Asterisk's spool for call files, and the directory beside it where we make them ready.
package struct OutgoingSpool: Hashable, Sendable {
    /// What Asterisk watches, usually /var/spool/asterisk/outgoing.
    package let outgoing: String
    /// Where it moves used files, usually /var/spool/asterisk/outgoing_done.
    package let archive: String
    /// Ours, on the same file system and never inside `outgoing`: Asterisk reads dot files too.
    package let staging: String

    /// Absolute paths without a trailing slash.
    package init(outgoing: String, archive: String, staging: String) {
        self.outgoing = outgoing
        self.archive = archive
        self.staging = staging
    }

    package static func fileName(_ attempt: AttemptID) -> String { "callfax-\(attempt).call" }

    func outgoingPath(_ attempt: AttemptID) -> String { "\(outgoing)/\(Self.fileName(attempt))" }
    func archivePath(_ attempt: AttemptID) -> String { "\(archive)/\(Self.fileName(attempt))" }

    /// Puts a call file where Asterisk takes it at once; a name that exists is never replaced.
    ///
    /// Staged 0600 with the time of now (Asterisk holds back a file from the future), fsynced, then renamed: Asterisk
    /// sees a renamed file within milliseconds, a linked one only after two seconds. Throws with errno EEXIST where the
    /// attempt is out already, and where the directory belongs to somebody else; on any error nothing new is in the outgoing
    /// spool.
    ///
    /// With `synchronizing` false the directories are left to a later `synchronize()`, for many files at once.
    package func publish(
        _ attempt: AttemptID, _ contents: [UInt8], synchronizing: Bool = true
    ) throws(FaxError) {
        let staged = "\(staging)/\(Self.fileName(attempt))"
        let final = outgoingPath(attempt)
        // The staged name is the same for everybody and locked, so that between the look at the final name and the
        // rename nobody else of ours can take it.
        let file = try OpenFile(staged, O_WRONLY | O_CREAT, mode: 0o600)
        guard flock(file.descriptor, LOCK_EX | LOCK_NB) == 0, Self.isSame(try file.status(), staged) else {
            throw .system("publish", final, errno: EEXIST)
        }
        do throws(FaxError) {
            try refuseForeignOwner(of: file.status())
            guard !DurableFile.exists(final) else { throw .system("publish", final, errno: EEXIST) }
            try file.setMode(0o600)
            try file.truncate(to: 0)
            try file.writeAll(contents)
            guard futimens(file.descriptor, nil) == 0 else { throw .system("date", staged, errno: lastError) }
            try file.synchronize()
            guard rename(staged, final) == 0 else { throw .system("publish", final, errno: lastError) }
        } catch {
            unlink(staged)
            throw error
        }
        if synchronizing { synchronize() }
    }

    /// Makes the names of published call files durable. The calls are on their way whatever this says: should a power cut
    /// undo a rename, no call was recorded either and the sweep publishes again.
    package func synchronize() {
        try? DurableFile.fsyncDirectory(outgoing)
        try? DurableFile.fsyncDirectory(staging)
    }

    /// Asterisk must own a call file: one that it can't read it deletes, one that it can't write it dials again and again.
    private func refuseForeignOwner(of file: stat) throws(FaxError) {
        var directory = stat()
        guard stat(outgoing, &directory) == 0 else { throw .system("look at", outgoing, errno: lastError) }
        guard file.st_uid == directory.st_uid else {
            throw FaxError(
                .noPermission,
                "\(outgoing) belongs to user \(directory.st_uid), a call file would belong to user \(file.st_uid); "
                    + "run as user \(directory.st_uid)")
        }
    }

    /// Whether the path still names the open file: whoever had the lock before may have renamed it away.
    private static func isSame(_ opened: stat, _ path: String) -> Bool {
        var named = stat()
        return lstat(path, &named) == 0 && named.st_ino == opened.st_ino && named.st_dev == opened.st_dev
    }

    /// Takes the call file back before Asterisk dials; false where it was not in the outgoing spool any more.
    ///
    /// A call that is going on is not ended by it.
    package func withdraw(_ attempt: AttemptID) throws(FaxError) -> Bool {
        try DurableFile.remove(outgoingPath(attempt))
    }

    /// Removes the archived call file of a settled attempt.
    @discardableResult
    package func removeArchived(_ attempt: AttemptID) throws(FaxError) -> Bool {
        try DurableFile.remove(archivePath(attempt))
    }
}
