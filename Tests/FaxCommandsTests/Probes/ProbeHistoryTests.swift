import FaxModel
import Foundation
import Testing

@testable import FaxCommands

/// What `fax-probe history` prints and draws.
@Suite struct ProbeHistoryTests {
    private static let noon = UnixTime(seconds: 1_795_690_800)

    private func run(_ state: ProbeRun.State, _ minute: Int64, line: Double? = nil, count: Int = 1) throws -> ProbeRun {
        let at = Self.noon.adding(seconds: minute * 60)
        var run = ProbeRun(
            probe: try ProbeName(parsing: "a"), mark: nil, state: state, count: count, scheduled: at, begun: at,
            ended: at, detail: "<as & seen>")
        run.figures.lineSeconds = line
        run.figures.damage = line.map { $0 > 50 ? 7 : 0 }
        return run
    }

    @Test("success counts what was sent, missed runs stand apart")
    func summary() throws {
        let runs = [
            try run(.passed, 1, line: 30), try run(.passed, 2, line: 60), try run(.failed, 3),
            try run(.missed, 4, count: 5),
            try run(.passed, 5, line: 32), try run(.calling, 6),
        ]
        let summary = ProbeSummary(runs)
        #expect(summary.successRate == 75 && summary.missed == 5 && summary.lineSeconds == 32 && summary.damage == 1)
        #expect(summary.text == "3 of 4 arrived (75.0 %), 5 missed, 1 with damage, line 32.0 s (medians)")
        #expect(ProbeSummary([try run(.missed, 1)]).successRate == nil)
        #expect(ProbeSummary.median([4, 1, 3, 2]) == 2.5 && ProbeSummary.median([]) == nil)
    }

    @Test("the table has a line for each run")
    func table() throws {
        let lines = ProbeTable(times: TimeText("Europe/Berlin")).lines([
            try run(.passed, 1, line: 30), try run(.missed, 0, count: 3),
        ])
        #expect(lines.count == 3)
        #expect(lines[1].hasPrefix("2026-11-26 12:01:00 a     passed "))
        #expect(lines[1].contains(" 30.0 s ") && lines[2].contains("missed 3"))
    }

    @Test("the picture is well-formed, has a mark for each run, and a gap where nothing was measured")
    func picture() throws {
        let runs = [
            try run(.passed, 0, line: 30), try run(.failed, 1), try run(.missed, 2), try run(.passed, 3, line: 31),
        ]
        let svg = ProbePicture(runs: runs, times: TimeText("UTC")).svg
        let parser = XMLChecker()
        #expect(parser.isWellFormed(svg))
        #expect(svg.components(separatedBy: "<title>").count == 5)
        #expect(svg.contains("&lt;as &amp; seen&gt;"))
        // Line seconds and damage, each in two pieces.
        #expect(svg.components(separatedBy: "<polyline").count == 5)
        #expect(parser.isWellFormed(ProbePicture(runs: [], times: TimeText("UTC")).svg))
    }
}

/// Whether tags close as they open.
private struct XMLChecker {
    func isWellFormed(_ text: String) -> Bool {
        var open: [Substring] = []
        for match in text.matches(of: /<(\/?)([a-z]+)[^<>]*?(\/?)>/) {
            if match.output.1 == "/" {
                guard open.popLast() == match.output.2 else { return false }
            } else if match.output.3.isEmpty {
                open.append(match.output.2)
            }
        }
        return open.isEmpty
    }
}
