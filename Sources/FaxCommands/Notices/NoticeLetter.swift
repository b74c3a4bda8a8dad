import FaxModel
import FaxSettings
import FaxStore
import Foundation

/// What the owner of a job is told, in words.
struct NoticeLetter {
    let settings: Settings
    let from: EmailAddress
    let notice: Notice
    /// One, or all of a broadcast.
    let stories: [JobStory]

    /// nil where nobody wants it any more.
    func message() -> MailMessage? {
        guard let job = stories.first?.job, let notify = job.request.notify else { return nil }
        var message = MailMessage(
            from: from, fromName: settings.mail.fromName, to: [notify.address], subject: subject(job), date: notice.at,
            messageID: "notice.\(notice.id).\(notice.at.milliseconds)@\(settings.host)", text: "", attachments: [],
            fields: [
                .init("X-Fax-Job", "\(job.id)"),
                .init("X-Fax-State", notice.kind == .group ? "group" : job.state.rawValue),
            ])
        message.text = (notice.kind == .group ? groupText(job) : jobText(stories[0])).joined(separator: "\n") + "\n"
        return message
    }

    private var times: TimeText { TimeText(settings.timeZone) }

    private func whom(_ job: Job) -> String {
        job.request.number.digits + (job.request.name.map { " (\($0))" } ?? "")
    }

    private func subject(_ job: Job) -> String {
        switch notice.kind {
        case .done: "Fax to \(whom(job)) delivered: \(pages(job.pages))"
        case .failed where job.state == .unknown: "Fax to \(whom(job)): it is not known whether it arrived"
        case .failed where job.state == .partial:
            "Fax to \(whom(job)) only partly delivered: \(job.pagesDone) of \(pages(job.pages))"
        case .failed: "Fax to \(whom(job)) not delivered" + (job.cause.map { ": \($0.explanation)" } ?? "")
        case .requeued: "Fax to \(whom(job)) has to be tried again" + (job.cause.map { ": \($0.explanation)" } ?? "")
        case .group:
            "Fax to \(stories.count) recipients: \(stories.count { $0.job.state == .delivered }) delivered"
        case .probeAlarm, .probeOver: "Fax to \(whom(job))"
        }
    }

    private func pages(_ count: Int) -> String { count == 1 ? "1 page" : "\(count) pages" }

    private func jobText(_ story: JobStory) -> [String] {
        let job = story.job
        var lines = [
            "Fax to \(whom(job)), job \(job.id)" + (job.request.tag.map { ", \($0)" } ?? ""),
            "Submitted \(times.plain(job.submitted)) by \(job.request.owner), \(pages(job.pages)).", "",
        ]
        switch job.state {
        case .delivered:
            lines.append("The far machine confirmed every page.")
            if job.cause == .outcomeLastPage { lines.append("Only the last page's confirmation was lost.") }
        case .partial:
            lines.append(
                "The far machine confirmed \(job.pagesDone) of \(pages(job.pages)); from page \(job.pagesDone + 1) on "
                    + "nothing arrived for certain. To send the rest: fax-queue resend \(job.id)")
        case .unknown:
            lines.append("The call began, and its end was never reported: the fax may have arrived, or not.")
            lines.append("It is not sent again by itself. Ask the recipient, then have an administrator say so:")
            lines.append("fax-queue resolve \(job.id) --delivered, or --resend")
        case .queued, .waiting, .calling, .sending:
            lines.append(
                "It is tried again by itself, at \(times.plain(job.due)); given up at \(times.plain(job.deadline)).")
        case .failed, .expired, .cancelled:
            lines.append("No page was confirmed" + (job.cause.map { ": \($0.explanation)" } ?? "") + ".")
            lines.append("To send it again: fax-queue resend \(job.id)")
        }
        let seconds = story.attempts.compactMap(\.lineSeconds).reduce(0, +)
        lines += ["", "\(story.attempts.count) calls, \(String(format: "%.0f", seconds)) seconds on the line:"]
        for attempt in story.attempts {
            lines.append("- " + QueueText.sentence(attempt, of: job, times: times))
            if attempt.cause != nil, !attempt.detail.isEmpty { lines.append("  \(quoted(attempt.detail, limit: 200))") }
        }
        return lines
    }

    private func groupText(_ job: Job) -> [String] {
        var lines = [
            "Fax to \(stories.count) recipients, submitted \(times.plain(job.submitted)) by \(job.request.owner).", "",
        ]
        let states = Dictionary(grouping: stories) { $0.job.state }
        lines += JobState.allCases.compactMap { state in states[state].map { "\($0.count) \(state.rawValue)" } }
        let missing = stories.filter { $0.job.state != .delivered }
        if !missing.isEmpty {
            lines += ["", "Not delivered:"]
            for story in missing.prefix(500) {
                lines.append(
                    "- job \(story.job.id) to \(whom(story.job)): \(QueueText.status(story.job, times: times))")
                lines += story.attempts.map { "    " + QueueText.sentence($0, of: story.job, times: times) }
            }
            if missing.count > 500 {
                lines.append("and \(missing.count - 500) more: fax-queue list --group \(job.group)")
            }
        }
        return lines
    }
}
