package import FaxModel
import Foundation
import Synchronization

/// Several mail servers, tried in their order; one that is not to be had is left alone for a minute.
package final class RelayMailer: Mailer {
    /// Seconds for which one that failed is passed over.
    private static let rest: TimeInterval = 60

    private let relays: [any Mailer]
    /// By their places, when each may be tried again: on the clock that no date moves.
    private let resting = Mutex<[Int: TimeInterval]>([:])
    private let clock: @Sendable () -> TimeInterval

    /// `clock` counts seconds, from whenever.
    package init(
        _ relays: [any Mailer],
        clock: @escaping @Sendable () -> Double = { ProcessInfo.processInfo.systemUptime }
    ) {
        self.relays = relays
        self.clock = clock
    }

    /// The answer of the first that is to be had about this message; unavailable where none is.
    package func deliver(_ message: MailMessage, to recipient: EmailAddress) async throws(MailFailure) {
        let now = clock()
        let resting = resting.withLock { $0.filter { $0.value > now } }
        let fit = relays.indices.filter { resting[$0] == nil }
        var failure: MailFailure?
        // Where all rest, all are asked: somebody must find out that one is back.
        for index in fit.isEmpty ? Array(relays.indices) : fit + relays.indices.filter({ resting[$0] != nil }) {
            do throws(MailFailure) {
                try await relays[index].deliver(message, to: recipient)
                self.resting.withLock { $0[index] = nil }
                return
            } catch {
                guard error.kind == .unavailable else { throw error }
                self.resting.withLock { $0[index] = clock() + Self.rest }
                failure = MailFailure(
                    .unavailable, failure.map { "\($0.message); \(error.message)" } ?? error.message)
            }
        }
        throw failure ?? MailFailure(.unavailable, "no mail server is set")
    }

    package func rest() async { for relay in relays { await relay.rest() } }
}
