import FaxModel
import FaxSettings
import FaxStore
import Foundation

/// One run with all that is known of it, for people.
struct ProbeRunText {
    let site: Installation
    let times: TimeText

    func lines(_ run: ProbeRun) throws -> [String] {
        var lines = [
            "probe \(run.probe), run \(run.id)" + (run.mark.map { ", as \(quoted($0.station))" } ?? "")
                + ": \(run.state.rawValue)",
            "  \(run.detail)",
        ]
        let figures = run.figures
        if let seconds = figures.setupSeconds { lines.append(String(format: "  set-up: %.1f s", seconds)) }
        if let seconds = figures.lineSeconds {
            let rate = figures.rate.map { " at \($0) bit/s" } ?? ""
            lines.append(String(format: "  line: %.1f s, ", seconds) + (figures.mode ?? "") + rate)
        }
        if let seconds = figures.arrivalSeconds {
            lines.append(String(format: "  message: %.1f s after the call", seconds))
        }
        if let pages = figures.pages, let identical = figures.pagesIdentical, let damage = figures.damage {
            lines.append(
                "  pages: \(figures.pagesArrived ?? 0) of \(pages) came out, \(identical) identical, "
                    + "\(damage) pixels differ")
        }
        if let id = run.job, let job = try site.jobs.job(id) {
            let queue = JobStory(
                job: job, attempts: try site.jobs.attempts(of: id), history: try site.jobs.history(of: id))
            lines += QueueText.story(queue, limits: site.settings.sending.retry, times: times)
        }
        return lines + told(run)
    }

    /// What the two machines said, where that was kept.
    private func told(_ run: ProbeRun) -> [String] {
        ProbeRecords(site.layout).text(of: run.id)?.split(separator: "\n").map(String.init) ?? []
    }
}
