import FaxModel
import FaxStore

extension Inbox {
    /// Hands out what is due. No transaction is open meanwhile: who is killed between the server's yes and ours sends the
    /// same message with the same Message-ID again, which SMTP can't tell apart.
    func deliver(now: UnixTime, _ pass: inout InboxPass) async throws {
        var inARow = 0
        // Few enough that a slow server doesn't keep new faxes out of the archive; the next pass takes the next.
        for mail in try store.dueMail(now: now, limit: 20) {
            // A server that fails three messages in a row is down; the others keep their place and lose no try.
            if inARow == 3 || Task.isCancelled { return }
            guard let receipt = try store.receipt(mail.uniqueid) else {
                throw FaxError(.software, "message \(mail.id) is about receipt \(mail.uniqueid), which is gone")
            }
            let failed = try mail.about.flatMap { try store.mail(id: $0) }
            let everybody =
                mail.kind == .fax
                ? try store.mail(for: mail.uniqueid).filter { $0.kind == .fax }.map(\.recipient) : [mail.recipient]
            let message = FaxLetter(settings: settings, receipt: receipt)
                .message(for: mail, to: everybody, failed: failed)
            do throws(MailFailure) {
                try await mailer.deliver(message, to: mail.recipient)
                inARow = 0
            } catch {
                inARow = error.kind == .temporary ? inARow + 1 : 0
                try record(error, of: mail, now: now, &pass)
                try checkpoint(.mailRecorded)
                continue
            }
            try checkpoint(.accepted)
            try store.markSent(mail, now: now)
            pass.sent += 1
            try checkpoint(.mailRecorded)
        }
    }

    private func record(_ failure: MailFailure, of mail: InboxMail, now: UnixTime, _ pass: inout InboxPass) throws {
        let error = FarText.visible(failure.message)
        // A server that refuses the operator for good is set up wrong, and will be mended; behind him there is nobody.
        let isLast = mail.kind == .undelivered || mail.recipient == settings.operator
        if failure.kind == .temporary || isLast,
            let next = MailRetry.next(tries: mail.tries + 1, since: mail.createdAt, now: now)
        {
            try store.markDeferred(mail, error: error, nextAt: next)
            pass.deferred += 1
            pass.problems.append("fax \(mail.uniqueid): mail waits, try \(mail.tries + 1): \(error)")
            return
        }
        // Telling the operator by mail that no mail reaches the operator leads nowhere.
        try store.markFailed(mail, error: error, notice: isLast ? nil : settings.operator, now: now)
        pass.failed += 1
        pass.problems.append("fax \(mail.uniqueid): mail given up: \(error)")
    }
}
