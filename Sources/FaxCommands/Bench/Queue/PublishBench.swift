import FaxModel
import FaxRig
import FaxScheduler
import Foundation
import SpoolFiles

/// A pass that puts a thousand due calls of one broadcast into Asterisk's spool, and one that has nothing to do.
struct PublishBench {
    let programs: RigPrograms
    let runs: Int
    let directory: BenchDirectory

    private static let calls = 1000

    func rows() throws -> [BenchRow] {
        var rates: [Double] = []
        var idle: [Double] = []
        for run in 0..<3 {
            let site = try BenchSite(programs, "publish-\(run)", in: directory.path, lines: Self.calls)
            do {
                // A pass of its own would publish already: the lock says that one is at it.
                let lock = try PassLock.take(site.installation.layout.schedulerLock)
                _ = try Stopwatch.time(site.faxSend("-z", try site.list(Self.calls)))
                _ = consume lock
            }
            let scheduler = site.installation.scheduler
            let time = try Stopwatch.milliseconds { _ = try scheduler.runOnce(now: Clock.now) }
            let out = try site.published
            guard out == Self.calls else { throw FaxError(.software, "\(out) call files are out, not \(Self.calls)") }
            rates.append(Double(out) / time * 1000)
            let empty = try BenchSite(programs, "idle-\(run)", in: directory.path, lines: 30).installation.scheduler
            idle.append(try Stopwatch.median(runs: 5 * runs) { _ = try empty.runOnce(now: Clock.now) })
        }
        return [
            BenchRow("queue.publish-\(Self.calls)", ours: Stopwatch.median(rates), atLeast: 1000, unit: "1/s"),
            BenchRow("queue.idle-pass", ours: Stopwatch.median(idle), atMost: 1, unit: "ms"),
        ]
    }
}
