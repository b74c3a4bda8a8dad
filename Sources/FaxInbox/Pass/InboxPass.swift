package import FaxModel

/// What one pass of the inbox did, and what a person should look at.
package struct InboxPass: Hashable, Sendable, Codable {
    /// Reports that came into the journal.
    package var journalled = 0
    /// Calls that ended without a report and were found by what they left.
    package var salvaged = 0
    /// Faxes put into the archive.
    package var archived = 0
    /// Calls that left nothing.
    package var empty = 0
    /// Calls that weren't let in.
    package var blocked = 0
    /// Faxes that a rule calls junk.
    package var junk = 0
    package var sent = 0
    /// Messages to be tried again.
    package var deferred = 0
    /// Messages given up.
    package var failed = 0
    /// One line each.
    package var problems: [String] = []
    /// When the next queued message is due; nil where none is queued.
    package var nextMail: UnixTime?

    /// Whether the next pass has something to do at once.
    package var hasMore: Bool { sent + failed + archived + empty > 0 }

    package init() {}
}
