import FaxStore

/// The receiver's numbers in words.
enum InboxStatsText {
    static func lines(_ stats: InboxStats, times: TimeText) -> [String] {
        var lines = [
            "\(stats.calls) calls, \(stats.pages) pages, \(stats.seconds / 60) minutes, \(stats.badLines) bad lines",
            "\(stats.complete) complete, \(stats.incomplete) incomplete, \(stats.empty) without a page",
            "\(stats.unseen) unseen, \(stats.held) held, \(stats.junk) junk, \(stats.blocked) blocked",
        ]
        for (rule, count) in stats.byRule.sorted(by: { $0.key < $1.key }) { lines.append("  by \(rule): \(count)") }
        let mail = ["queued": "waiting", "sent": "sent", "failed": "given up"]
        lines.append("messages: " + text(stats.mail, mail))
        if let oldest = stats.oldestWaitingMail { lines.append("  the oldest waits since \(times.plain(oldest))") }
        lines.append("errands: " + text(stats.errands, ["queued": "waiting", "done": "done", "failed": "given up"]))
        for (title, parts) in [("by number", stats.byNumber), ("by route", stats.byRoute)] where !parts.isEmpty {
            lines.append(title + ":")
            lines += parts.map { part in
                "  \(part.name.isEmpty ? "-" : part.name): \(part.calls) calls, \(part.pages) pages, "
                    + "\(part.incomplete) incomplete, \(part.empty) without a page"
            }
        }
        return lines
    }

    private static func text(_ counts: [String: Int], _ words: [String: String]) -> String {
        let parts = words.sorted { $0.key < $1.key }.compactMap { key, word in counts[key].map { "\($0) \(word)" } }
        return parts.isEmpty ? "none" : parts.joined(separator: ", ")
    }
}
