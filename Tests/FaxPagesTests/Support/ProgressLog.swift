import Synchronization

/// What a progress callback was told, from whatever thread.
final class ProgressLog: Sendable {
    private let told = Mutex<[[Int]]>([])
    func add(_ done: Int, _ total: Int) { told.withLock { $0.append([done, total]) } }
    var calls: [[Int]] { told.withLock { $0 } }
}
