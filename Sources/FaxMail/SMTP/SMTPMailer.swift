package import FaxModel
package import Foundation

/// Hands each message to a mail server, one recipient in one transaction, over one connection as long as it holds.
///
/// libcurl blocks, so the actor runs on a queue of its own and never on the threads that everybody else's tasks need.
package actor SMTPMailer: Mailer {
    private let settings: SMTPSettings
    private let timeZone: TimeZone
    private let temporary: String
    private let executor = QueueExecutor(label: "callfax.smtp")
    private var session: SMTPSession?
    /// Messages in this session so far.
    private var messages = 0
    /// Fewer than any server takes in one session; OpenSMTPD refuses the 101st with 452, and that one would wait.
    private static let mostMessages = 50

    /// `timeZone` is the zone of `Date:`; `temporary` a directory with room for the largest message.
    package init(_ settings: SMTPSettings, timeZone: TimeZone = .gmt, temporary: String = "/var/tmp") {
        self.settings = settings
        self.timeZone = timeZone
        self.temporary = temporary
    }

    package nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

    /// Unavailable: no connection, no trust, or a login refused. Temporary: no answer in time, or 4xx. Permanent: 5xx about
    /// this message, or one that can't be written.
    package func deliver(_ message: MailMessage, to recipient: EmailAddress) async throws(MailFailure) {
        let body = try openBody()
        defer { fclose(body) }
        var sink = ByteSink(descriptor: fileno(body))
        try MessageRenderer(timeZone: timeZone, newline: .crlf).render(message, into: &sink)
        let session: SMTPSession
        if let kept = self.session, messages < Self.mostMessages {
            session = kept
        } else {
            session = try SMTPSession(settings)
            messages = 0
        }
        self.session = session
        messages += 1
        try session.send(from: message.from, to: recipient, body: body, size: sink.count)
    }

    /// Says goodbye to the server; the next message connects again.
    package func rest() { session = nil }

    /// A file without a name, so that nothing is left behind by whatever ends us.
    private func openBody() throws(MailFailure) -> UnsafeMutablePointer<FILE> {
        var path = Array("\(temporary)/callfax-mail-XXXXXX".utf8CString)
        let descriptor = mkstemp(&path)
        guard descriptor >= 0 else {
            throw MailFailure(.temporary, "temporary file in \(temporary): \(String(cString: strerror(errno)))")
        }
        unlink(path)
        // No child process of ours has business with a fax.
        _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
        guard let file = fdopen(descriptor, "r+") else {
            close(descriptor)
            throw MailFailure(.temporary, "temporary file in \(temporary): \(String(cString: strerror(errno)))")
        }
        return file
    }
}
