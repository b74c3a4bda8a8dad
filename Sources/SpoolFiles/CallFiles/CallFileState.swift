/// Where Asterisk has the call file of one attempt.
package enum CallFileState: Hashable, Sendable {
    /// Still in the outgoing spool, with what Asterisk noted in it so far; no note means not dialled yet.
    case outgoing([RetryNote])
    /// In the archive. `status` is nil for the moment between Asterisk's rename and the line it then appends.
    case archived(status: ArchiveStatus?, notes: [RetryNote])
    /// In neither place. After a crash that proves nothing.
    case absent
}

/// The last word of an archived call file.
package enum ArchiveStatus: String, CaseIterable, Hashable, Sendable {
    /// The call was answered; says nothing about the fax.
    case completed = "Completed"
    /// No dial was answered.
    case expired = "Expired"
    /// Asterisk could not use the file.
    case failed = "Failed"
}
