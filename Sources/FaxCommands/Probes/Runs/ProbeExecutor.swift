import Dispatch

/// A thread of its own for the store, documents and mailboxes of probes: on two cores they would starve the shared pool.
final class ProbeExecutor: TaskExecutor {
    private let queue = DispatchQueue(label: "callfax.probes")

    static let shared = ProbeExecutor()

    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        queue.async { job.runSynchronously(on: self.asUnownedTaskExecutor()) }
    }
}
