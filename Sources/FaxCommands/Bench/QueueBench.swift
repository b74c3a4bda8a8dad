import FaxModel
import FaxRig
import FaxScheduler
import FaxSettings
import FaxStore
import Foundation
import SpoolFiles

/// The queue on a real disk, with full durability: a spool of its own, real files, and nobody who dials.
struct QueueBench {
    let programs: RigPrograms
    let runs: Int

    private static let waiting = 10_000

    func rows() throws -> [BenchRow] {
        var rows: [BenchRow] = []
        for finished in [10_000, 1_000_000] {
            let root = NSTemporaryDirectory() + "callfax-bench-" + UUID().uuidString
            defer { try? FileManager.default.removeItem(atPath: root) }
            rows += try self.rows(root, finished: finished)
        }
        return rows
    }

    private func rows(_ root: String, finished: Int) throws -> [BenchRow] {
        let site = try makeSite(root)
        let name = finished >= 1_000_000 ? "\(finished / 1_000_000)M" : "\(finished / 1000)k"
        let now = Clock.now()
        let model = try submit(site, ["+49301"], held: true, at: now)
        try site.database.fill(copiesOf: model[0], count: finished, ended: now.adding(seconds: -86_400))
        var rows: [BenchRow] = []

        let numbers = (0..<Self.waiting).map { "+4940\(1_000_000 + $0)" }
        let submitting = try milliseconds { _ = try submit(site, numbers, held: true, at: now) }
        // At least 5,000 recipients a second: two seconds for ten thousand.
        rows.append(BenchRow("queue.submit-10k.\(name)", ours: submitting, atMost: 2000, unit: "ms"))

        let idle = try median { _ = try site.scheduler.runOnce(now: Clock.now) }
        rows.append(BenchRow("queue.idle-pass.\(name)", ours: idle, atMost: 1, unit: "ms"))

        _ = try submit(site, numbers.map { $0 + "9" }, held: false, at: now)
        let trunk = TrunkLines(try TrunkName(parsing: "trunk"), lines: 30)
        var claims: [Double] = []
        for _ in 0..<runs {
            var calls: [OpenCall] = []
            claims.append(
                try milliseconds {
                    calls = try site.jobs.claim(
                        ClaimRules(trunks: [trunk], faxesInACall: 16, memory: 86_400), now: now,
                        random: { UInt32.random(in: .min ... .max) }, permission: { _ in .now })
                })
            guard calls.count == 30 else { throw FaxError(.software, "\(calls.count) calls were claimed, not 30") }
            let failed = CallOutcome(
                delivered: false, cause: .localPublish, pagesConfirmed: 0, answered: false, detail: "bench")
            try site.jobs.settle(
                calls.map {
                    SettledPart(
                        $0.id, failed, NextStep(fate: .again(at: now), cause: nil, mode: $0.job.mode), dialled: false)
                }, now: now)
        }
        rows.append(BenchRow("queue.claim-30.\(name)", ours: Stopwatch.median(claims), atMost: 10, unit: "ms"))

        setenv("CALLFAX_CONFIG", root + "/callfax.yaml", 1)
        for (what, words) in [
            ("list", ["list"]), ("list-failed", ["list", "--state", "failed"]),
            ("list-number", ["list", "--number", "+49301000007"]), ("list-active", ["list", "--active"]),
        ] {
            // A pass of its own would publish what waits: the lock says that one is at it.
            guard let lock = try PassLock.take(site.layout.schedulerLock) else { continue }
            let time = try Stopwatch.median([programs.callfax, "fax-queue"] + words, runs: runs)
            _ = consume lock
            rows.append(BenchRow("queue.\(what).\(name)", ours: time, atMost: 50, unit: "ms"))
        }

        let publishing = try milliseconds { _ = try site.scheduler.runOnce(now: Clock.now) }
        let out = try site.outgoing.outgoingAttempts().count
        guard out == 1000 else { throw FaxError(.software, "\(out) call files were published, not 1000") }
        rows.append(BenchRow("queue.publish-1000.\(name)", ours: publishing, atMost: 1000, unit: "ms"))
        return rows
    }

    private func makeSite(_ root: String) throws -> Installation {
        for directory in ["spool", "outgoing", "outgoing_done", "callfax-staged"] {
            try FileManager.default.createDirectory(
                atPath: root + "/" + directory, withIntermediateDirectories: true)
        }
        let checkout = ProcessInfo.processInfo.environment["CALLFAX_HOME"] ?? "."
        // The header line is Asterisk's, so that publishing is measured and not drawing.
        let text = """
            spool: \(root)/spool
            asterisk: {outgoing: \(root)/outgoing}
            sending:
              trunk: trunk
              lines: 1000
              station_id: Bench
              header_line: spandsp
              templates: \(checkout)/callfile-templates
            """
        try text.write(toFile: root + "/callfax.yaml", atomically: true, encoding: .utf8)
        return try Installation(Settings.read(path: root + "/callfax.yaml", hostName: "bench"))
    }

    private func submit(_ site: Installation, _ numbers: [String], held: Bool, at now: UnixTime) throws -> [Int64] {
        let document = site.layout.documents + "/" + UUID().uuidString.lowercased() + ".tiff"
        try DurableFile.publish(Array("pages".utf8), at: document)
        let requests = try numbers.map { number in
            Submission.Recipient(
                FaxRequest(
                    owner: "bench", number: try FaxNumber(parsing: number), stationID: try StationID(parsing: "Bench"),
                    resolution: .fine, ecm: true, t38: true, rate: .r14400, template: "fax-outbound"))
        }
        return try site.jobs.submit(
            Submission(
                document: Submission.Pages(path: document, count: 1, longestCall: 100), recipients: requests,
                held: held,
                submitted: now, due: now, deadline: now.adding(seconds: 10_800)))
    }

    private func milliseconds(_ body: () throws -> Void) rethrows -> Double {
        let elapsed = try ContinuousClock().measure(body)
        return Double(elapsed.components.seconds) * 1000 + Double(elapsed.components.attoseconds) / 1e15
    }

    private func median(_ body: () throws -> Void) throws -> Double {
        Stopwatch.median(try (0..<(runs * 5)).map { _ in try milliseconds(body) })
    }
}
