package import FaxModel
import FaxPages
import FaxScheduler
import FaxSettings
import FaxStore
import Foundation
import Logging
import SpoolFiles

/// Opens the mailbox that a probe's fax should come out of. Only `faxd` links the library that IMAP needs.
package typealias MailboxFactory = @Sendable (MailboxAddress) throws -> any Mailbox

/// Begins the runs of probes that are due, and follows them to their end.
///
/// All truth is in the store: a runner may be killed at any instruction and another one goes on from there.
struct ProbeRunner: Sendable {
    let site: Installation
    let logger: Logger
    let openMailbox: MailboxFactory
    let looks = LookTimes()

    var store: ProbeStore { ProbeStore(site.database) }

    /// One look at everything. What goes wrong with one probe is told, and holds up no other.
    func runOnce(now: () -> UnixTime) async throws {
        for run in try store.openRuns() {
            do { try await follow(run, now: now()) } catch let error as CancellationError { throw error } catch {
                logger.error("probe", metadata: ["probe": "\(run.probe)", "problem": "\(error)"])
            }
        }
        let busy = Set(try store.openRuns().map(\.probe))
        for probe in site.settings.probes {
            try await plan(probe, isBusy: busy.contains(probe.name), now: now())
        }
    }

    /// Begins a run of `probe` if one is due, and notes those that were missed.
    func plan(_ probe: Probe, isBusy: Bool, now: UnixTime) async throws {
        let schedule = "\(probe.schedule) \(probe.zone)"
        // Set back far enough, what was looked at is still to come.
        guard let memory = try store.memory(of: probe.name), memory.schedule == schedule,
            memory.lookedUntil <= now.adding(seconds: ProbeSchedule.grace)
        else { return try store.look(at: probe.name, schedule: schedule, from: now) }
        let due = CronClock(probe.schedule, zone: probe.zone).moments(after: memory.lookedUntil, upTo: now)
        guard let last = due.last else { return }
        let plan = ProbeSchedule(due: due, now: now, isBusy: isBusy)
        let missed = missed(plan.missed, of: probe, isBusy: isBusy, now: now).map { [$0] } ?? []
        for run in missed {
            logger.warning(
                "probe", metadata: ["probe": "\(run.probe)", "missed": "\(run.count)", "why": "\(run.detail)"])
        }
        if let scheduled = plan.run {
            _ = try await begin(probe, at: scheduled, beside: missed, schedule: schedule, now: now)
        } else {
            _ = try store.add(missed, schedule: schedule, lookedUntil: last)
        }
    }

    /// One record for all that were missed together.
    private func missed(_ moments: [UnixTime], of probe: Probe, isBusy: Bool, now: UnixTime) -> ProbeRun? {
        guard let first = moments.first, let last = moments.last else { return nil }
        let times = TimeText(site.settings.timeZone)
        let isBehind = isBusy && now.seconds(since: first) <= Double(ProbeSchedule.grace)
        var why = isBehind ? "the run before was still under way" : "faxd was not running, or the clock was set"
        if moments.count > 1 { why += ", from \(times.plain(first)) on" }
        return ProbeRun(
            probe: probe.name, mark: nil, state: .missed, count: moments.count, scheduled: last, begun: last,
            ended: now, detail: why)
    }

    /// Ends a run; people are told where that is news.
    func end(_ run: ProbeRun, _ state: ProbeRun.State, _ detail: String, now: UnixTime) throws {
        let probe = site.settings.probes.first { $0.name == run.probe }
        let own = probe?.mail ?? []
        let told = own.isEmpty ? [site.settings.receiving.operatorAddress].compactMap { $0 } : own
        // Before anybody can know that it failed.
        if state == .failed { keepStory(of: run) }
        let news = try store.finish(
            run.ended(state, detail, now: now), alarmAfter: probe?.alarmAfter ?? .max, telling: told, now: now)
        logger.log(
            level: state == .passed ? .info : .warning, "probe",
            metadata: ["probe": "\(run.probe)", "run": "\(run.id)", "end": "\(state.rawValue)", "why": "\(detail)"])
        guard let news else { return }
        logger.log(
            level: news == .alarm ? .error : .notice, "probe",
            metadata: ["probe": "\(run.probe)", "news": "\(news.rawValue)", "told": "\(told.count)"])
        site.layout.poke()
    }

    /// Tells what happened in the call while Asterisk's log still has it. A story that can't be kept is no reason to stop.
    private func keepStory(of run: ProbeRun) {
        do {
            guard let id = run.job, let job = try site.jobs.job(id), let attempt = try site.jobs.attempts(of: id).last,
                attempt.published != nil || attempt.carrier != nil
            else { return }
            let story = ProbeStory(
                of: attempt, to: job.request.dialled ?? job.request.number, log: site.settings.asterisk.log,
                isDelivered: job.state == .delivered)
            try ProbeRecords(site.layout).keep(story, of: run.id)
        } catch {
            logger.error("probe", metadata: ["probe": "\(run.probe)", "problem": "its story is not kept: \(error)"])
        }
    }
}
