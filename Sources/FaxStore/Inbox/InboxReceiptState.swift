package import FaxModel

/// Where a received fax is on its road. Only the inbox's pass moves it, and whoever removes its files.
package enum InboxReceiptState: String, CaseIterable, Hashable, Sendable, Codable {
    /// Journalled; its file may still lie in the spool. The pass archives it.
    case reported
    /// In the archive, and a message queued for everyone whom it is for. Final.
    case archived
    /// There was nothing to archive. Final.
    case empty
    /// Nobody wanted the call, and it wasn't let in. Final.
    case blocked
    /// Was archived; its files are gone, by a person or because their time was over. Final.
    case removed

    package enum Event: Hashable, Sendable {
        case archived
        case nothingReceived
        case removed
    }

    /// The state after `event`; throws `FaxError.software` where that can't happen.
    package func next(_ event: Event) throws(FaxError) -> InboxReceiptState {
        switch (self, event) {
        case (.reported, .archived): .archived
        case (.reported, .nothingReceived): .empty
        case (.archived, .removed): .removed
        case (.reported, _), (.archived, _), (.empty, _), (.blocked, _), (.removed, _):
            throw FaxError(.software, "a receipt that is \(rawValue) can't become \(event)")
        }
    }
}
