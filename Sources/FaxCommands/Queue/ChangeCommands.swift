import FaxModel
import FaxScheduler
import FaxSettings
import FaxStore
import Foundation
import SpoolFiles

/// `fax-queue hold` and `release`
struct HoldJob: DeskCommand {
    static let name = "hold"

    var id: Int64
    var held: Bool

    func answer(at desk: QueueDesk) throws -> Job {
        _ = try desk.job(id)
        let job = try desk.site.jobs.hold(id, held, now: Clock.now())
        try desk.advance()
        return job
    }
}

/// `fax-queue cancel`
struct CancelJob: DeskCommand {
    static let name = "cancel"

    var id: Int64

    func answer(at desk: QueueDesk) throws -> Job {
        _ = try desk.job(id)
        _ = try desk.site.jobs.cancel(id, now: Clock.now())
        try desk.advance()
        return try desk.job(id)
    }
}

/// `fax-queue alter`: texts as they were typed.
struct AlterJob: DeskCommand {
    static let name = "alter"

    var id: Int64
    var number: String?
    var at: String?
    var deadline: String?
    var priority: Int?
    var tries: Int?
    var dials: Int?

    func answer(at desk: QueueDesk) throws -> Job {
        let job = try desk.job(id)
        // Whoever asks over the socket need not be our own fax-queue.
        try Self.check("priority", priority, 0...255)
        try Self.check("tries", tries, 1...100)
        try Self.check("dials", dials, 1...1000)
        let now = Clock.now()
        var change = JobChange(priority: priority, maxDials: dials, maxTries: tries)
        if let number {
            let destination = try desk.destination(number)
            change.number = destination.canonical
            change.dialled = destination.dialled == destination.canonical ? nil : destination.dialled
        }
        change.due = try at.map { try desk.moment($0, now: now) }
        // A job that is put off keeps the time that it still had.
        if let due = change.due {
            let left = max(job.deadline.milliseconds - max(job.due, now).milliseconds, 0)
            change.deadline = UnixTime(milliseconds: due.milliseconds + left)
        }
        if let deadline { change.deadline = try desk.moment(deadline, now: change.due ?? max(now, job.due)) }
        let changed = try desk.site.jobs.alter(id, change, now: now)
        try desk.advance()
        return changed
    }

    private static func check(_ name: String, _ value: Int?, _ range: ClosedRange<Int>) throws(FaxError) {
        guard let value, !range.contains(value) else { return }
        throw FaxError(.usage, "\(name) \(value): use \(range.lowerBound) to \(range.upperBound)")
    }
}

/// `fax-queue resend`
struct ResendJob: DeskCommand {
    static let name = "resend"

    var id: Int64
    var allPages: Bool
    var number: String?
    var at: String?

    func answer(at desk: QueueDesk) throws -> Job {
        let job = try desk.job(id)
        guard DurableFile.exists(job.document), job.cover.map(DurableFile.exists) ?? true else {
            throw FaxError(.noInput, "job \(id): its document is no longer kept; send it with fax-send")
        }
        let now = Clock.now()
        let due = try at.map { try desk.moment($0, now: now) } ?? now
        // The number may have been forbidden meanwhile.
        let destination = try desk.destination(number ?? job.request.number.digits)
        var wish = Resend(
            allPages: allPages, due: due, deadline: due.adding(seconds: desk.site.settings.sending.retry.deadline))
        if number != nil {
            wish.number = destination.canonical
            wish.dialled = destination.dialled == destination.canonical ? nil : destination.dialled
        }
        let new = try desk.site.jobs.resend(id, wish, now: now)
        try desk.advance()
        return new
    }
}

/// `fax-queue resolve`
struct ResolveJob: DeskCommand {
    static let name = "resolve"

    var id: Int64
    var delivered: Bool

    func answer(at desk: QueueDesk) throws -> Job {
        try desk.requireAdministrator("settling an unknown fax")
        return try desk.site.jobs.resolve(id, delivered: delivered, now: Clock.now())
    }
}

extension QueueDesk {
    /// Lets what was just stored take effect. What fails there is the next pass's business.
    func advance() throws { _ = try? site.advance() }

    func destination(_ number: String) throws(FaxError) -> Destination {
        try NumberPolicy(site.settings.sending.numbers).resolve(number)
    }

    func moment(_ text: String, now: UnixTime) throws(FaxError) -> UnixTime {
        try SendTime.parse(text, now: now, zone: TimeZone(identifier: site.settings.timeZone) ?? .gmt)
    }
}
