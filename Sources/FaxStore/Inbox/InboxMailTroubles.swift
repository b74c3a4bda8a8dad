package import FaxModel

/// What is wrong with the messages about received faxes that wait.
package struct InboxMailTroubles: Hashable, Sendable {
    /// When the oldest of them was first due.
    package var oldestDue: UnixTime?
    /// Why it still waits.
    package var lastError: String?
    /// Messages that a server was given and that it never answered for.
    package var unanswered = 0

    package init() {}
}
