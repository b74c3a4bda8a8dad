import FaxModel

/// Waiting for something that another process does: a condition, a deadline, and what to say when it is missed.
package enum RigClock {
    /// How often a condition is looked at. Files, sockets and Asterisk's console give no common signal to wait on, and looking
    /// costs the processor time that the calls need: most looks start a program.
    package static let interval: Duration = .milliseconds(200)

    /// Returns when `condition` holds; throws one line that names `what` after `seconds`.
    package static func wait(
        for what: String, seconds: Double, _ condition: () async throws -> Bool
    ) async throws {
        guard try await holds(within: seconds, condition) else {
            throw FaxError(.unavailable, "waited \(seconds) s in vain for \(what)")
        }
    }

    /// Whether `condition` came to hold within `seconds`.
    package static func holds(within seconds: Double, _ condition: () async throws -> Bool) async throws -> Bool {
        let end = ContinuousClock.now + .seconds(seconds)
        while true {
            if try await condition() { return true }
            if ContinuousClock.now >= end { return false }
            try await Task.sleep(for: interval)
        }
    }
}
