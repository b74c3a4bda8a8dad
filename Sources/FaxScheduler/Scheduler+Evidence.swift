import FaxModel
import FaxStore
import SpoolFiles

extension Scheduler {
    /// Gathers what there is about these calls; what can't be looked at is told and left out.
    ///
    /// The call files are looked for first: a report is written before Asterisk lets go of the file, so whoever sees the
    /// file gone sees the report too.
    func evidence(
        of calls: [OpenCall], now: UnixTime, jump: Int64, into report: inout PassReport
    ) throws -> [AttemptID: AttemptEvidence] {
        guard !calls.isEmpty else { return [:] }
        var files: [AttemptID: CallFileState] = [:]
        for call in calls {
            do {
                files[call.id] = try memory.callFiles.value(of: outgoing.outgoingPath(call.id)) {
                    try outgoing.state(of: call.id)
                }
            } catch {
                report.add(call, problem: error)
            }
        }
        let results = try memory.reports.listings(in: layout.results) { name in try records.results(named: [name]) }
        for problem in results.flatMap(\.problems) { report.add(problem: problem) }
        let reports = Dictionary(grouping: results.flatMap(\.records), by: \.attempt)
        var lives: [ProcessIdentity: Bool] = [:]
        func isAlive(_ process: ProcessIdentity) -> Bool {
            if let known = lives[process] { return known }
            let alive = process.isAlive
            lives[process] = alive
            return alive
        }
        var found: [AttemptID: AttemptEvidence] = [:]
        for call in calls {
            guard let file = files[call.id] else { continue }
            let stamps = Stamps(earliest: call.attempt.claimed, now: now, jump: jump)
            do {
                found[call.id] = AttemptEvidence(
                    state: call.attempt.state, claimed: call.attempt.claimed, published: call.attempt.published,
                    longestCall: call.attempt.longestCall, marker: try marker(call, stamps, isAlive),
                    reports: reports[call.id] ?? [], file: AttemptEvidence.File(file), dialled: dialled(file, stamps),
                    cancelRequested: call.parts.contains(where: \.job.cancelRequested),
                    cancelsNow: cancelsNow(call, into: &report))
            } catch {
                report.add(call, problem: error)
            }
        }
        return found
    }

    /// A fax of a shared call that was taken back is hung up when its turn comes; those before it go on undisturbed.
    private func cancelsNow(_ call: OpenCall, into report: inout PassReport) -> Bool {
        if call.cancelRequested { return true }
        guard let pagesDone = hands.pagesDone, call.parts.contains(where: \.job.cancelRequested) else { return false }
        do {
            guard let done = try pagesDone(call.id) else { return false }
            return call.part(after: done)?.job.cancelRequested ?? false
        } catch {
            report.add(call, problem: error)
            return false
        }
    }

    private func marker(
        _ call: OpenCall, _ stamps: Stamps, _ isAlive: (ProcessIdentity) -> Bool
    ) throws -> AttemptEvidence.Marker {
        // One that could not be read is an unknown call's; it may be read the next time.
        let isRead = { (marker: StartMarker?) in marker?.holder != .call || marker?.uniqueid != nil }
        let found = try memory.markers.value(of: layout.marker(call.id), worthKeeping: isRead) {
            try gate.marker(call.id)
        }
        guard let marker = found else { return .none }
        switch marker.holder {
        case .closed: return .closed
        case .call:
            // Too late does no harm, too early would give up a call that goes on.
            return .call(
                uniqueid: marker.uniqueid, at: call.attempt.started ?? stamps.moment(marker.at) ?? stamps.now,
                alive: marker.asterisk.map(isAlive) ?? true)
        }
    }

    /// When Asterisk began its last dial: it notes the moment RetryTime later, in whole seconds.
    private func dialled(_ file: CallFileState, _ stamps: Stamps) -> UnixTime? {
        guard case .outgoing(let notes) = file, let last = notes.last(where: { $0.kind == .start }) else { return nil }
        let noted = last.time.adding(seconds: -Int64(policy.asteriskRetryTime))
        return stamps.moment(noted, rounding: 1) ?? noted
    }
}

/// Times that others wrote into files. The store's own move along when the clock is set, these don't: one that can't be
/// is the old clock's.
private struct Stamps {
    /// Nothing happened to the call before.
    let earliest: UnixTime
    let now: UnixTime
    /// Seconds by which the clock was set last.
    let jump: Int64

    /// nil where neither clock can have shown it; where both can, the later: it would make no call that has just begun
    /// look hours old.
    ///
    /// One that is a little ahead is now's: a clock that is set back by less than a jump is followed by nobody.
    func moment(_ stamp: UnixTime, rounding seconds: Int64 = 0) -> UnixTime? {
        let latest = now.adding(seconds: ClockReading.limit)
        let fitting = [stamp, stamp.adding(seconds: jump)].filter {
            $0.adding(seconds: seconds) >= earliest && $0 <= latest
        }
        return fitting.max().map { min($0, now) }
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
