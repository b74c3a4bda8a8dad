import FaxModel
import FaxStore
import SpoolFiles

extension Scheduler {
    /// Puts claimed calls into Asterisk's spool. What fails before that costs the jobs nothing but time.
    func publish(_ calls: [OpenCall], now: UnixTime, into report: inout PassReport) throws {
        var published: [OpenCall] = []
        for call in calls {
            do {
                let file = layout.attemptTIFF(call.id)
                try hands.derive(call, file, now)
                try outgoing.publish(
                    call.id, CallFile.bytes(call, file: file, policy: policy), synchronizing: false)
                published.append(call)
            } catch {
                do { try giveUp(call, error, now: now, into: &report) } catch { report.add(call, problem: error) }
            }
        }
        guard !published.isEmpty else { return }
        outgoing.synchronize()
        try store.markPublished(published.map(\.id), now: now)
        for call in published { report.add(call, "call file published") }
    }

    private func giveUp(
        _ call: OpenCall, _ error: any Error, now: UnixTime, into report: inout PassReport
    ) throws {
        // Another call file of that name would be out: only the gate makes sure then.
        if try outgoing.state(of: call.id) != .absent {
            if case .alreadyHeld = try gate.close(call.id, now: now) { return }
            _ = try outgoing.withdraw(call.id)
        }
        // A fax whose pages are gone must not take along the others, or they would fail with it again and again.
        let parts = call.parts.map { part in
            let files = [part.job.document] + [part.job.cover].compactMap { $0 }
            let outcome = CallOutcome(
                delivered: false, cause: files.allSatisfy(DurableFile.exists) ? .localPublish : .policyDocument,
                pagesConfirmed: 0, answered: false, detail: "\(error)")
            return SettledPart(part.attempt.id, outcome, nextStep(part, outcome, now: now), dialled: false)
        }
        try conclude(call, parts, now: now, into: &report)
    }
}
