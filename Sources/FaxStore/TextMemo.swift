import Synchronization

/// Values of texts that were taken apart before: the same text is always the same value.
final class TextMemo<Value: Sendable>: Sendable {
    /// Enough for all calls that are under way.
    private static var limit: Int { 2000 }

    private let known = Mutex<[String: Value]>([:])

    func value(_ text: String, _ parse: (String) throws -> Value) throws -> Value {
        if let value = known.withLock({ $0[text] }) { return value }
        let value = try parse(text)
        known.withLock { known in
            if known.count >= Self.limit { known = [:] }
            known[text] = value
        }
        return value
    }
}
