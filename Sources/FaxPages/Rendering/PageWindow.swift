import Glibc

/// Finished pages on their way into the file: made in any order, taken in theirs, and never many ahead of it.
///
/// Whoever is too far ahead waits, and so does who wants a page that isn't made yet: only for threads that may be blocked
/// (`PagesExecutor`).
final class PageWindow: @unchecked Sendable {
    private let width: Int
    private var next = 0
    private var made: [Int: Result<[CodedPage], any Error>] = [:]
    private var isClosed = false
    private let mutex = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
    private let changed = UnsafeMutablePointer<pthread_cond_t>.allocate(capacity: 1)

    /// `width` is how many pages may be made from the one on that is taken next.
    init(width: Int) {
        self.width = width
        pthread_mutex_init(mutex, nil)
        pthread_cond_init(changed, nil)
    }

    deinit {
        pthread_cond_destroy(changed)
        pthread_mutex_destroy(mutex)
        changed.deallocate()
        mutex.deallocate()
    }

    /// Hands over what became of the page at `place`. Throws CancellationError once nothing is wanted any more.
    func put(_ pages: Result<[CodedPage], any Error>, at place: Int) throws {
        try locked {
            while !isClosed, place >= next + width { pthread_cond_wait(changed, mutex) }
            guard !isClosed else { throw CancellationError() }
            made[place] = pages
        }
    }

    /// The next page, once it is made; throws what its maker gave instead of it.
    func take() throws -> [CodedPage] {
        try locked {
            while !isClosed, made[next] == nil { pthread_cond_wait(changed, mutex) }
            defer { next += 1 }
            return try made.removeValue(forKey: next)?.get() ?? []
        }
    }

    /// Nothing is wanted any more: who waits gives up.
    func close() { locked { isClosed = true } }

    private func locked<Value>(_ body: () throws -> Value) rethrows -> Value {
        pthread_mutex_lock(mutex)
        defer {
            pthread_cond_broadcast(changed)
            pthread_mutex_unlock(mutex)
        }
        return try body()
    }
}
