import FaxModel

/// Comma separated values as RFC 4180 has them, lines without their end.
enum CSVText {
    static func line(_ fields: [String]) -> String {
        fields.map { field in
            let needsQuotes = field.contains { $0 == "," || $0 == "\"" || $0.isNewline }
            return needsQuotes ? "\"" + field.replacing("\"", with: "\"\"") + "\"" : field
        }.joined(separator: ",")
    }

    /// The flat fields of jobs under a header row.
    static func table(_ jobs: [JobView]) -> [String] {
        let head = [
            "id", "group", "state", "held", "cause", "detail", "owner", "number", "dialled", "name", "tag", "pages",
            "pagesDone", "dials", "tries", "priority", "submitted", "due", "deadline", "finished",
        ]
        let rows = jobs.map { job in
            [
                "\(job.id)", "\(job.group)", job.state.rawValue, "\(job.held)", job.cause?.rawValue ?? "", job.detail,
                job.owner, job.number, job.dialled ?? "", job.name ?? "", job.tag ?? "", "\(job.pages)",
                "\(job.pagesDone)", "\(job.dials)", "\(job.tries)", "\(job.priority)", job.submitted, job.due ?? "",
                job.deadline, job.finished ?? "",
            ]
        }
        return ([head] + rows).map(line)
    }
}
