import FaxMail
import FaxModel
import FaxSettings
import Foundation

/// The way that messages leave by, as the settings say.
enum MailerChoice {
    /// nil where the settings name none.
    @Sendable static func make(_ settings: Settings) throws -> (any Mailer)? {
        let zone = TimeZone(identifier: settings.timeZone) ?? .gmt
        if let maildir = settings.mail.maildir { return MaildirMailer(directory: maildir, timeZone: zone) }
        let relays = try settings.mail.relays.map { try relay($0, settings, zone) }
        return relays.count > 1 ? RelayMailer(relays) : relays.first
    }

    private static func relay(_ smtp: Settings.SMTP, _ settings: Settings, _ zone: TimeZone) throws -> any Mailer {
        let security: SMTPSettings.Security =
            switch smtp.security {
            case .none: .none
            case .starttls: .starttls
            case .tls: .tls
            }
        let wanted = try SMTPSettings(
            host: smtp.host, port: smtp.port, security: security, user: smtp.user,
            password: try smtp.passwordFile.map { try password($0, of: "mail.smtp.password_file") },
            caFile: smtp.caFile,
            checksCertificate: smtp.checksCertificate, clientName: settings.host)
        return SMTPMailer(wanted, timeZone: zone)
    }

    /// The first line of the file.
    static func password(_ path: String, of key: String) throws(FaxError) -> String {
        guard let data = FileManager.default.contents(atPath: path),
            let line = String(decoding: data, as: UTF8.self).split(separator: "\n").first
        else { throw FaxError(.configuration, "\(key) \(path): can't be read, or is empty") }
        return line.trimmingCharacters(in: .whitespaces)
    }
}
