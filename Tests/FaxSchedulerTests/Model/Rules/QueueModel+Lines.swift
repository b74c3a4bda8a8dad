extension QueueModel {
    /// One line for each fax, as `QueueWindow` reads them out of the store.
    var jobLines: String { jobs.map(Self.line).joined(separator: "\n") }

    /// One line for each attempt under way.
    var attemptLines: String {
        openCalls.flatMap { call in
            call.parts.enumerated().map { position, part in
                "\(part.job)/\(part.sequence)|\(call.state)|\(position)|\(call.trunk)|\(part.firstPage)|\(part.pages)"
                    + "|\(call.parts[0].job)"
            }
        }.sorted().joined(separator: "\n")
    }

    static func line(_ job: ModelJob) -> String {
        let counts = "\(job.dials)|\(job.tries)|\(job.pagesDone)|\(job.attempts)"
        let line = "\(job.id)|\(job.state.rawValue)|\(job.cause ?? "")|\(counts)|\(job.isCancelled ? 1 : 0)"
        if job.state.isFinal { return line }
        let limits = "\(job.maxDials.map(String.init) ?? "")|\(job.maxTries.map(String.init) ?? "")"
        let plan = "\(job.number)|\(job.priority)|\(job.isHeld ? 1 : 0)|\(limits)|\(job.deadline)"
        if job.isUnderWay { return "\(line)|\(plan)" }
        let mode = job.mode
        let resolution = [98: "standard", 196: "fine", 391: "superfine"][mode.lines] ?? ""
        let rank = job.inLineSince + Int64(job.priority) * 30_000
        return "\(line)|\(plan)|\(job.due)|\(rank)|\(job.repeats)|\(job.idle)|\(job.stuck)"
            + "|\(mode.t38 ? 1 : 0)|\(mode.ecm ? 1 : 0)|\(mode.rate)|\(resolution)|\(job.isModeLearned ? 1 : 0)|\(job.failedTrunks.joined(separator: " "))"
    }
}
