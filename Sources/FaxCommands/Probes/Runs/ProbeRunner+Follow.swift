import FaxModel
import FaxPages
import FaxSettings
import FaxStore
import Foundation

extension ProbeRunner {
    /// Moves one run on, as far as it goes now.
    func follow(_ run: ProbeRun, now: UnixTime) async throws {
        switch run.state {
        case .calling: try await followCall(run, now: now)
        case .looking: try await look(for: run, now: now)
        case .passed, .failed, .missed: return
        }
    }

    private func followCall(_ run: ProbeRun, now: UnixTime) async throws {
        guard let id = run.job, let job = try site.jobs.job(id) else {
            // Killed between the two, or made by hand where nobody goes on.
            return try end(run, .failed, "its fax was never submitted", now: now)
        }
        guard job.state.isFinal else { return }
        var run = run
        run.called = job.finished ?? now
        run.cause = job.cause
        run.figures.pages = job.pages
        run.figures.pagesConfirmed = job.pagesDone
        if let attempt = try site.jobs.attempts(of: id).last { run.add(attempt) }
        switch job.state {
        case .delivered:
            guard let probe = probe(of: run) else {
                return try end(run, .missed, "the probe is no longer in the settings", now: now)
            }
            if probe.proof == .t30 { return try end(run, .passed, "the far machine confirmed every page", now: now) }
            run.state = .looking
            try store.update(run)
            try await look(for: run, now: now)
        case .expired where job.dials == 0 && (job.cause == nil || job.cause == .timeExpired):
            let minutes = Self.patience / 60
            try end(run, .missed, "no line was free for \(minutes) minutes: users' faxes go first", now: now)
        case .cancelled: try end(run, .missed, "a person cancelled it", now: now)
        default:
            let why = job.cause?.explanation ?? job.state.rawValue
            try end(run, .failed, job.detail.isEmpty ? why : "\(why): \(job.detail)", now: now)
        }
    }

    private func probe(of run: ProbeRun) -> Probe? { site.settings.probes.first { $0.name == run.probe } }

    /// Looks into the mailbox, not more often than it should.
    private func look(for run: ProbeRun, now: UnixTime) async throws {
        guard let probe = probe(of: run), let mark = run.mark, let called = run.called else {
            return try end(run, .missed, "the probe is no longer in the settings", now: now)
        }
        let isOver = now.seconds(since: called) > Double(probe.within)
        guard isOver || looks.isDue(run.id, every: probe.proof.pause, now: now) else { return }
        var trouble: String?
        do {
            if let message = try await mailbox(probe.proof)?.message(about: mark, since: run.begun) {
                looks.forget(run.id)
                return try judge(run, probe, message, called: called, now: now)
            }
        } catch let error as CancellationError { throw error } catch { trouble = "\(error)" }
        guard isOver else { return }
        looks.forget(run.id)
        let place = "every page was confirmed, but \(probe.within) s later"
        try end(
            run, .failed,
            trouble.map { "\(place) the mailbox can't be read: \($0)" }
                ?? "\(place) no message about the fax is there", now: now)
    }

    private func mailbox(_ proof: ProbeProof) throws -> (any Mailbox)? {
        switch proof {
        case .t30: nil
        case .maildir(let directory): MaildirMailbox(directory: directory)
        case .imap(let address): try openMailbox(address)
        }
    }

    /// Compares what came out with what was sent.
    private func judge(
        _ run: ProbeRun, _ probe: Probe, _ message: [UInt8], called: UnixTime, now: UnixTime
    ) throws {
        var run = run
        run.figures.arrivalSeconds = max(0, now.seconds(since: called))
        guard let job = try run.job.flatMap({ try site.jobs.job($0) }) else {
            return try end(run, .failed, "what was sent is no longer known", now: now)
        }
        let header = site.settings.sending.headerLine.drawer(of: job.request.header)
        let comparison: PageComparison
        do {
            comparison = try ProbeComparison(
                sent: job.document, resolution: job.request.resolution, headerLine: header
            ).compare(message)
        } catch {
            return try end(run, .failed, "it came out, but can't be compared: \(error)", now: now)
        }
        let damage = comparison.pages.reduce(0) { $0 + $1.differingPixels }
        run.figures.pagesArrived = comparison.pagesReceived
        run.figures.pagesIdentical = comparison.identical
        run.figures.damage = damage
        if comparison.pagesReceived != comparison.pagesSent {
            let text = "\(comparison.pagesReceived) of \(comparison.pagesSent) pages came out"
            try end(run, .failed, text, now: now)
        } else if damage > probe.maxDamage {
            try end(run, .failed, "it came out with \(damage) pixels that differ", now: now)
        } else {
            try end(
                run, .passed, damage == 0 ? "it came out identical" : "it came out, \(damage) pixels differ", now: now)
        }
    }
}

extension ProbeProof {
    /// Seconds between two looks.
    fileprivate var pause: Int64 {
        switch self {
        case .t30, .maildir: 2
        case .imap: 10
        }
    }
}

extension ProbeRun {
    /// What the call showed.
    fileprivate mutating func add(_ attempt: Attempt) {
        if let published = attempt.published, let started = attempt.started {
            figures.setupSeconds = max(0, started.seconds(since: published))
        }
        figures.lineSeconds = attempt.lineSeconds
        figures.rate = attempt.rate.flatMap { $0 > 0 ? $0 : nil }
        figures.mode = attempt.mode
        figures.station = attempt.remoteStationID
    }
}
