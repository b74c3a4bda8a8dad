import Dispatch

/// Threads of its own for drawing and coding pages, which would hold up everything else in the cooperative pool.
final class PagesExecutor: TaskExecutor {
    private let queue = DispatchQueue(label: "callfax.pages", attributes: .concurrent)

    static let shared = PagesExecutor()

    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        queue.async { job.runSynchronously(on: self.asUnownedTaskExecutor()) }
    }
}
