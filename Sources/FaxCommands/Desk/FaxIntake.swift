import FaxModel
import FaxScheduler
import FaxSettings
import Foundation
import SpoolFiles

/// Who accepts faxes: this process, or faxd over its socket.
protocol FaxIntake: Sendable {
    var access: any QueueAccess { get }

    /// Returns once the jobs are durable.
    func submit(_ wish: SubmitFax, _ documents: [String]) async throws -> AcceptedFax
    /// Has the jobs begun; returns what an operator should know about them. They are accepted whatever this says.
    func begin(_ ids: [Int64]) async -> [String]
    /// Moves things on, where nobody else does.
    func drive() async throws
}

/// What came of a submission.
struct AcceptedFax: Codable, Sendable {
    var ids: [Int64]
    /// Lines for the sender.
    var notes: [String]
}

/// The owner of the spool works on it directly; everybody else asks faxd.
///
/// What is wrong with `wish` is thrown before anything is opened or made.
func openIntake(_ settings: Settings, _ wish: SubmitFax? = nil) throws -> any FaxIntake {
    func direct() throws -> DirectIntake {
        let fax = try wish.map { try FaxSubmission($0, owner: $0.owner ?? DirectAccess.userName, settings: settings) }
        return DirectIntake(site: try Installation(settings, forOneErrand: true), fax: fax)
    }
    var status = stat()
    if stat(settings.spool, &status) == 0, status.st_uid == geteuid() { return try direct() }
    // A spool that isn't there, or a daemon that isn't: the daemon's absence is the news for a stranger.
    if access(settings.socket, F_OK) == 0 { return SocketIntake(socket: SocketAccess(path: settings.socket)) }
    guard stat(settings.spool, &status) == 0 || errno == EACCES else {
        return try direct()
    }
    throw FaxError(
        .unavailable,
        "no faxd answers at \(settings.socket): start it, or run this as the user that the spool belongs to")
}

/// In this process.
struct DirectIntake: FaxIntake {
    let site: Installation
    /// What is to be submitted, understood already.
    let fax: FaxSubmission?

    var access: any QueueAccess { DirectAccess(site) }

    func submit(_ wish: SubmitFax, _ documents: [String]) async throws -> AcceptedFax {
        guard let fax else { throw FaxError(.software, "a fax is submitted that nobody looked at") }
        let ids = try await Submitting(site: site, fax: fax, key: wish.key).accept(documents)
        return AcceptedFax(ids: ids, notes: [fax.recipients.note].compactMap { $0 })
    }

    func begin(_ ids: [Int64]) async -> [String] {
        do {
            let ours = Set(ids)
            return try site.advance()?.steps.filter { $0.alarm && ours.contains($0.job) }
                .map { "accepted, but job \($0.job) is \($0.text)" } ?? []
        } catch {
            return ["accepted, but not yet started: \(error)"]
        }
    }

    func drive() async throws {
        if try !site.daemonRuns() { _ = try site.scheduler.runOnce(now: Clock.now) }
    }
}
