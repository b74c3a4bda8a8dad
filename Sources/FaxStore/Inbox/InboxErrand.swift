package import FaxModel

/// Something to be done about a received fax besides mail.
package struct InboxErrand: Hashable, Sendable, Codable {
    package enum Kind: String, CaseIterable, Sendable, Codable {
        /// On paper, by lp(1).
        case print
        /// A copy into a directory.
        case folder
        /// A program that reads JSON.
        case command
        /// The archive's PDF made smaller.
        case repack
        /// The text read, for searching.
        case read

        /// Whether it can go on while somebody waits for the fax.
        package var isDelivery: Bool { self == .print || self == .folder || self == .command }
    }

    package enum State: String, Sendable, Codable {
        case queued
        /// Final.
        case done
        /// Tried for too long, or it can't be done. Final.
        case failed
    }

    /// A delivery that was given up.
    package var isLost: Bool { state == .failed && kind.isDelivery }

    /// One to be queued.
    package struct Draft: Hashable, Sendable {
        package var kind: Kind
        package var target: String
        /// nil: at once.
        package var at: UnixTime?
        /// A person's quiet hours named the time.
        package var isNamed: Bool

        package init(_ kind: Kind, target: String = "", at: UnixTime? = nil, isNamed: Bool = false) {
            self.kind = kind
            self.target = target
            self.at = at
            self.isNamed = isNamed
        }
    }

    package var id: Int64
    package var uniqueid: String
    package var kind: Kind
    package var target: String
    package var state: State
    /// Tries so far.
    package var tries: Int
    package var createdAt: UnixTime
    /// When its first try was to be.
    package var dueAt: UnixTime
    package var nextAt: UnixTime
    package var lastError: String?
    package var doneAt: UnixTime?
}
