import Dispatch

/// A thread of its own for work that blocks (fsync, SQLite, libtiff): on two cores it would starve the shared pool.
struct OwnQueue: Sendable {
    static let sending = OwnQueue("callfax.sending")
    static let asking = OwnQueue("callfax.asking")
    static let notices = OwnQueue("callfax.notices")
    static let events = OwnQueue("callfax.events")
    static let deliveries = OwnQueue("callfax.deliveries")
    static let improving = OwnQueue("callfax.improving")
    static let listening = OwnQueue("callfax.listening")

    private let queue: DispatchQueue

    init(_ label: String) { queue = DispatchQueue(label: label) }

    func run<T: Sendable>(_ body: @escaping @Sendable () throws -> T) async throws -> T {
        try await withCheckedThrowingContinuation { continuation in
            queue.async { continuation.resume(with: Result { try body() }) }
        }
    }
}
