import FaxModel
import FaxStore
import Foundation
import SpoolFiles
import Testing

/// fax-send and faxd killed at every change that they make: what was acknowledged is there once, nothing is there by half,
/// nothing is published or transmitted twice.
@Suite struct QueueKillTests {
    /// Numbers by what happens there (see `FakeCalls`), and what must have become of them in the end.
    private static let numbers = ["5550001", "5550002", "5550003", "5550004", "5550005", "5550005"]

    @Test("fax-send killed anywhere: the jobs are all there or none, and each is sent once")
    func submission() async throws {
        let result = try await KillProof(
            name: "submission", prepare: { _ in },
            run: { site, point in
                try site.program("fax-send", ["-l", "-d", "5550001", "-d", "5550011", CrashSite.document.pdf])
                    .run(killedAt: point)
            },
            check: { site, _ in
                let calls = FakeCalls(site)
                try Self.settleDown(site, calls)
                return try Self.problems(site, calls, ofBroadcast: ["5550001", "5550011"])
            }
        ).result()
        #expect(result.problems.isEmpty, "\(result.problems.joined(separator: "\n"))")
        #expect(result.tried > 0)
        #expect(result.hasty { $0.kind == .write && $0.text.contains("request id is") } == [])
    }

    @Test(
        "a pass that publishes, killed anywhere: each fax goes out once, whether Asterisk comes before the next pass or after",
        arguments: [true, false])
    func publishing(asteriskFirst: Bool) async throws {
        let result = try await KillProof(
            name: "pass, Asterisk \(asteriskFirst ? "first" : "last")", prepare: { try $0.submit(Self.numbers) },
            run: { try $0.program("faxd", ["--once"]).run(killedAt: $1) },
            check: { site, _ in
                let calls = FakeCalls(site)
                if asteriskFirst { _ = try calls.serve() }
                try Self.settleDown(site, calls)
                return try Self.problems(site, calls)
            }
        ).result()
        #expect(result.problems.isEmpty, "\(result.problems.joined(separator: "\n"))")
        #expect(result.tried > 0)
        // A call file vouches for its own contents, its pages and the attempt in the store, not for another call file.
        let early = result.hasty { $0.kind == .rename && $0.path.contains("/outgoing/") }
        // Those of a pass lie beside the spool together, and what they are called there may be forgotten.
        let others = ["outgoing", "callfax-staged"].map { "the sync of name of \(result.root)/asterisk/\($0)/" }
        #expect(early.filter { line in !others.contains { line.contains($0) } } == [])
    }

    @Test("a pass that settles, killed anywhere: each call counts once, each owner is told once")
    func settling() async throws {
        let result = try await KillProof(
            name: "settle",
            prepare: { site in
                try site.submit(Self.numbers)
                try site.run("faxd", ["--once"])
                _ = try FakeCalls(site).serve()
            },
            run: { try $0.program("faxd", ["--once"]).run(killedAt: $1) },
            check: { site, _ in
                let calls = FakeCalls(site)
                try Self.settleDown(site, calls)
                return try Self.problems(site, calls)
            }
        ).result()
        #expect(result.problems.isEmpty, "\(result.problems.joined(separator: "\n"))")
        #expect(result.tried > 0)
        // What a report said is in the store before the report goes.
        #expect(result.hasty { $0.kind == .remove && $0.path.contains("/results/") } == [])
    }

    /// Passes and calls in turn until nothing moves any more.
    static func settleDown(_ site: CrashSite, _ calls: FakeCalls) throws {
        for _ in 0..<12 {
            try site.run("faxd", ["--once"])
            let moved = try calls.serve()
            let waits = try site.jobs().contains { !$0.state.isFinal && $0.due <= Clock.now() }
            if !moved, !waits { break }
        }
        try site.run("faxd", ["--once"])
    }

    /// What is not as it must be after one submission to these numbers, all of which take a fax.
    static func problems(_ site: CrashSite, _ calls: FakeCalls, ofBroadcast numbers: Set<String>) throws -> [String] {
        let acknowledged = site.printed.contains("request id is")
        let jobs = try site.jobs()
        var problems = calls.damage
        if acknowledged || !jobs.isEmpty {
            let there = jobs.map(\.request.number.digits)
            if Set(there) != numbers || there.count != numbers.count {
                problems.append("acknowledged: \(acknowledged), there: \(there)")
            }
        }
        for job in jobs where job.state != .delivered || job.dials != 1 {
            problems.append("\(job.request.number): \(job.state), \(job.dials) dials, \(job.detail)")
        }
        if calls.transmissions.count != jobs.count {
            problems.append("\(calls.transmissions.count) transmissions for \(jobs.count) jobs")
        }
        return problems
    }

    /// What is not as it must be in the end, whenever the program was killed.
    private static func problems(_ site: CrashSite, _ calls: FakeCalls) throws -> [String] {
        var problems = calls.damage
        let jobs = try site.jobs()
        if jobs.map(\.request.number.digits) != numbers { problems.append("the jobs are \(jobs.map(\.id))") }
        for job in jobs {
            let number = job.request.number.digits
            let wanted: (state: JobState, dials: Int, tries: Int, pages: Int) =
                switch number.last {
                case "2": (.waiting, 1, 0, 0)
                case "3": (.delivered, 2, 2, 2)
                case "4": (.unknown, 1, 1, 0)
                default: (.delivered, 1, 1, 2)
                }
            if (job.state, job.dials, job.tries, job.pagesDone) != wanted {
                problems.append(
                    "\(number) is \(job.state) after \(job.dials) dials, \(job.tries) tries and \(job.pagesDone) pages")
            }
            let ends = try site.store().history(of: job.id).count { $0.state == job.state }
            if ends != 1 { problems.append("\(number) became \(job.state) \(ends) times") }
            let attempts = try site.store().attempts(of: job.id)
            if attempts.contains(where: { $0.state != .settled }) { problems.append("\(number) has an open attempt") }
        }
        let pages = Dictionary(grouping: calls.transmissions, by: \.number).mapValues { $0.map(\.pages).reduce(0, +) }
        if pages != ["5550001": 2, "5550003": 2, "5550004": 2, "5550005": 4] {
            problems.append("transmitted pages: \(pages)")
        }
        // Four were delivered and one is unknown; busy is no news.
        if site.messages.count != 5 { problems.append("\(site.messages.count) messages to owners, not 5") }
        return problems
    }
}
