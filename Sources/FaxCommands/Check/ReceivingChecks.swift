import FaxInbox
import FaxModel
import FaxSettings
import Foundation
import SpoolFiles

/// What only a receiving server needs, apart from Asterisk.
struct ReceivingChecks {
    let settings: Settings

    func findings() -> [Finding] {
        var found: [Finding] = []
        let receiving = settings.receiving
        if receiving.operatorAddress == nil {
            found.append(
                Finding(
                    grade: .wrong, subject: "settings", text: "receiving.operator is not set",
                    mend: "set the address that gets faxes without a route, and news of what went wrong"))
        }
        guard settings.mail.from != nil, !settings.mail.relays.isEmpty || settings.mail.maildir != nil else {
            let mend = "set mail.from, and mail.smtp or mail.maildir; until then received faxes wait in the spool"
            return found + [Finding(grade: .wrong, subject: "mail", text: "no way for messages to leave", mend: mend)]
        }
        found += settings.mail.relays.map(reach)
        found += errands()
        found += archive()
        if let maildir = settings.mail.maildir {
            let usable =
                access(maildir, W_OK) == 0 || access((maildir as NSString).deletingLastPathComponent, W_OK) == 0
            found.append(
                usable
                    ? Finding(grade: .ok, subject: "mail", text: "\(maildir) can be written")
                    : Finding(
                        grade: .wrong, subject: "mail", text: "\(maildir) can't be written",
                        mend: "make it writable for Asterisk's user"))
        }
        return found
    }

    /// Whose the archive is to be.
    private func archive() -> [Finding] {
        let wish = settings.receiving.archive
        let problem: String?
        do throws(FaxError) {
            problem = try ArchiveOwner(wish.owner, wish.group)?.problem(in: SpoolLayout(root: settings.spool))
        } catch { problem = error.message }
        return problem.map {
            [
                Finding(
                    grade: .wrong, subject: "archive", text: $0,
                    mend: "see README, The archive; faxes come in all the same")
            ]
        } ?? []
    }

    /// What routes need besides mail.
    private func errands() -> [Finding] {
        let handlings =
            settings.receiving.routes.map { ($0.name, $0.handling) } + [("default", settings.receiving.standard)]
        var missing: [(text: String, mend: String)] = []
        for (name, handling) in handlings {
            let route = "route \(quoted(name))"
            if let folder = handling.folder, access(folder, W_OK | X_OK) != 0 {
                missing.append(("\(route): \(folder) can't be written", "make it writable for Asterisk's user"))
            }
            if let program = handling.command.first, access(program, X_OK) != 0 {
                missing.append(("\(route): \(program) can't be run", "install it, or correct the route's command"))
            }
            if handling.printer != nil, access("/usr/bin/lp", X_OK) != 0 {
                missing.append(("\(route): there is no lp to print with", "apt-get install cups-client"))
            }
            if handling.readsText, access(ReadErrand.program, X_OK) != 0 {
                missing.append(("\(route): there is no tesseract to read with", "apt-get install tesseract-ocr"))
            }
        }
        return missing.map { Finding(grade: .wrong, subject: "routes", text: $0.text, mend: $0.mend) }
    }

    /// A connection, no more: fax-check sends nobody a message.
    private func reach(_ smtp: Settings.SMTP) -> Finding {
        var hints = addrinfo()
        hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
        var list: UnsafeMutablePointer<addrinfo>?
        let place = "\(smtp.host):\(smtp.port)"
        guard getaddrinfo(smtp.host, "\(smtp.port)", &hints, &list) == 0, let first = list else {
            return Finding(
                grade: .wrong, subject: "mail", text: "\(smtp.host): no such host", mend: "correct mail.smtp.host")
        }
        defer { freeaddrinfo(first) }
        var entry: UnsafeMutablePointer<addrinfo>? = first
        var reason = ""
        while let address = entry {
            let descriptor = socket(address.pointee.ai_family, address.pointee.ai_socktype, 0)
            defer { if descriptor >= 0 { close(descriptor) } }
            var limit = timeval(tv_sec: 5, tv_usec: 0)
            setsockopt(descriptor, SOL_SOCKET, SO_SNDTIMEO, &limit, socklen_t(MemoryLayout<timeval>.size))
            if connect(descriptor, address.pointee.ai_addr, address.pointee.ai_addrlen) == 0 {
                return Finding(grade: .ok, subject: "mail", text: "\(place) takes connections")
            }
            reason = String(cString: strerror(errno))
            entry = address.pointee.ai_next
        }
        return Finding(
            grade: .wrong, subject: "mail", text: "\(place): \(reason)",
            mend: "start the mail server, or correct mail.smtp; received faxes wait until it answers")
    }
}
