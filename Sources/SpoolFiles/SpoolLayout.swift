package import FaxModel

/// Where everything lies below one spool directory. All paths are absolute, and Asterisk sees them under the same names.
///
/// The whole tree belongs to Asterisk's user, directories 0750, files 0640.
package struct SpoolLayout: Hashable, Sendable {
    /// FAXSPOOL of the dialplan, without a trailing slash.
    package let root: String

    package init(root: String) { self.root = root }

    // The sending half
    /// Rendered pages, one TIFF for each document set, shared by all its recipients.
    package var documents: String { root + "/documents" }
    /// Documents of other users while they come in over faxd's socket.
    package var arriving: String { root + "/arriving" }
    /// One TIFF for each attempt.
    package var attempts: String { root + "/attempts" }
    /// The gate: one marker for each attempt that a call started or that the scheduler closed.
    package var started: String { root + "/started" }
    /// What the calls reported, and the reserved space of reports to come (names that begin with a dot).
    package var results: String { root + "/results" }

    /// What failed probes' calls were like.
    package var probes: String { root + "/probes" }

    // The receiving half
    /// Where ReceiveFAX writes.
    package var incoming: String { root + "/incoming" }
    /// A marker for each call that is about to receive.
    package var receiving: String { root + "/receiving" }
    /// What the calls reported.
    package var received: String { root + "/received" }
    /// A directory for each dialled number.
    package var archive: String { root + "/archive" }
    /// Files that are made for messages, and PDFs while they are made anew.
    package var messages: String { root + "/messages" }
    /// Calls that nobody wants, for fax-agi.
    package var blockList: String { root + "/blocked.json" }

    // Ours alone
    /// The store's SQLite file.
    package var store: String { root + "/callfax.sqlite" }
    /// Held by flock while a pass of the scheduler runs.
    package var schedulerLock: String { root + "/scheduler.lock" }
    /// Exists while somebody wants another pass of the scheduler.
    package var schedulerWake: String { root + "/scheduler.wake" }
    /// Held by flock while a pass of the inbox runs.
    package var inboxLock: String { root + "/inbox.lock" }
    /// Held by flock while received faxes are printed, read and made smaller.
    package var errandLock: String { root + "/errands.lock" }
    /// Datagram socket of a running faxd: one byte wakes it.
    package var pokeSocket: String { root + "/poke" }
    /// Held by flock for as long as a faxd lives.
    package var daemonLock: String { root + "/faxd.lock" }

    package var directories: [String] {
        [
            root, documents, arriving, attempts, started, results, incoming, receiving, received, archive, messages,
            probes,
        ]
    }

    package func attemptTIFF(_ id: AttemptID) -> String { attempts + "/\(id).tiff" }
    package func marker(_ id: AttemptID) -> String { started + "/\(id)" }
    package func result(_ id: AttemptID, _ call: ChannelID) -> String { results + "/\(id).\(call).json" }
    package func reservedResult(_ id: AttemptID, _ call: ChannelID) -> String { results + "/.\(id).\(call).json" }
    package func incomingTIFF(_ call: ChannelID) -> String { incoming + "/\(call).tiff" }
    package func receivingMarker(_ call: ChannelID) -> String { receiving + "/\(call)" }
    package func receivedReport(_ call: ChannelID) -> String { received + "/\(call).json" }
    package func reservedReceivedReport(_ call: ChannelID) -> String { received + "/.\(call).json" }
}
