import FaxInbox
import FaxModel
import FaxSettings
import FaxStore
import Foundation
import Logging
import SpoolFiles

/// What is wrong with the queue itself, as far as a person has to act.
enum OperatorAlarms {
    /// What is looked at.
    struct Facts {
        var now: UnixTime
        var queue: QueueTroubles
        var lines: Int
        /// What is wrong with the numbers' settings: nothing is sent then.
        var numbers: String?
        /// On the spool's file system.
        var room: FileSystemRoom
        /// Received faxes that could not be printed, copied or handed to a program, of the last six days.
        var failedErrands: [InboxErrand] = []
        /// Received calls that wait for their place in the archive for more than ten minutes.
        var stuckReceipts = 0
        /// Reports of received calls that can't be read, one line each.
        var badReports: [String] = []
        /// Messages about received faxes.
        var mail = InboxMailTroubles()
        /// nil: old faxes are removed by a date that is believed.
        var keepingHeldUntil: UnixTime?
    }

    /// By a name that stays the same for as long as the trouble lasts.
    static func troubles(_ facts: Facts) -> [String: String] {
        var found: [String: String] = [:]
        let queue = facts.queue
        if let oldest = queue.oldestDue, facts.now.seconds(since: oldest) > 900, queue.callsUnderWay < facts.lines {
            let minutes = Int(facts.now.seconds(since: oldest) / 60)
            found["queue"] =
                "The queue does not move: a fax could have gone \(minutes) minutes ago, and lines are free."
        }
        for id in queue.unknown {
            found["unknown \(id)"] =
                "Job \(id) is unknown: its call began and never reported. Ask the recipient, then: fax-queue resolve \(id)"
        }
        for (cause, count) in queue.local {
            found[cause.rawValue] =
                "\(count) faxes wait for more than ten minutes: \(cause.explanation) (\(cause.rawValue))."
        }
        if let numbers = facts.numbers { found["numbers"] = "Nothing is sent: \(numbers)" }
        for errand in facts.failedErrands {
            found["errand \(errand.id)"] =
                "A received fax could not be delivered by \(errand.kind.rawValue) \(errand.target): "
                + "\(errand.lastError ?? "") See: fax-inbox show \(errand.uniqueid)"
        }
        if facts.stuckReceipts > 0 {
            found["stuck"] =
                "\(facts.stuckReceipts) received faxes wait for their place in the archive for more than ten minutes: "
                + "fax-inbox list --state reported, and faxd's log tells why."
        }
        for line in facts.badReports {
            found["report \(line)"] = "The report of a received call can't be read: \(line)"
        }
        if facts.mail.unanswered > 0 {
            found["unanswered"] =
                "The mail server took \(facts.mail.unanswered) messages and did not answer for ten minutes; they may have "
                + "arrived, and are sent again, hours apart, with the same Message-ID. Its log tells what it was doing."
        }
        if let oldest = facts.mail.oldestDue, facts.now.seconds(since: oldest) > 86_400 {
            found["mail"] =
                "Messages about received faxes wait for more than a day: \(facts.mail.lastError ?? "no error is known")"
        }
        if let held = facts.keepingHeldUntil {
            let days = Int(held.seconds(since: facts.now) / 86_400) + 1
            found["keeping"] =
                "The date is more than a day ahead of what it was: nothing old is removed from the archive for \(days) days. "
                + "Is the clock right?"
        }
        if facts.room.free < 200_000_000 || facts.room.free < facts.room.size / 20 {
            found["disk"] = "The spool's disk is nearly full: \(facts.room.free / 1_000_000) MB are free."
        }
        return found
    }
}

/// Tells the operator of each trouble once when it comes and once when it is over.
struct AlarmPass: Sendable {
    let site: Installation
    let mailer: (any Mailer)?
    let logger: Logger

    @Sendable func run() async throws {
        let now = Clock.now()
        let site = site
        let known = try await OwnQueue.notices.run { try site.jobs.fact("alarms") }
        let told = known.flatMap { try? JSONDecoder().decode([String: String].self, from: Data($0.utf8)) } ?? [:]
        let current = OperatorAlarms.troubles(try await OwnQueue.notices.run { try Self.facts(site, now) })
        let new = current.filter { told[$0.key] == nil }
        // What a person settles, or what goes with its age, isn't told to be over.
        let over = told.filter { entry in
            current[entry.key] == nil && !["unknown ", "errand "].contains(where: entry.key.hasPrefix)
        }
        guard !new.isEmpty || Set(told.keys) != Set(current.keys) else { return }
        for text in new.values.sorted() { logger.error("alarm", metadata: ["trouble": "\(text)"]) }
        for text in over.values.sorted() { logger.notice("alarm is over", metadata: ["trouble": "\(text)"]) }
        if !new.isEmpty || !over.isEmpty { try await tell(new, over, now) }
        let text = String(decoding: try JSONEncoder().encode(current), as: UTF8.self)
        try await OwnQueue.notices.run { try site.jobs.setFact("alarms", text) }
    }

    private static func facts(_ site: Installation, _ now: UnixTime) throws -> OperatorAlarms.Facts {
        var numbers: String?
        do throws(FaxError) { _ = try site.permission.policy() } catch { numbers = error.message }
        let inbox = InboxStore(site.database)
        return OperatorAlarms.Facts(
            now: now, queue: try site.jobs.troubles(now: now),
            lines: site.settings.sending.trunks.reduce(0) { $0 + $1.lines }, numbers: numbers,
            room: FileSystemRoom(site.layout.root),
            failedErrands: try inbox.failedDeliveries(since: now.adding(seconds: -6 * 86_400)),
            stuckReceipts: try inbox.stuckReceipts(recordedBefore: now.adding(seconds: -600)),
            badReports: try SpoolRecords(site.layout).receivedReports().problems,
            mail: try inbox.mailTroubles(),
            keepingHeldUntil: KeepingClock(try inbox.fact(KeepingPass.fact), now: now).believedAt)
    }

    /// A mail server that is down holds up the next look: then all is told at once.
    private func tell(_ new: [String: String], _ over: [String: String], _ now: UnixTime) async throws {
        let settings = site.settings
        guard let mailer, let from = settings.mail.from, let person = settings.receiving.operatorAddress else { return }
        var lines = new.values.sorted()
        if !over.isEmpty { lines += ["", "Over:"] + over.values.sorted() }
        let message = MailMessage(
            from: from, fromName: settings.mail.fromName, to: [person],
            subject: new.isEmpty
                ? "Fax server \(settings.host): all well again" : "Fax server \(settings.host): trouble",
            date: now, messageID: "alarm.\(now.milliseconds)@\(settings.host)",
            text: lines.joined(separator: "\n") + "\n", attachments: [])
        do throws(MailFailure) { try await mailer.deliver(message, to: person) } catch {
            if ![.permanent, .unanswered].contains(error.kind) {
                throw FaxError(.unavailable, "the operator can't be told: \(error.message)")
            }
            logger.error("alarm", metadata: ["problem": "\(error.message)"])
        }
    }
}
