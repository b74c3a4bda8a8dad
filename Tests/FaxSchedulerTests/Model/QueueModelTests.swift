import Foundation
import Testing

/// Random histories of the queue, against a small model of it that shares no line with it.
@Suite(.serialized) struct QueueModelTests {
    private static let environment = ProcessInfo.processInfo.environment
    private static let length = 400
    /// A few seconds; the long proof has 100,000 steps.
    private static let histories = environment["CALLFAX_LONG_PROOFS"] == nil ? 2 : 250

    @Test("whatever people, Asterisk and the clock do, every fax is where the rules say, and no page arrives twice")
    func histories() {
        let seed = Self.environment["CALLFAX_SEED"].flatMap { UInt64($0) } ?? .random(in: 0...999_999_999)
        var runner = HistoryRunner()
        for index in 0..<Self.histories {
            if !runner.run(seed: seed &+ UInt64(index), length: Self.length) { break }
        }
        let divergences = runner.divergence == nil ? 0 : 1
        print("model: \(runner.steps) steps, \(runner.jobs) jobs, \(divergences) divergences, seed \(seed)")
        func list(_ counts: [String: Int]) -> String {
            counts.sorted { $0.key < $1.key }.map { "\($0.value) \($0.key)" }.joined(separator: ", ")
        }
        print("model: \(list(runner.counts))")
        print("model: \(list(runner.happened))")
        print("model: \(list(runner.ends))")
        if let divergence = runner.divergence { Issue.record("\(divergence)") }
    }
}
