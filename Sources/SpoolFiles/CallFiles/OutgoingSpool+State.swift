package import FaxModel

extension OutgoingSpool {
    /// Asterisk adds a note each RetryTime, so a used file may have grown.
    private static let sizeLimit = 1_048_576

    /// Where the attempt's call file is.
    ///
    /// Asterisk moves it from outgoing to archive and never back, so it is looked for in that order, and once more in
    /// the archive: it may have moved between the looks.
    package func state(of attempt: AttemptID) throws(FaxError) -> CallFileState {
        if let bytes = try DurableFile.readIfPresent(outgoingPath(attempt), limit: Self.sizeLimit) {
            return .outgoing(Self.notes(in: Self.wholeLines(bytes)))
        }
        guard let bytes = try DurableFile.readIfPresent(archivePath(attempt), limit: Self.sizeLimit) else {
            return .absent
        }
        let lines = Self.wholeLines(bytes)
        return .archived(status: Self.status(in: lines), notes: Self.notes(in: lines))
    }

    /// The attempts whose call files are in the outgoing spool.
    package func outgoingAttempts() throws(FaxError) -> [AttemptID] { try Self.attempts(in: outgoing) }

    /// The attempts whose call files are in the archive.
    package func archivedAttempts() throws(FaxError) -> [AttemptID] { try Self.attempts(in: archive) }

    /// When the attempt's call file came into the archive; nil where there is none.
    ///
    /// By the inode's time: Asterisk sets the other one into the future when it dials (pbx_spool.c).
    package func archivedAt(_ attempt: AttemptID) -> UnixTime? { DurableFile.inodeChanged(archivePath(attempt)) }

    private static func attempts(in directory: String) throws(FaxError) -> [AttemptID] {
        try DurableFile.list(directory).compactMap { name in
            guard name.hasPrefix("callfax-"), name.hasSuffix(".call") else { return nil }
            return AttemptID(String(name.dropFirst("callfax-".count).dropLast(".call".count)))
        }
    }

    /// Lines that have their newline; the last one may still be under Asterisk's pen.
    private static func wholeLines(_ bytes: [UInt8]) -> [Substring] {
        let end = bytes.lastIndex(of: UInt8(ascii: "\n")) ?? 0
        return String(decoding: bytes[..<end], as: UTF8.self).split(separator: "\n")
    }

    private static func notes(in lines: [Substring]) -> [RetryNote] { lines.compactMap { RetryNote($0) } }

    private static func status(in lines: [Substring]) -> ArchiveStatus? {
        let found = lines.lazy.compactMap { line in
            line.hasPrefix("Status: ") ? ArchiveStatus(rawValue: String(line.dropFirst("Status: ".count))) : nil
        }
        return Array(found).last
    }
}
