import FaxModel
import FaxRig
import FaxScheduler
import FaxStore
import Foundation
import SpoolFiles

/// What people and passes wait for with a little history and with a lot of it: ten thousand faxes wait, a faxd runs.
struct HistoryBench {
    let programs: RigPrograms
    let runs: Int
    let directory: BenchDirectory

    private static let waiting = 10_000

    /// A thing that is measured, its figure with both histories, and what it may be at most.
    private struct Figure {
        var name: String
        var value: Double
        var atMost: Double
        var unit = "ms"
    }

    func rows() async throws -> [BenchRow] {
        let few = try await figures(finished: 10_000)
        let many = try await figures(finished: 1_000_000)
        return few.map { row($0, "10k") } + many.map { row($0, "1M") }
            + zip(few, many).filter { $0.0.name != "stats" }.map { few, many in
                // A hundred times the history: three times the time is as good as not growing. Statistics read every fax
                // of the last thirty days, and that's all of them here.
                BenchRow("queue.\(few.name).growth", ours: many.value, theirs: few.value, unit: few.unit, bar: 3)
            }
    }

    private func row(_ figure: Figure, _ size: String) -> BenchRow {
        BenchRow("queue.\(figure.name).\(size)", ours: figure.value, atMost: figure.atMost, unit: figure.unit)
    }

    private func figures(finished: Int) async throws -> [Figure] {
        let site = try BenchSite(programs, "history", in: directory.path, lines: 30)
        defer { try? FileManager.default.removeItem(atPath: site.root) }
        let queue = site.installation
        let now = Clock.now()
        _ = try Stopwatch.time(site.faxSend("-d", "+49301", "--hold"))
        try queue.database.fill(copiesOf: 1, count: finished, ended: now.adding(seconds: -86_400))
        _ = try Stopwatch.time(site.faxSend("-z", try site.list(Self.waiting), "-a", "now + 2 hours"))
        var figures = [
            Figure(name: "idle-pass", value: try idlePass(queue), atMost: 1),
            Figure(name: "claim-30", value: try claim(queue, now: now.adding(seconds: 7300)), atMost: 10),
            Figure(
                name: "alarms",
                value: try Stopwatch.median(runs: runs) { _ = try queue.jobs.troubles(now: Clock.now()) }, atMost: 50),
        ]
        let faxd = try await site.startFaxd()
        let started = ContinuousClock.now
        for (name, atMost, words) in [
            ("list", 50.0, ["list"]), ("list-failed", 50, ["list", "--state", "failed"]),
            ("list-number", 50, ["list", "--number", "+49301000007"]), ("list-active", 50, ["list", "--active"]),
            ("stats", 1000, ["stats"]),
        ] {
            let time = try Stopwatch.median(site.faxQueue(words), runs: runs)
            figures.append(Figure(name: name, value: time, atMost: atMost))
        }
        // Its first look at the alarms comes after five seconds, the cleaning before.
        try await RigClock.wait(for: "faxd to have done all that it does", seconds: 60) {
            ContinuousClock.now - started > .seconds(8)
        }
        guard let child = faxd.child else { throw FaxError(.software, "faxd is gone; see \(site.root)/faxd.log") }
        figures.append(
            Figure(name: "faxd-memory", value: try Self.peak(child), atMost: 100, unit: "MB"))
        try await faxd.end()
        return figures
    }

    private func idlePass(_ queue: Installation) throws -> Double {
        let scheduler = queue.scheduler
        return try Stopwatch.median(runs: 5 * runs) { _ = try scheduler.runOnce(now: Clock.now) }
    }

    /// The transaction that takes thirty calls, at a time when all are due; they are given back each time, and are due then.
    private func claim(_ queue: Installation, now: UnixTime) throws -> Double {
        let rules = ClaimRules(
            trunks: [TrunkLines(try TrunkName(parsing: "trunk"), lines: 30)], faxesInACall: 16, memory: 86_400)
        let failed = CallOutcome(
            delivered: false, cause: .localPublish, pagesConfirmed: 0, answered: false, detail: "bench")
        var times: [Double] = []
        for _ in 0..<runs {
            var calls: [OpenCall] = []
            times.append(
                try Stopwatch.milliseconds {
                    calls = try queue.jobs.claim(
                        rules, now: now, random: { UInt32.random(in: .min ... .max) }, permission: { _ in .now })
                })
            guard calls.count == 30 else { throw FaxError(.software, "\(calls.count) calls were claimed, not 30") }
            try queue.jobs.settle(
                calls.map { call in
                    let next = NextStep(fate: .again(at: Clock.now()), cause: nil, mode: call.job.mode)
                    return SettledPart(call.id, failed, next, dialled: false)
                }, now: now)
        }
        return Stopwatch.median(times)
    }

    /// The most memory that a process has ever had, in MB (VmHWM of proc(5)).
    private static func peak(_ process: ProcessIdentity) throws -> Double {
        let status = try String(contentsOfFile: "/proc/\(process.pid)/status", encoding: .utf8)
        let line = status.split(separator: "\n").first { $0.hasPrefix("VmHWM:") }
        guard let kilobytes = line?.split(separator: " ").dropFirst().first.flatMap({ Double($0) }) else {
            throw FaxError(.software, "process \(process.pid) tells no VmHWM")
        }
        return kilobytes * 1024 / 1_000_000
    }
}
