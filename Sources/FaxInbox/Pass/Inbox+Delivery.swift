import FaxModel
import FaxStore
import Foundation
import SpoolFiles

extension Inbox {
    /// Hands out what is due. No transaction is open meanwhile: who is killed between the server's yes and ours sends the
    /// same message with the same Message-ID again, which SMTP can't tell apart.
    func deliver(now: UnixTime, _ pass: inout InboxPass) async throws {
        if let pause, now < pause.until, pause.until.seconds(since: now) <= Double(Self.longestPause) { return }
        var inARow = 0
        let begun = steady()
        // So few, and for so long, that a slow server doesn't keep new faxes out of the archive; the next pass goes on.
        for mail in try store.dueMail(now: now, limit: Self.batch) {
            // A server that fails three messages in a row is down; the others keep their place and lose no try.
            if inARow == 3 || Task.isCancelled { return }
            do throws(MailFailure) {
                if !taken.contains(mail.id) { try await deliver(mail) }
                inARow = 0
            } catch {
                if error.kind == .unavailable { return try await waitForServer(error, mail, now: now, &pass) }
                inARow = error.kind == .permanent ? 0 : inARow + 1
                try record(error, of: mail, now: now, &pass)
                try checkpoint(.mailRecorded)
                if isLong(since: begun) { break }
                continue
            }
            pause = nil
            try taken.finish(mail.id) {
                try checkpoint(.accepted)
                try store.markSent(mail, now: now)
            }
            pass.sent += 1
            try checkpoint(.mailRecorded)
            if isLong(since: begun) { break }
        }
        if try store.dueMail(now: now, limit: 1).isEmpty { await mailer.rest() }
    }

    private func deliver(_ mail: InboxMail) async throws(MailFailure) {
        let made = try prepared(mail, await pictures[mail.uniqueid]?.value)
        defer { made.enclosure.cleanUp() }
        try await mailer.deliver(made.message, to: mail.recipient)
    }

    /// The message, with files that are there only until it is out.
    private func prepared(
        _ mail: InboxMail, _ picture: [UInt8]?
    ) throws(MailFailure) -> (message: MailMessage, enclosure: Enclosure) {
        do {
            guard let receipt = try store.receipt(mail.uniqueid) else {
                throw FaxError(.software, "message \(mail.id) is about receipt \(mail.uniqueid), which is gone")
            }
            let failed = try mail.about.flatMap { try store.mail(id: $0) }
            let undone = mail.kind == .notice ? try store.errands(for: mail.uniqueid).filter(\.isLost) : []
            let everybody =
                mail.kind == .fax
                ? try store.mail(for: mail.uniqueid).filter { $0.kind == .fax && $0.round == mail.round }
                    .map(\.recipient) : [mail.recipient]
            var style = mail.style
            var limit = settings.maxMessage
            if mail.kind == .undelivered {
                style = settings.rules.standard.style.noMore(than: failed?.style ?? style)
                // Whatever made the first message too large should not stop this one.
                limit = min(limit, 5_000_000)
            }
            let enclosure = try enclosure(
                receipt, style, picture, limit: limit, isLast: mail.kind == .undelivered)
            let message = FaxLetter(settings: settings, receipt: receipt, style: style)
                .message(for: mail, to: everybody, failed: failed, undone: undone, enclosure: enclosure)
            return (message, enclosure)
        } catch {
            throw MailFailure(
                .temporary, "the message could not be made: \((error as? FaxError)?.message ?? "\(error)")")
        }
    }

    private func enclosure(
        _ receipt: InboxReceipt, _ style: MessageStyle, _ picture: [UInt8]?, limit: Int64, isLast: Bool
    ) throws(FaxError) -> Enclosure {
        do throws(FaxError) {
            var made = try Enclosure(
                receipt, style, settings, picture: picture, limit: limit, in: settings.layout.messages)
            // Files that somebody took away are no reason to say nothing at all.
            if isLast { made.files.removeAll { ArchiveFiles.status($0.path) == nil } }
            return made
        } catch {
            guard error.code == .noInput || error.code == .data else { throw error }
            // What is gone can't be made smaller: the message is sent with what the archive should have, and refused.
            var whole = style
            whole.paper = nil
            return isLast ? Enclosure() : try Enclosure(receipt, whole, settings, picture: picture, limit: .max, in: "")
        }
    }

    /// Everything that is due waits where it is, and one message asks again after a pause: what counts pauses is the server,
    /// not each message.
    private func waitForServer(
        _ failure: MailFailure, _ mail: InboxMail, now: UnixTime, _ pass: inout InboxPass
    ) async throws {
        let failures = (pause?.failures ?? 0) + 1
        pause = (now.adding(seconds: min(5 << Int64(min(failures - 1, 2)), Self.longestPause)), failures)
        let error = FarText.visible(failure.message)
        try store.markWaiting(error, now: now)
        pass.problems.append("mail waits, no server is to be had: \(error)")
        // Patience ends without a server, too.
        for mail in try store.dueMail(now: now, limit: 100)
        where MailRetry.next(tries: 1, since: mail.dueAt, now: now) == nil && !isLast(mail) {
            try record(failure, of: mail, now: now, &pass)
            try checkpoint(.mailRecorded)
        }
    }

    /// Milliseconds for the messages of one pass; the one that is under way then goes to its end.
    private static let longestDelivery: Int64 = 60_000

    private func isLong(since begun: SteadyTime?) -> Bool {
        guard let begun, let now = steady() else { return false }
        return now.milliseconds - begun.milliseconds > Self.longestDelivery
    }

    /// Seconds until a server that was not to be had is asked again, at most.
    private static let longestPause: Int64 = 20

    private func record(_ failure: MailFailure, of mail: InboxMail, now: UnixTime, _ pass: inout InboxPass) throws {
        let error = FarText.visible(failure.message)
        let isUnanswered = failure.kind == .unanswered
        var next = MailRetry.next(failure.kind, tries: mail.tries + 1, since: mail.dueAt, now: now)
        if isLast(mail) {
            next = next ?? now.adding(seconds: Self.lastPause)
        } else if failure.kind == .permanent {
            next = nil
        }
        if let next {
            try store.markDeferred(mail, error: error, nextAt: next, isUnanswered: isUnanswered)
            pass.deferred += 1
            pass.problems.append("fax \(mail.uniqueid): mail waits, try \(mail.tries + 1): \(error)")
            return
        }
        try store.markFailed(mail, error: error, notice: settings.operator, now: now)
        pass.failed += 1
        pass.problems.append("fax \(mail.uniqueid): mail given up: \(error)")
    }

    /// Behind the operator there is nobody, and a server that refuses him is set up wrong and will be mended: what is for him
    /// is never given up.
    private func isLast(_ mail: InboxMail) -> Bool { mail.kind == .undelivered || mail.recipient == settings.operator }

    /// Seconds between tries of what is never given up, once patience is over.
    private static let lastPause: Int64 = 86_400
}
