import FaxModel
import FaxStore
import SpoolFiles

extension Scheduler {
    /// Puts one claimed attempt into Asterisk's spool. What fails before that costs the job nothing but time.
    func publish(_ open: OpenAttempt, now: UnixTime, into report: inout PassReport) throws {
        let id = open.attempt.id
        do {
            let file = layout.attemptTIFF(id)
            try derive(open, file, now)
            try outgoing.publish(
                id,
                CallFile.bytes(
                    request: open.job.request, attempt: id, file: file, longestCall: open.attempt.longestCall,
                    pages: open.attempt.pages, policy: policy))
        } catch {
            // It may be out all the same (an fsync that failed after the rename): only the gate makes sure.
            if case .alreadyHeld = try gate.close(id, now: now) { return }
            _ = try outgoing.withdraw(id)
            let outcome = CallOutcome(
                delivered: false, cause: .localPublish, pagesConfirmed: 0, answered: false, detail: "\(error)")
            try settle(open, outcome, dialled: false, lineSeconds: nil, now: now, into: &report)
            return
        }
        try store.markPublished(id, now: now)
        report.add(open, "call file published")
    }
}
