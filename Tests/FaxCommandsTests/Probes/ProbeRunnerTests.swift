import FaxModel
import FaxPages
import FaxSettings
import FaxStore
import Foundation
import Logging
import SpoolFiles
import Testing

@testable import FaxCommands

/// Probes on a store and a spool, without Asterisk: calls end as the test says, and the clock is the test's.
@Suite("Probes") struct ProbeRunnerTests {
    /// 2026-11-26 12:00 in Berlin.
    private static let noon = UnixTime(seconds: 1_795_690_800)

    private struct Bench {
        let site: QueueSite
        let installation: Installation
        let runner: ProbeRunner
        var store: ProbeStore { runner.store }

        func pass(_ now: UnixTime) async throws { try await runner.runOnce(now: { now }) }

        var runs: [ProbeRun] { get throws { try store.runs(ProbeRunFilter()).reversed() } }

        /// The one run that is under way: its call ends so.
        func end(_ fate: Fate, _ cause: Cause? = nil, pages: Int = 1, now: UnixTime) throws {
            let job = try #require(try store.openRuns().first?.job)
            let calls = try site.store.claim(
                ClaimRules(trunks: [TrunkLines(try TrunkName(parsing: "trunk"), lines: 9)]), now: now,
                random: { 7 }, permission: { $0.id == job ? .now : .later(now.adding(seconds: 3600)) })
            try #require(calls.count == 1)
            try site.store.markPublished(calls.map(\.id), now: now)
            try site.store.markStarted(calls[0].id, started: now.adding(seconds: 4), now: now.adding(seconds: 4))
            let outcome = CallOutcome(
                delivered: cause == nil, cause: cause, pagesConfirmed: pages, answered: true, detail: "as seen")
            try site.store.settle(
                [SettledPart(calls[0].id, outcome, NextStep(fate: fate, cause: cause), dialled: true, lineSeconds: 31)],
                now: now.adding(seconds: 35))
        }
    }

    private func withProbes(_ probes: String, _ body: (Bench) async throws -> Void) async throws {
        let site = try QueueSite(
            sending: "\nmail: {from: fax@example.org, maildir: /nowhere}\nreceiving: {operator: op@example.org}\n"
                + "probes:\n\(probes)")
        defer { site.remove() }
        let settings = try Settings.read(path: site.root + "/callfax.yaml", hostName: "h")
        let installation = try Installation(settings)
        let runner = ProbeRunner(
            site: installation, logger: Logger(label: "t", factory: { _ in SwiftLogNoOpLogHandler() }),
            openMailbox: { _ in throw FaxError(.software, "no test opens a mailbox") })
        try await body(Bench(site: site, installation: installation, runner: runner))
    }

    private static let hourly = "  - {name: a, schedule: '0 * * * *', number: '5550101', alarm_after: 2}\n"

    @Test("a run begins at its moment, once, and passes with the far machine's word")
    func passes() async throws {
        try await withProbes(Self.hourly) { bench in
            // The first look begins to count: what was due before the probe was there is not missed.
            try await bench.pass(Self.noon.adding(seconds: -30))
            try await bench.pass(Self.noon.adding(seconds: -1))
            #expect(try bench.runs.isEmpty)
            for second in 0...3 { try await bench.pass(Self.noon.adding(seconds: Int64(second))) }
            let run = try #require(try bench.runs.first)
            #expect(try bench.runs.count == 1 && run.state == .calling && run.scheduled == Self.noon)
            try bench.end(.delivered, now: Self.noon.adding(seconds: 5))
            try await bench.pass(Self.noon.adding(seconds: 60))
            let ended = try #require(try bench.runs.first)
            #expect(ended.state == .passed && ended.figures.setupSeconds == 4 && ended.figures.lineSeconds == 31)
            #expect(try NoticeStore(bench.installation.database).due(now: Self.noon.adding(seconds: 99)).isEmpty)
        }
    }

