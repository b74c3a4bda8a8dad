import FaxModel
import FaxStore
import SpoolFiles

extension Scheduler {
    /// Gathers what there is about these calls; what can't be looked at is told and left out.
    ///
    /// The call files are looked for first: a report is written before Asterisk lets go of the file, so whoever sees the
    /// file gone sees the report too.
    func evidence(of calls: [OpenCall], into report: inout PassReport) throws -> [AttemptID: AttemptEvidence] {
        guard !calls.isEmpty else { return [:] }
        var files: [AttemptID: AttemptEvidence.File] = [:]
        for call in calls {
            do { files[call.id] = AttemptEvidence.File(try outgoing.state(of: call.id)) } catch {
                report.add(call, problem: error)
            }
        }
        let results = try records.allResults()
        for problem in results.problems { report.add(problem: problem) }
        let reports = Dictionary(grouping: results.records, by: \.attempt)
        var found: [AttemptID: AttemptEvidence] = [:]
        for call in calls {
            guard let file = files[call.id] else { continue }
            do {
                found[call.id] = AttemptEvidence(
                    state: call.attempt.state, claimed: call.attempt.claimed, published: call.attempt.published,
                    longestCall: call.attempt.longestCall, marker: try marker(call),
                    reports: reports[call.id] ?? [], file: file,
                    cancelRequested: call.parts.contains(where: \.job.cancelRequested),
                    cancelsAll: call.cancelRequested)
            } catch {
                report.add(call, problem: error)
            }
        }
        return found
    }

    private func marker(_ call: OpenCall) throws -> AttemptEvidence.Marker {
        guard let marker = try gate.marker(call.id) else { return .none }
        switch marker.holder {
        case .closed: return .closed
        case .call:
            // The store's moment moves along when the clock is set.
            return .call(
                uniqueid: marker.uniqueid, at: call.attempt.started ?? marker.at,
                alive: marker.asterisk?.isAlive ?? true)
        }
    }
}

extension AttemptEvidence.File {
    init(_ state: CallFileState) {
        switch state {
        case .absent: self = .absent
        case .outgoing(let notes): self = .outgoing(touched: !notes.isEmpty)
        case .archived(nil, _): self = .archived(.none)
        case .archived(.completed?, _): self = .archived(.completed)
        case .archived(.expired?, _): self = .archived(.expired)
        case .archived(.failed?, _): self = .archived(.failed)
        }
    }
}
