import Synchronization

/// What was done to the world outside and could not be noted, as on a full disk: the same process does not do it again, it
/// only notes it when that is possible.
///
/// A process that is killed in between may do it twice; nothing can be done outside and noted here in one step.
final class UnnotedWork: Sendable {
    private let ids = Mutex<Set<Int64>>([])

    func contains(_ id: Int64) -> Bool { ids.withLock { $0.contains(id) } }

    /// It is done; `note` may fail, and is then called again in place of doing it again.
    func finish(_ id: Int64, note: () throws -> Void) rethrows {
        ids.withLock { _ = $0.insert(id) }
        try note()
        ids.withLock { _ = $0.remove(id) }
    }

    /// The same where noting has to wait for its turn.
    func finish(_ id: Int64, note: () async throws -> Void) async rethrows {
        ids.withLock { _ = $0.insert(id) }
        try await note()
        ids.withLock { _ = $0.remove(id) }
    }
}
