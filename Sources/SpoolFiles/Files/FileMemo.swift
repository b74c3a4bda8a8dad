import Synchronization

/// What was read from files that have not changed since. A pass looks at the files of all calls that are under way, and
/// few of them change from one pass to the next.
package final class FileMemo<Value: Sendable>: Sendable {
    /// Enough for all calls that are under way.
    private static var limit: Int { 4000 }

    private let known = Mutex<[String: (stamp: FileStamp, value: Value)]>([:])

    package init() {}

    /// `read()`, or what it said of the file as it still is. A file that isn't there is asked for each time, and so is one of
    /// which it says what is not `worthKeeping`: it may have failed for a reason that passes.
    package func value(
        of path: String, worthKeeping: (Value) -> Bool = { _ in true }, _ read: () throws -> Value
    ) throws -> Value {
        // Before the reading: what changes in between has another stamp.
        guard let stamp = FileStamp(of: path), stamp.isSettled else { return try read() }
        if let entry = known.withLock({ $0[path] }), entry.stamp == stamp { return entry.value }
        let value = try read()
        guard worthKeeping(value) else { return value }
        known.withLock { known in
            if known.count >= Self.limit { known = [:] }
            known[path] = (stamp, value)
        }
        return value
    }
}

extension FileMemo {
    /// What is in one file; what could not be read is read again the next time.
    package func listing<Record>(
        of path: String, _ read: () throws -> Value
    ) throws -> Value where Value == RecordListing<Record> {
        try value(of: path, worthKeeping: \.problems.isEmpty, read)
    }

    /// The same of each file of a directory; `read` gets its name.
    package func listings<Record>(
        in directory: String, _ read: (String) throws -> Value
    ) throws -> [Value] where Value == RecordListing<Record> {
        try DurableFile.list(directory).map { name in try listing(of: "\(directory)/\(name)") { try read(name) } }
    }
}
