import FaxModel
import FaxScheduler
import FaxStore
import Foundation

/// Exit codes of monitoring plugins.
enum CheckGrade: Int32 {
    case ok, warning, critical, unknown

    var word: String { ["OK", "WARNING", "CRITICAL", "UNKNOWN"][Int(rawValue)] }

    /// What a reader has to know first.
    fileprivate var weight: Int {
        switch self {
        case .ok: 0
        case .warning: 1
        case .unknown: 2
        case .critical: 3
        }
    }
}

/// How it stands with one probe.
struct ProbeState {
    let grade: CheckGrade
    let words: String
    let performance: [String]

    /// Seconds for which a due run may be late before somebody is told that nobody runs it.
    static let patience: Int64 = ProbeSchedule.grace + 60

    /// `runs` are the newest ones, newest first.
    init(_ probe: Probe, memory: ProbeMemory?, runs: [ProbeRun], now: UnixTime, times: TimeText) {
        let ended = runs.filter(\.state.isFinal)
        let failures = memory?.alarm.failures ?? 0
        func when(_ run: ProbeRun) -> String { times.plain(run.scheduled ?? run.begun) }
        let overdue = memory.flatMap { memory in
            CronClock(probe.schedule, zone: probe.zone).next(after: memory.lookedUntil)
        }.flatMap { now.seconds(since: $0) > Double(Self.patience) ? $0 : nil }
        if failures >= probe.alarmAfter, let last = ended.first(where: { $0.state == .failed }) {
            grade = .critical
            words = "\(probe.name): \(failures) in a row did not arrive, the last at \(when(last)): \(last.detail)"
        } else if memory == nil {
            grade = .unknown
            words = "\(probe.name): faxd has not seen it yet: is it running, with these settings?"
        } else if let overdue {
            grade = .unknown
            words = "\(probe.name): was due at \(times.plain(overdue)), and nothing happened: is faxd running?"
        } else if let last = ended.first(where: { $0.state == .failed }), failures > 0 {
            grade = .warning
            words = "\(probe.name): did not arrive at \(when(last)): \(last.detail)"
        } else if let last = ended.first, last.state == .missed {
            grade = .warning
            words = "\(probe.name): missed at \(when(last)): \(last.detail)"
        } else if let last = ended.first {
            grade = .ok
            words = "\(probe.name): arrived at \(when(last)), \(last.detail)"
        } else {
            grade = .unknown
            words = "\(probe.name): has not run yet"
        }
        performance = Self.performance(probe, failures, ended)
    }

    private static func performance(_ probe: Probe, _ failures: Int, _ ended: [ProbeRun]) -> [String] {
        var data = ["\(probe.name)_failures=\(failures);0;\(probe.alarmAfter - 1);0"]
        if let rate = ProbeSummary(ended).successRate {
            data.append(String(format: "\(probe.name)_success=%.1f%%;;;0;100", rate))
        }
        guard let last = ended.first(where: { $0.state != .missed }) else { return data }
        let figures = last.figures
        if let seconds = figures.setupSeconds { data.append(String(format: "\(probe.name)_setup=%.2fs;;;0", seconds)) }
        if let seconds = figures.lineSeconds { data.append(String(format: "\(probe.name)_line=%.2fs;;;0", seconds)) }
        if let seconds = figures.arrivalSeconds {
            data.append(String(format: "\(probe.name)_mail=%.2fs;;;0;\(probe.within)", seconds))
        }
        if let rate = figures.rate { data.append("\(probe.name)_rate=\(rate);;;0;14400") }
        if let pages = figures.pages { data.append("\(probe.name)_pages=\(figures.pagesConfirmed ?? 0);;;0;\(pages)") }
        if let damage = figures.damage { data.append("\(probe.name)_damage=\(damage);;\(probe.maxDamage);0") }
        return data
    }
}

/// The one line about all of them.
struct CheckLine {
    let grade: CheckGrade
    let text: String

    init(_ states: [ProbeState]) {
        guard let worst = states.max(by: { $0.grade.weight < $1.grade.weight }) else {
            grade = .unknown
            text = "FAX PROBE UNKNOWN - the settings name no probe"
            return
        }
        grade = worst.grade
        let bad = states.filter { $0.grade != .ok }.sorted { $0.grade.weight > $1.grade.weight }
        let told = bad.isEmpty && states.count > 1 ? "all \(states.count) probes arrive" : nil
        let words = told ?? (bad.isEmpty ? states : bad).map(\.words).joined(separator: "; ")
        text =
            "FAX PROBE \(grade.word) - \(Self.plain(words)) | "
            + states.flatMap(\.performance).joined(separator: " ")
    }

    /// Asterisk's words may hold anything; a bar begins the performance data.
    static func plain(_ text: String) -> String {
        String(String.UnicodeScalarView(text.unicodeScalars.map { $0 == "|" ? "/" : $0.value < 32 ? " " : $0 }))
    }
}
