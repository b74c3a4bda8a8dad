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

    func stagedPath(_ attempt: AttemptID) -> String { "\(staging)/\(Self.fileName(attempt))" }
    package func outgoingPath(_ attempt: AttemptID) -> String { "\(outgoing)/\(Self.fileName(attempt))" }
    func archivePath(_ attempt: AttemptID) -> String { "\(archive)/\(Self.fileName(attempt))" }

    /// How many are open at a time: far fewer than a process may have.
    private static let group = 64

    /// Puts a call file where Asterisk takes it at once; a name that exists is never replaced.
    ///
    /// Throws with errno EEXIST where the attempt is out already, and where the directory belongs to somebody else; on any
    /// error nothing new is in the outgoing spool.
    package func publish(_ attempt: AttemptID, _ contents: [UInt8]) throws(FaxError) {
        if let error = publish([(attempt, contents)])[attempt] { throw error }
    }

    /// As `publish` of each; returns what went wrong with those that are not out.
    ///
    /// All of a group are written before the first is fsynced, so that one commit of the file system's journal serves them
    /// all, and each is fsynced before the first is renamed.
    package func publish(_ files: [(attempt: AttemptID, contents: [UInt8])]) -> [AttemptID: FaxError] {
        var failures: [AttemptID: FaxError] = [:]
        var rest = files[...]
        while !rest.isEmpty {
            var staged: [StagedCallFile] = []
            for file in rest.prefix(Self.group) {
                do throws(FaxError) {
                    staged.append(try StagedCallFile(file.attempt, file.contents, in: self))
                } catch { failures[file.attempt] = error }
            }
            for step in [StagedCallFile.synchronize, StagedCallFile.release] {
                for file in staged where failures[file.attempt] == nil {
                    do throws(FaxError) { try step(file)() } catch { failures[file.attempt] = error }
                }
            }
            rest = rest.dropFirst(Self.group)
        }
        synchronize()
        return failures
    }

    /// Makes the names of published call files durable. The calls are on their way whatever this says: should a power cut
    /// undo a rename, no call was recorded either and the sweep publishes again.
    private func synchronize() {
        try? DurableFile.fsyncDirectory(outgoing)
        try? DurableFile.fsyncDirectory(staging)
    }

    /// Takes the call file back before Asterisk dials; false where it was not in the outgoing spool any more.
    ///
    /// A call that is going on is not ended by it.
    package func withdraw(_ attempt: AttemptID) throws(FaxError) -> Bool {
        try DurableFile.remove(outgoingPath(attempt))
    }

    /// Removes the archived call file of a settled attempt; `tidy` does it again should it come back.
    @discardableResult
    package func removeArchived(_ attempt: AttemptID) throws(FaxError) -> Bool {
        try DurableFile.discard(archivePath(attempt))
    }
}
