import FaxModel
import FaxStore
import SpoolFiles

extension Scheduler {
    /// Puts claimed calls into Asterisk's spool. What fails before that costs the jobs nothing but time.
    func publish(_ calls: [OpenCall], now: UnixTime, into report: inout PassReport) throws {
        var ready: [(call: OpenCall, contents: [UInt8])] = []
        var templates: [String: CallFileTemplate] = [:]
        for call in calls {
            let file = layout.attemptTIFF(call.id)
            orGiveUp(call, now: now, into: &report) {
                try hands.derive(call, file, now)
                let name = call.job.request.template
                let template = try templates[name] ?? CallFile.template(of: call, policy)
                templates[name] = template
                ready.append((call, try CallFile.bytes(call, file: file, policy: policy, template: template)))
            }
        }
        guard !ready.isEmpty else { return }
        var failures: [AttemptID: any Error] = [:]
        do {
            try DurableFile.fsyncDirectory(layout.attempts)
            failures = outgoing.publish(ready.map { ($0.call.id, $0.contents) })
        } catch { for (call, _) in ready { failures[call.id] = error } }
        for (call, _) in ready {
            guard let error = failures[call.id] else { continue }
            orGiveUp(call, now: now, into: &report) { throw error }
        }
        let published = ready.map(\.call).filter { failures[$0.id] == nil }
        try store.markPublished(published.map(\.id), now: now)
        for call in published { report.add(call, "call file published") }
    }

    /// Gives a call up where that fails.
    private func orGiveUp(
        _ call: OpenCall, now: UnixTime, into report: inout PassReport, _ body: () throws -> Void
    ) {
        do { try body() } catch {
            do { try giveUp(call, error, now: now, into: &report) } catch { report.add(call, problem: error) }
        }
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
