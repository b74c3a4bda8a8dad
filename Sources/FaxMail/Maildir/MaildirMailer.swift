package import FaxModel
package import Foundation

/// Leaves each message in a Maildir, one file for each recipient (https://cr.yp.to/proto/maildir.html).
///
/// The name comes from Message-ID and recipient, so that the same message delivered again after a crash is found, read
/// or not, and counts as delivered.
package struct MaildirMailer: Mailer {
    private let directory: String
    private let timeZone: TimeZone
    private static let queue = DispatchQueue(label: "callfax.maildir")

    /// `directory` holds `tmp`, `new` and `cur`, which are made when they are missing; `timeZone` is the zone of `Date:`.
    package init(directory: String, timeZone: TimeZone = .gmt) {
        self.directory = directory
        self.timeZone = timeZone
    }

    /// On the disk when it returns. Temporary: the directory can't be used; permanent: the message can't be written.
    package func deliver(_ message: MailMessage, to recipient: EmailAddress) async throws(MailFailure) {
        let result: Result<Void, MailFailure> = await withCheckedContinuation { done in
            Self.queue.async {
                do throws(MailFailure) {
                    try store(message, for: recipient)
                    done.resume(returning: .success(()))
                } catch {
                    done.resume(returning: .failure(error))
                }
            }
        }
        try result.get()
    }

    private func store(_ message: MailMessage, for recipient: EmailAddress) throws(MailFailure) {
        try makeDirectories()
        let name = MaildirName(message: message, recipient: recipient).text
        if try names(in: "new").contains(name) { return }
        // A reader moves what it has seen to cur/ and puts ":2," and flags behind the name.
        if try names(in: "cur").contains(where: { $0 == name || $0.hasPrefix(name + ":") }) { return }
        // What a delivery that was cut short left behind.
        for leftover in try names(in: "tmp") where leftover.hasPrefix(name + ".") {
            unlink("\(directory)/tmp/\(leftover)")
        }

        let draft = "\(directory)/tmp/\(name).\(getpid())"
        let descriptor = open(draft, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o640)
        guard descriptor >= 0 else { throw failure(draft) }
        do throws(MailFailure) {
            defer { close(descriptor) }
            var sink = ByteSink(descriptor: descriptor)
            let trace = [
                MailMessage.Field("Return-Path", "<\(message.from)>"),
                MailMessage.Field("Delivered-To", recipient.text),
            ]
            try MessageRenderer(timeZone: timeZone, newline: .lf).render(message, trace: trace, into: &sink)
            guard fsync(descriptor) == 0 else { throw failure(draft) }
            guard rename(draft, "\(directory)/new/\(name)") == 0 else { throw failure("\(directory)/new/\(name)") }
        } catch {
            unlink(draft)
            throw error
        }
        try syncDirectory("\(directory)/new")
    }

    private func makeDirectories() throws(MailFailure) {
        var made = false
        for path in [directory] + ["tmp", "new", "cur"].map({ "\(directory)/\($0)" }) {
            if mkdir(path, 0o700) == 0 {
                made = true
            } else if errno != EEXIST {
                throw failure(path)
            }
        }
        if made { try syncDirectory(directory) }
    }

    private func names(in part: String) throws(MailFailure) -> [String] {
        do {
            return try FileManager.default.contentsOfDirectory(atPath: "\(directory)/\(part)")
        } catch {
            throw MailFailure(.temporary, "mail directory \(directory)/\(part) can't be read")
        }
    }

    private func syncDirectory(_ path: String) throws(MailFailure) {
        let descriptor = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else { throw failure(path) }
        defer { close(descriptor) }
        guard fsync(descriptor) == 0 else { throw failure(path) }
    }

    private func failure(_ path: String) -> MailFailure {
        MailFailure(.temporary, "mail directory: \(path): \(String(cString: strerror(errno)))")
    }
}
