import FaxModel
import FaxStore
import Testing

@testable import FaxCommands

/// What a monitoring system reads.
@Suite struct CheckLineTests {
    private static let now = UnixTime(seconds: 1_795_690_800)
    private static let times = TimeText("Europe/Berlin")

    private func probe(_ name: String = "line-1") throws -> Probe {
        Probe(
            name: try ProbeName(parsing: name), schedule: try CronExpression(parsing: "*/30 * * * *"),
            zone: "Europe/Berlin", number: try FaxNumber(parsing: "1"),
            mode: CallMode(t38: true, ecm: true, rate: .r14400, resolution: .fine), maxDamage: 10, alarmAfter: 3)
    }

    private func run(_ state: ProbeRun.State, _ detail: String, _ name: String = "line-1") throws -> ProbeRun {
        var run = ProbeRun(
            probe: try ProbeName(parsing: name), mark: nil, state: state, scheduled: Self.now, begun: Self.now,
            ended: Self.now, detail: detail)
        guard state != .missed else { return run }
        run.figures.setupSeconds = 3.25
        run.figures.lineSeconds = 40
        run.figures.rate = 14400
        run.figures.pages = 1
        run.figures.pagesConfirmed = state == .passed ? 1 : 0
        run.figures.damage = state == .passed ? 0 : nil
        return run
    }

    private func state(
        _ runs: [ProbeRun], failures: Int = 0, lookedAt: UnixTime? = now, name: String = "line-1"
    ) throws -> ProbeState {
        let memory = lookedAt.map {
            ProbeMemory(schedule: "", lookedUntil: $0, alarm: ProbeAlarm(failures: failures, isOn: failures >= 3))
        }
        return ProbeState(
            try probe(name), memory: memory, runs: runs, now: Self.now.adding(seconds: 300), times: Self.times)
    }

    @Test("all well: one line, with the figures of the last run")
    func ok() throws {
        let line = CheckLine([try state([try run(.passed, "it came out identical")])])
        #expect(line.grade == .ok)
        #expect(
            line.text
                == "FAX PROBE OK - line-1: arrived at 2026-11-26 12:00:00, it came out identical | line-1_failures=0;0;2;0 "
                + "line-1_success=100.0%;;;0;100 line-1_setup=3.25s;;;0 line-1_line=40.00s;;;0 "
                + "line-1_rate=14400;;;0;14400 line-1_pages=1;;;0;1 line-1_damage=0;;10;0")
    }

    @Test(
        "the exit code tells how bad it is",
        arguments: [
            ([ProbeRun.State.failed], 1, CheckGrade.warning), ([.failed, .failed], 2, .warning),
            ([.failed, .failed, .failed], 3, .critical), ([.missed, .passed], 0, .warning),
            ([.passed, .missed], 0, .ok),
            ([.missed, .failed, .failed, .failed], 3, .critical), ([], 0, .unknown), ([.calling, .passed], 0, .ok),
        ])
    func grades(states: [ProbeRun.State], failures: Int, grade: CheckGrade) throws {
        let runs = try states.map { try run($0, "busy") }
        #expect(try state(runs, failures: failures).grade == grade)
    }

    @Test("a faxd that does not run is not known to be well")
    func overdue() throws {
        let runs = [try run(.passed, "fine")]
        let late = try state(runs, lookedAt: Self.now.adding(seconds: -3600))
        #expect(late.grade == .unknown && late.words.contains("is faxd running?"))
        #expect(try state([], lookedAt: nil).grade == .unknown)
        // Due a moment ago is no reason yet.
        #expect(try state(runs, lookedAt: Self.now.adding(seconds: -1)).grade == .unknown)
        #expect(try state(runs, lookedAt: Self.now).grade == .ok)
    }

    @Test("of several the worst decides, and only what is wrong is told")
    func several() throws {
        let well = try state([try run(.passed, "fine")])
        let bad = try state([try run(.failed, "no | dial\ntone", "b")], failures: 3, name: "b")
        let line = CheckLine([well, bad])
        #expect(line.grade == .critical)
        #expect(line.text.hasPrefix("FAX PROBE CRITICAL - b: 3 in a row did not arrive"))
        #expect(line.text.split(separator: "|").count == 2 && !line.text.contains("\n"))
        #expect(line.text.contains("line-1_failures=0") && line.text.contains("b_failures=3;0;2;0"))
        #expect(CheckLine([well, well]).text.hasPrefix("FAX PROBE OK - all 2 probes arrive |"))
        #expect(CheckLine([]).grade == .unknown)
    }
}
