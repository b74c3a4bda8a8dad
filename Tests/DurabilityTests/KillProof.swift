import Foundation
import Synchronization
import Testing

/// A program killed at every change that it makes, one run for each, and what must hold after each recovery.
struct KillProof: Sendable {
    var name: String
    /// Makes a site ready for the program.
    var prepare: @Sendable (CrashSite) throws -> Void
    /// Runs the program, to be killed there.
    var run: @Sendable (CrashSite, KillPoint?) throws -> Trace
    /// Recovers and says in words what is wrong; empty when all is well.
    var check: @Sendable (CrashSite, Trace) throws -> [String]

    struct Result {
        /// The run that nobody killed.
        var reference: Trace
        var root: String
        var tried: Int
        var problems: [String]
    }

    private static let isLong = ProcessInfo.processInfo.environment["CALLFAX_LONG_PROOFS"] != nil
    /// Two runs at a time over all proofs, or other tests had no processor left.
    private static let turns = DispatchSemaphore(value: 2)
    /// How many points a short run tries; they are spread evenly.
    private static let sample = 16

    /// All points, or in a short run some of them.
    func result() async throws -> Result {
        // A killed program loses nothing that the kernel has: in memory the same calls are made, and take no time.
        let memory = access("/dev/shm", W_OK) == 0 ? "/dev/shm" : "/tmp"
        let base = "\(memory)/callfax-kill-\(UUID().uuidString.prefix(8).lowercased())"
        defer { try? FileManager.default.removeItem(atPath: base) }
        try FileManager.default.createDirectory(atPath: base, withIntermediateDirectories: true)
        try await Self.onThread { _ = CrashSite.document }
        let root = base + "/reference"
        let (reference, complaints) = try await Self.onThread { try attempt(root, nil) }
        let all = Self.points(of: reference, root: root)
        let step = Self.isLong ? 1 : max(1, all.count / Self.sample)
        let ledger = Ledger(
            points: stride(from: 0, to: all.count, by: step).map { all[$0] },
            problems: complaints.map { "\(name), not killed: \($0)" })
        try await withThrowingTaskGroup(of: Void.self) { group in
            for worker in 0..<2 {
                group.addTask { try await Self.onThread { try work(ledger, base + "/\(worker)") } }
            }
            try await group.waitForAll()
        }
        let (tried, problems) = ledger.found.withLock { ($0.tried, $0.problems) }
        print("kill points: \(name): \(tried) of \(all.count) tried, \(problems.count) problems")
        fflush(nil)
        return Result(reference: reference, root: root, tried: tried, problems: problems)
    }

    /// What is left to try and what was found, for all workers.
    private final class Ledger: Sendable {
        let points: Mutex<[KillPoint]>
        let found: Mutex<(tried: Int, problems: [String])>

        init(points: [KillPoint], problems: [String]) {
            self.points = Mutex(points.reversed())
            found = Mutex((0, problems))
        }
    }

    private func work(_ ledger: Ledger, _ root: String) throws {
        while let point = ledger.points.withLock({ $0.popLast() }) {
            let (trace, complaints) = try attempt(root, point)
            let place = trace.calls.last.map { ", after: \($0)" } ?? ""
            ledger.found.withLock {
                $0.tried += trace.wasKilled ? 1 : 0
                $0.problems += complaints.map { "\(name), killed \(point)\(place): \($0)" }
            }
        }
    }

    private func attempt(_ root: String, _ point: KillPoint?) throws -> (Trace, [String]) {
        Self.turns.wait()
        defer { Self.turns.signal() }
        let site = try CrashSite(root: root)
        defer { site.remove() }
        try prepare(site)
        let trace = try run(site, point)
        if point == nil, trace.status != 0 {
            return (trace, ["ended with \(trace.status ?? -1): \(site.complaints)"])
        }
        return (trace, try check(site, trace))
    }

    /// Before every change, and in the midst of every write to a file.
    private static func points(of trace: Trace, root: String) -> [KillPoint] {
        trace.calls.enumerated().flatMap { index, call -> [KillPoint] in
            let isTorn = call.kind == .write && call.bytes > 1 && call.path.hasPrefix(root)
            return [.before(index)] + (isTorn ? [.within(index)] : [])
        }
    }

    /// Blocking work, on a thread of its own.
    static func onThread<T: Sendable>(_ body: @escaping @Sendable () throws -> T) async throws -> T {
        try await withCheckedThrowingContinuation { continuation in
            let thread = Thread { continuation.resume(with: Swift.Result { try body() }) }
            thread.stackSize = 8 << 20
            thread.start()
        }
    }
}

extension KillProof.Result {
    /// What was not durable yet when the unkilled run made a change that vouches for it, a line each.
    func hasty(_ vouches: (SystemCall) -> Bool) -> [String] {
        var ledger = DurabilityLedger(root: root, isVolatile: CrashSite.isVolatile)
        var found: [String] = []
        var seen = 0
        for call in reference.calls {
            if vouches(call) {
                seen += 1
                // What is about to get another name need not keep the one that it has.
                found += ledger.open.filter { $0 != call.from.map { "name of \($0)" } }.map {
                    "\(call) before the sync of \($0)"
                }
            }
            ledger.add(call)
        }
        return seen > 0 ? found : ["nothing in the trace vouches for anything"]
    }
}