    @Test("the fax says who it is, transmits as the probe says, and is nobody's in lists and counts")
    func request() async throws {
        let text =
            "  - {name: a, schedule: '0 * * * *', number: '5550101', t38: false, ecm: false, max_rate: 9600, "
            + "resolution: standard}\n"
        try await withProbes(text) { bench in
            let own = try bench.site.submit(["5550102"])
            try await bench.pass(Self.noon.adding(seconds: -5))
            try await bench.pass(Self.noon)
            let run = try #require(try bench.runs.first)
            let id = try #require(run.job)
            let job = try #require(try bench.site.store.job(id))
            #expect(job.request.stationID.text == run.mark?.station)
            #expect(
                job.request.mode == CallMode(t38: false, ecm: false, rate: .r9600, resolution: .standard))
            #expect(job.maxDials == 1 && job.request.probe == run.probe)
            #expect(try TIFFFile.inspect(job.document).map(\.resolution) == [.standard])
            #expect(try bench.site.store.jobs(JobFilter()).map(\.id) == own)
            #expect(try bench.site.store.jobs(JobFilter(probes: true)).count == 2)
            try bench.end(.failed, .pageDropped, pages: 0, now: Self.noon)
            let stats = try bench.site.store.stats(now: Self.noon.adding(seconds: 60))
            #expect(stats.states == ["queued": 1] && stats.day.jobs == 0 && stats.day.calls == 0)
            #expect(stats.day.causes.isEmpty && stats.day.lineSeconds == 0)
            #expect(try bench.site.store.log(LogFilter()).isEmpty)
            let listed = try bench.site.queue("list", "--json").lines
            #expect(listed.count == 1)
        }
    }

    @Test("runs that nobody could begin are one record of what was missed, and there is no burst")
    func missed() async throws {
        try await withProbes(Self.hourly) { bench in
            try await bench.pass(Self.noon.adding(seconds: -30))
            // Five hours later: 12:00 to 16:00 are over, 17:00 is due.
            let later = Self.noon.adding(seconds: 5 * 3600 + 10)
            try await bench.pass(later)
            let runs = try bench.runs
            #expect(runs.map(\.state) == [.missed, .calling])
            #expect(runs[0].count == 5 && runs[0].scheduled == Self.noon.adding(seconds: 4 * 3600))
            #expect(runs[1].scheduled == Self.noon.adding(seconds: 5 * 3600))
            #expect(try bench.site.store.jobs(JobFilter(probes: true)).count == 1)
        }
    }

    @Test("a clock that jumps far ahead makes runs missed; one that is set back waits for nothing")
    func jumpedClock() async throws {
        try await withProbes(Self.hourly) { bench in
            try await bench.pass(Self.noon.adding(seconds: -30))
            let ahead = Self.noon.adding(seconds: 30 * 86_400 + 1800)
            try await bench.pass(ahead)
            #expect(try bench.runs.map(\.state) == [.missed])
            #expect(try bench.runs.first?.count == 721)
            // The right time again: the next full hour is run.
            try await bench.pass(Self.noon.adding(seconds: 60))
            #expect(try bench.runs.count == 1)
            try await bench.pass(Self.noon.adding(seconds: 3600))
            #expect(try bench.runs.map(\.state).contains(.calling))
            // A little back: the same moment is not run twice.
            try bench.end(.delivered, now: Self.noon.adding(seconds: 3601))
            try await bench.pass(Self.noon.adding(seconds: 3590))
            try await bench.pass(Self.noon.adding(seconds: 3600))
            #expect(try bench.runs.count == 2)
        }
    }

    @Test("a run that is due while the one before is under way is missed")
    func busy() async throws {
        try await withProbes("  - {name: a, schedule: '* * * * *', number: '5550101'}\n") { bench in
            try await bench.pass(Self.noon.adding(seconds: -5))
            try await bench.pass(Self.noon)
            try await bench.pass(Self.noon.adding(seconds: 60))
            let runs = try bench.runs.sorted { $0.id < $1.id }
            #expect(runs.map(\.state) == [.calling, .missed])
            #expect(runs[1].detail.contains("still under way"))
        }
    }

    @Test("users' faxes go first, and a probe that finds no line is missed, not failed")
    func yields() async throws {
        try await withProbes(Self.hourly) { bench in
            try await bench.pass(Self.noon.adding(seconds: -5))
            try await bench.pass(Self.noon)
            let probe = try #require(try bench.runs.first?.job)
            // Submitted later, of the lowest priority, and still before it.
            let own = try bench.site.submit(["5550102"])[0]
            _ = try bench.site.store.alter(
                own, JobChange(due: Self.noon.adding(seconds: 2), priority: 255), now: Self.noon)
            let calls = try bench.site.store.claim(
                ClaimRules(trunks: [TrunkLines(try TrunkName(parsing: "trunk"), lines: 1)]),
                now: Self.noon.adding(seconds: 5), random: { 7 }, permission: { _ in .now })
            #expect(calls.map(\.job.id) == [own])
            #expect(try bench.site.store.job(probe)?.state != .calling)
        }
        try await withProbes(Self.hourly) { bench in
            try await bench.pass(Self.noon.adding(seconds: -5))
            try await bench.pass(Self.noon)
            let late = Self.noon.adding(seconds: ProbeRunner.patience + 5)
            _ = try bench.site.store.claim(
                ClaimRules(trunks: [TrunkLines(try TrunkName(parsing: "trunk"), lines: 1)]), now: late, random: { 7 },
                permission: { _ in .now })
            try await bench.pass(late)
            let run = try #require(try bench.runs.first)
            #expect(run.state == .missed && run.detail.contains("no line was free"))
            #expect(try bench.store.memory(of: run.probe)?.alarm.failures == 0)
        }
    }

    @Test("a fax that can't be made is a failure, and the alarm is mailed once, as is its end")
    func alarm() async throws {
        let text =
            "  - {name: a, schedule: '0 * * * *', number: '5550101', document: /nowhere.pdf, mail: "
            + "[x@example.org, y@example.org]}\n"
        try await withProbes(text) { bench in
            try await bench.pass(Self.noon.adding(seconds: -5))
            for hour in 0..<4 { try await bench.pass(Self.noon.adding(seconds: Int64(hour) * 3600)) }
            let runs = try bench.runs
            #expect(runs.map(\.state) == [.failed, .failed, .failed, .failed])
            #expect(runs[0].detail.contains("/nowhere.pdf"))
            let notices = try NoticeStore(bench.installation.database).due(now: Self.noon.adding(seconds: 20_000))
            #expect(notices.map(\.kind) == [.probeAlarm, .probeAlarm])
            let mailer = NoticeMailer(maildir: bench.site.root + "/mail")
            let logger = Logger(label: "t", factory: { _ in SwiftLogNoOpLogHandler() })
            let pass = NoticePass(site: bench.installation, mailer: mailer, logger: logger)
            try await pass.runOnce(now: Self.noon.adding(seconds: 20_000))
            try await pass.runOnce(now: Self.noon.adding(seconds: 20_001))
            #expect(mailer.messages.map { $0.to[0].text }.sorted() == ["x@example.org", "y@example.org"])
            #expect(mailer.messages[0].subject == "Probe a: 2 test faxes in a row did not arrive")
            // Mended.
            let page = bench.site.root + "/page.tiff"
            _ = try TestPage(lines: ["x"]).write(to: page, at: .fine)
            var settings = bench.installation.settings
            settings.probes[0].document = page
            let mended = Bench(
                site: bench.site, installation: try Installation(settings),
                runner: ProbeRunner(
                    site: try Installation(settings), logger: logger, openMailbox: bench.runner.openMailbox))
            let five = Self.noon.adding(seconds: 5 * 3600)
            try await mended.pass(five)
            try mended.end(.delivered, now: five)
            try await mended.pass(five.adding(seconds: 60))
            #expect(try mended.runs.last?.state == .passed)
            try await pass.runOnce(now: five.adding(seconds: 61))
            try await pass.runOnce(now: five.adding(seconds: 62))
            #expect(mailer.messages.count == 4)
            #expect(mailer.messages[3].subject == "Probe a: test faxes arrive again")
            #expect(mailer.messages[3].text.contains("after 4 that did not"))
        }
    }

    @Test("a killed faxd leaves nothing behind that a run waits for")
    func killed() async throws {
        try await withProbes(Self.hourly) { bench in
            let name = try ProbeName(parsing: "a")
            let run = ProbeRun(
                probe: name, mark: ProbeMark(random: 1), state: .calling, scheduled: nil, begun: Self.noon)
            _ = try bench.store.add([run], schedule: "", lookedUntil: nil)
            try await bench.pass(Self.noon.adding(seconds: 1))
            #expect(try bench.runs.map(\.state) == [.failed])
        }
    }

    @Test("old runs are forgotten, with what was told of them")
    func pruning() async throws {
        try await withProbes("  - {name: a, schedule: '0 * * * *', number: '1', document: /no, alarm_after: 1}\n") {
            bench in
            try await bench.pass(Self.noon.adding(seconds: -5))
            for hour in 0..<3 { try await bench.pass(Self.noon.adding(seconds: Int64(hour) * 3600)) }
            #expect(try bench.store.prune(begunBefore: Self.noon.adding(seconds: 3600)) == 1)
            #expect(try bench.runs.count == 2)
            #expect(try NoticeStore(bench.installation.database).due(now: Self.noon.adding(seconds: 99_999)).isEmpty)
        }
    }
}
