import FaxModel
import Foundation
import Logging
import Synchronization

/// Takes the connections of a listening socket one after the other, on a thread of its own, until it is told to stop.
final class AcceptLoop: Sendable {
    private let listener: Int32
    private let name: String
    private let logger: Logger
    private let complaints = NewComplaints()
    private let isStopping = Mutex(false)

    /// `name` stands in the log.
    init(_ listener: Int32, name: String, logger: Logger) {
        self.listener = listener
        self.name = name
        self.logger = logger
    }

    /// `take` gets each connection; `withoutFiles` is called where there is no descriptor left for one, and may wait.
    func start(
        withoutFiles: @escaping @Sendable () -> Void = { AcceptLoop.pause() },
        _ take: @escaping @Sendable (Int32) -> Void
    ) {
        Thread.detachNewThread { [self] in
            while true {
                let connection = accept(listener, nil, nil)
                if connection >= 0 {
                    _ = complaints.among([])
                    take(connection)
                    continue
                }
                let number = errno
                if isStopping.withLock({ $0 }) { return }
                if number == EINTR || number == ECONNABORTED { continue }
                for problem in complaints.among(["accept: \(String(cString: strerror(number)))"]) {
                    logger.error("\(name)", metadata: ["problem": "\(problem)"])
                }
                if number == EMFILE || number == ENFILE { withoutFiles() } else { Self.pause() }
            }
        }
    }

    /// Takes no more; the socket stays open.
    func stop() {
        isStopping.withLock { $0 = true }
        shutdown(listener, Int32(SHUT_RDWR))
    }

    /// Others will have closed their files, or given back their memory, by then.
    private static func pause() { usleep(100_000) }
}
