import FaxModel
import FaxStore
import Foundation

/// Jobs in words, for people.
enum QueueText {
    static func line(_ job: Job, times: TimeText) -> String {
        [
            column("\(job.id)", 5, right: true), column("\(job.group)", 4, right: true), job.state.letter,
            column(job.request.owner, 10), column(job.request.number.digits, 18),
            column("\(job.pagesDone)/\(job.pages)", 5, right: true), column("\(job.dials)", 5, right: true),
            times.plain(job.submitted), status(job, times: times),
        ].joined(separator: " ")
    }

    static func status(_ job: Job, times: TimeText) -> String {
        var text = job.state.rawValue
        if let cause = job.cause { text += ": \(cause.explanation) (\(cause.rawValue))" }
        if job.state == .waiting || job.state == .queued && job.dials > 0 {
            text += ", again at \(times.plain(job.due))"
        }
        return text
    }

    static func story(_ job: Job, _ attempts: [Attempt], _ history: [HistoryEntry], times: TimeText) -> [String] {
        var lines = [
            "job \(job.id) (group \(job.group)) to \(job.request.number) for \(job.request.owner)",
            "  \(status(job, times: times))",
            "  \(job.pagesDone) of \(job.pages) pages confirmed, \(job.dials) dials, \(job.tries) tries",
        ]
        if let name = job.request.name { lines.append("  for: \(name)") }
        if let dialled = job.request.dialled { lines.append("  dialled as: \(dialled)") }
        if let tag = job.request.tag { lines.append("  tag: \(tag)") }
        for (column, value) in (job.request.fields ?? [:]).sorted(by: { $0.key < $1.key }) {
            lines.append("  \(column): \(quoted(value, limit: 200))")
        }
        for attempt in attempts {
            var text = "  attempt \(attempt.id): pages \(attempt.firstPage + 1)-\(attempt.firstPage + attempt.pages), "
            text += "\(attempt.pagesConfirmed) confirmed"
            if let mode = attempt.mode { text += ", \(mode)" }
            if let rate = attempt.rate, rate > 0 { text += " at \(rate) bit/s" }
            if let seconds = attempt.lineSeconds { text += String(format: ", %.1f s", seconds) }
            if let station = attempt.remoteStationID, !station.isEmpty { text += ", answered by \(quoted(station))" }
            if let cause = attempt.cause { text += ", \(cause.rawValue)" }
            lines.append(text)
            if !attempt.detail.isEmpty { lines.append("    \(attempt.detail)") }
        }
        lines += history.map { "  \(times.plain($0.at)) \($0.state.rawValue): \($0.text)" }
        return lines
    }

    private static func column(_ text: String, _ width: Int, right: Bool = false) -> String {
        let space = String(repeating: " ", count: max(0, width - text.count))
        return right ? space + text : text + space
    }
}
