import FaxRig
import Foundation
import Synchronization

/// A mail server for each site, the same one for as long as the site's path is used anew.
final class SinkShelf: Sendable {
    private let sinks = Mutex<[String: MailSink]>([:])

    /// A fresh one in place of the last.
    func take(_ root: String) throws -> MailSink {
        let sink = try MailSink(directory: nil)
        sinks.withLock { $0[root] = sink }
        return sink
    }

    func find(_ root: String) -> MailSink? { sinks.withLock { $0[root] } }
}

/// After which changes a message went out twice.
final class DoubledLedger: Sendable {
    private let found = Mutex<[String]>([])

    func add(_ copies: Int, _ trace: Trace) {
        guard copies > 0 else { return }
        found.withLock { $0.append(trace.calls.last.map { "\($0)" } ?? "the start") }
    }

    var calls: [String] { found.withLock { $0 } }
    var count: Int { calls.count }
}
