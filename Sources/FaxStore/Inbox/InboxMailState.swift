package import FaxModel

/// Where a message about a received fax is. Only the inbox's pass moves it.
package enum InboxMailState: String, CaseIterable, Hashable, Sendable, Codable {
    /// Waits for its time, the first or the next. A pass tries it.
    case queued
    /// The mail server or the Maildir has it. Final.
    case sent
    /// Refused for good, or tried for too long. Final.
    case failed

    package enum Event: Hashable, Sendable {
        case accepted
        case deferred
        case refused
    }

    /// The state after `event`; throws `FaxError.software` where that can't happen.
    package func next(_ event: Event) throws(FaxError) -> InboxMailState {
        switch (self, event) {
        case (.queued, .accepted): .sent
        case (.queued, .deferred): .queued
        case (.queued, .refused): .failed
        case (.sent, _), (.failed, _):
            throw FaxError(.software, "a message that is \(rawValue) can't be \(event)")
        }
    }
}
