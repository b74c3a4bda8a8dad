import Dispatch

/// Threads of its own for drawing and coding pages, which would hold up everything else in the cooperative pool.
final class PagesExecutor: TaskExecutor {
    private let queue: DispatchQueue

    /// As many threads as there are cores.
    static let shared = PagesExecutor(DispatchQueue(label: "callfax.pages", attributes: .concurrent))

    /// A thread that is there at once, however many are blocked: the shared ones, were they all, would get another only
    /// after a second.
    static func ofOneThread() -> PagesExecutor { PagesExecutor(DispatchQueue(label: "callfax.pages.strand")) }

    private init(_ queue: DispatchQueue) { self.queue = queue }

    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        queue.async { job.runSynchronously(on: self.asUnownedTaskExecutor()) }
    }
}
