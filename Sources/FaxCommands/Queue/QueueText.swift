import FaxModel
import FaxStore
import Foundation

/// Jobs in words, for people.
enum QueueText {
    static func status(_ job: Job, times: TimeText) -> String {
        var text = job.state.rawValue
        if let cause = job.cause { text += ": \(cause.explanation) (\(cause.rawValue))" }
        if !job.state.isFinal, job.cancelRequested { return text + ", being cancelled" }
        if job.held, !job.state.isFinal { return text + ", held" }
        if job.state == .waiting || job.state == .queued && job.dials > 0 {
            text += ", again at \(times.plain(job.due))"
        } else if job.state == .queued, job.due > job.submitted {
            text += ", not before \(times.plain(job.due))"
        }
        return text
    }

    static func story(_ story: JobStory, limits: RetryPolicy, times: TimeText) -> [String] {
        let job = story.job
        var lines = [
            "job \(job.id) (group \(job.group)) to \(job.request.number) for \(job.request.owner)",
            "  \(status(job, times: times))",
            "  \(job.pagesDone) of \(job.pages) pages confirmed, \(job.dials) of \(job.maxDials ?? limits.dials) dials, "
                + "\(job.tries) tries, \(job.idleTries) of \(job.maxTries ?? limits.tries) of them in a row without a page",
        ]
        if !job.state.isFinal {
            lines.append("  priority \(job.priority), given up at \(times.plain(job.deadline))")
        }
        if let name = job.request.name { lines.append("  for: \(name)") }
        if let dialled = job.request.dialled { lines.append("  dialled as: \(dialled)") }
        if let tag = job.request.tag { lines.append("  tag: \(tag)") }
        for (column, value) in (job.request.fields ?? [:]).sorted(by: { $0.key < $1.key }) {
            lines.append("  \(column): \(quoted(value, limit: 200))")
        }
        for attempt in story.attempts {
            lines.append("  " + sentence(attempt, of: job, times: times))
            if !attempt.detail.isEmpty { lines.append("    Asterisk said: \(attempt.detail)") }
        }
        lines += story.history.map { "  \(times.plain($0.at)) \($0.state.rawValue): \($0.text)" }
        return lines
    }

    /// One attempt in plain words.
    static func sentence(_ attempt: Attempt, of job: Job, times: TimeText) -> String {
        let last = attempt.firstPage + attempt.pages
        var text = "\(times.plain(attempt.claimed)) pages \(attempt.firstPage + 1) to \(last) of \(job.pages)"
        if let trunk = attempt.trunk { text += " by \(trunk)" }
        if let carrier = attempt.carrier { text += ", in the call of \(carrier)" }
        guard attempt.state == .settled else { return text + ": under way" }
        text += ": "
        if let cause = attempt.cause {
            text += "\(cause.explanation) (\(cause.rawValue)), \(attempt.pagesConfirmed) pages confirmed"
        } else {
            text += "all confirmed"
        }
        if let mode = attempt.mode { text += ", \(mode)" }
        if let rate = attempt.rate, rate > 0 { text += " at \(rate) bit/s" }
        if let seconds = attempt.lineSeconds { text += String(format: ", %.1f s", seconds) }
        if let station = attempt.remoteStationID, !station.isEmpty { text += ", answered by \(quoted(station))" }
        return text
    }
}
