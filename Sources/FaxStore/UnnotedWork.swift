import Synchronization

/// What was done to the world outside and could not be noted, as on a full disk: the same process does not do it again, it
/// only notes it when that is possible.
///
/// A process that is killed in between may do it twice; nothing can be done outside and noted here in one step.
package final class UnnotedWork: Sendable {
    private let ids = Mutex<Set<Int64>>([])

    package init() {}

    package func contains(_ id: Int64) -> Bool { ids.withLock { $0.contains(id) } }

    /// It is done; `note` may fail, and is then called again in place of doing it again.
    package func finish(_ id: Int64, note: () throws -> Void) rethrows {
        ids.withLock { _ = $0.insert(id) }
        try note()
        ids.withLock { _ = $0.remove(id) }
    }
}
