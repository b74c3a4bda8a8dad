import Synchronization

/// What was read from files that have not changed since. A pass looks at the files of all calls that are under way, and
/// few of them change from one pass to the next.
package final class FileMemo<Value: Sendable>: Sendable {
    /// Enough for all calls that are under way.
    private static var limit: Int { 4000 }

    private let known = Mutex<[String: (stamp: FileStamp, value: Value)]>([:])

    package init() {}

    /// `read()`, or what it said of the file as it still is. A file that isn't there is asked for each time.
    package func value(of path: String, _ read: () throws -> Value) throws -> Value {
        // Before the reading: what changes in between has another stamp.
        guard let stamp = FileStamp(of: path), stamp.isSettled else { return try read() }
        if let entry = known.withLock({ $0[path] }), entry.stamp == stamp { return entry.value }
        let value = try read()
        known.withLock { known in
            if known.count >= Self.limit { known = [:] }
            known[path] = (stamp, value)
        }
        return value
    }
}
