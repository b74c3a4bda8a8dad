import FaxModel
import FaxRig
import FaxScheduler
import FaxStore
import Foundation
import SpoolFiles

/// A pass that puts a thousand due calls of one broadcast into Asterisk's spool, one that looks at two hundred calls in
/// which nothing has happened since, and one that has nothing to do.
struct PublishBench {
    let programs: RigPrograms
    let runs: Int
    let directory: BenchDirectory

    private static let calls = 1000
    private static let underWay = 200

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
            BenchRow("queue.busy-pass-\(Self.underWay)", ours: try busyPass(), atMost: 10, unit: "ms"),
            BenchRow("queue.idle-pass", ours: Stopwatch.median(idle), atMost: 1, unit: "ms"),
        ]
    }

    private func busyPass() throws -> Double {
        let site = try BenchSite(programs, "busy", in: directory.path, lines: Self.underWay)
        let queue = site.installation
        _ = try Stopwatch.time(site.faxSend("-z", try site.list(Self.underWay)))
        _ = try queue.scheduler.runOnce(now: Clock.now)
        // As fax-agi leaves it when a call begins.
        for (index, attempt) in try queue.outgoing.outgoingAttempts().enumerated() {
            let call = try ChannelID(parsing: "1.\(index)")
            let marker = StartMarker(
                holder: .call, attempt: attempt, at: Clock.now(), uniqueid: call, channel: "PJSIP/trunk",
                asterisk: .current())
            guard try Gate(queue.layout).take(marker) else { throw FaxError(.software, "\(attempt) has a marker") }
            try Data(count: 16_384).write(to: URL(fileURLWithPath: queue.layout.reservedResult(attempt, call)))
        }
        _ = try queue.scheduler.runOnce(now: Clock.now)
        let calls = try queue.jobs.openCalls()
        guard calls.count == Self.underWay, calls.allSatisfy({ $0.attempt.state == .started }) else {
            throw FaxError(.software, "not all \(Self.underWay) calls are under way")
        }
        // Files that have just changed are read each time.
        Thread.sleep(forTimeInterval: 1.5)
        _ = try queue.scheduler.runOnce(now: Clock.now)
        return try Stopwatch.median(runs: 5 * runs) { _ = try queue.scheduler.runOnce(now: Clock.now) }
    }
}
