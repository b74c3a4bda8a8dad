import FaxModel
import FaxPages
import FaxSettings
import FaxStore
import Foundation
import SpoolFiles

extension ProbeRunner {
    /// Seconds for which the fax of a run may wait for a line.
    static let patience: Int64 = 600

    /// Puts the fax of a new run behind all users' faxes; `missed` is noted in the same step. `scheduled`: nil by hand.
    ///
    /// A fax that can't be made is a run that failed.
    func begin(
        _ probe: Probe, at scheduled: UnixTime?, beside missed: [ProbeRun] = [], schedule: String, now: UnixTime
    ) async throws -> ProbeRun {
        let mark = ProbeMark(random: .random(in: .min ... .max))
        let run = ProbeRun(probe: probe.name, mark: mark, state: .calling, scheduled: scheduled, begun: now)
        var submission: Submission?
        var problem: String?
        do { submission = try await fax(of: probe, mark, now: now) } catch let error as CancellationError {
            throw error
        } catch {
            problem = "its fax could not be made: \(error)"
        }
        let added = try store.add(
            missed + [run], submission: submission, schedule: schedule, lookedUntil: scheduled)
        guard let begun = added.last else { throw FaxError(.software, "a run was not noted") }
        if let problem {
            try end(begun, .failed, problem, now: now)
        } else {
            site.layout.poke()
        }
        return begun
    }

    private func fax(of probe: Probe, _ mark: ProbeMark, now: UnixTime) async throws -> Submission {
        let settings = site.settings
        let request = try request(probe, mark)
        try DiskUse.refuseFull(site.layout.root, minFree: settings.sending.minFree)
        try site.rehearse([request], pages: 1, longestCall: 1)
        let path = site.layout.documents + "/" + UUID().uuidString.lowercased() + ".tiff"
        let pages: Submission.Pages
        if let document = probe.document {
            let look = PageWish(lines: probe.mode.resolution)
            pages = Submission.Pages(
                path: path, try await DocumentPages(settings: settings, look: look).render([document], to: path))
        } else {
            let page = TestPage(lines: lines(probe, mark, now))
            let infos = try page.write(to: path, at: probe.mode.resolution)
            pages = Submission.Pages(path: path, infos.map { ($0.rows, $0.encodedBytes) })
        }
        return Submission(
            document: pages, recipients: [Submission.Recipient(request)], priority: 255, maxDials: 1, maxTries: 1,
            submitted: now, due: now, deadline: now.adding(seconds: Self.patience), key: "probe-\(mark)")
    }

    private func request(_ probe: Probe, _ mark: ProbeMark) throws -> FaxRequest {
        let sending = site.settings.sending
        guard !sending.trunks.isEmpty else { throw FaxError(.configuration, "sending.trunk is not set") }
        let place = try site.permission.policy().resolve(probe.number.digits)
        return FaxRequest(
            owner: DirectAccess.userName, number: place.canonical,
            dialled: place.dialled == place.canonical ? nil : place.dialled, trunk: probe.trunk,
            stationID: try StationID(parsing: mark.station), callerID: sending.callerID, header: sending.header,
            resolution: probe.mode.resolution, ecm: probe.mode.ecm, t38: probe.mode.t38, rate: probe.mode.rate,
            template: sending.template, probe: probe.name)
    }

    private func lines(_ probe: Probe, _ mark: ProbeMark, _ now: UnixTime) -> [String] {
        let mode = probe.mode
        return [
            "Fax test page", "A fax server sends this page to itself to see that faxes arrive.",
            "Probe \(probe.name) from \(site.settings.host)", "Run \(mark), \(TimeText(probe.zone).minute(now))",
            "To \(probe.number), \(mode.t38 ? "T.38" : "audio"), \(mode.ecm ? "with" : "without") error correction,",
            "up to \(mode.rate.rawValue) bit/s, \(mode.resolution.linesPerInch) lines an inch",
        ]
    }
}
