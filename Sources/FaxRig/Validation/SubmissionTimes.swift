import Foundation
import Synchronization

/// When fax-send was started for each scenario, in seconds since 1970.
final class SubmissionTimes: Sendable {
    private let times = Mutex<[String: Double]>([:])

    func note(_ scenario: String) { times.withLock { $0[scenario] = Date().timeIntervalSince1970 } }
    subscript(scenario: String) -> Double? { times.withLock { $0[scenario] } }
}
