import FaxModel
import FaxStore
import Foundation
import SpoolFiles

/// The messages of the inbox, in words.
struct FaxLetter {
    let settings: InboxSettings
    let receipt: InboxReceipt
    let style: MessageStyle

    private var words: LetterWords { LetterWords(style.language) }

    /// The message of a queued row; `failed` is the one that an `undelivered` tells of, `undone` what a `notice` tells
    /// of besides the fax itself, `to` all who get the same.
    func message(
        for mail: InboxMail, to: [EmailAddress], failed: InboxMail?, undone: [InboxErrand] = [], enclosure: Enclosure
    ) -> MailMessage {
        let kind = kind(of: mail)
        var values: [LetterVariable: String] = [:]
        values[.recipient] = failed?.recipient.text ?? words.itsRecipient
        values[.error] = failed?.lastError ?? words.noReason
        values[.link] = enclosure.link ?? ""
        values[.file] = enclosure.files.first?.name ?? ""
        if let file = enclosure.files.first?.name {
            values[.fileParts] = words.parts(of: file, zone: settings.timeZoneIdentifier)
        }
        if !undone.isEmpty {
            let lost = undone.map {
                words.notDelivered(by: $0.kind, $0.target) + ": " + ($0.lastError ?? words.noReason)
            }
            values[.reason] = ([fact(.reason)].filter { !$0.isEmpty } + lost).joined(separator: "; ")
        }
        values[.note] = [receipt.note, enclosure.note].filter { !$0.isEmpty }.joined(separator: " ")
        let filled = settings.letters.template(kind, style.language)?.fill { values[$0] ?? fact($0) }
        var message = MailMessage(
            from: settings.from, fromName: settings.fromName, to: to,
            subject: filled?.subject ?? "Fax \(receipt.uniqueid)", date: mail.createdAt, messageID: messageID(of: mail),
            text: filled?.text ?? "", attachments: enclosure.files, fields: fields)
        message.language = style.language.rawValue
        message.picture = enclosure.picture
        return message
    }

    /// What its message says, for paper and folders; nil where nothing is missing of the fax.
    var warning: String? {
        guard receipt.isComplete == false else { return nil }
        let filled = settings.letters.template(.incomplete, style.language)?.fill {
            $0 == .note ? receipt.note : fact($0)
        }
        return filled.map { "\($0.subject)\n\n\($0.text)" }
    }

    /// The same on every try, and another for each time that a person has it delivered again.
    private func messageID(of mail: InboxMail) -> String {
        if mail.kind == .undelivered {
            return "undelivered-\(mail.about ?? 0).\(receipt.uniqueid)@\(settings.host)"
        }
        let again = mail.round == 0 ? "" : "-\(mail.round)"
        return "\(mail.kind.rawValue)\(again).\(receipt.uniqueid)@\(settings.host)"
    }

    private func kind(of mail: InboxMail) -> LetterKind {
        switch mail.kind {
        case .notice: .notice
        case .undelivered: .undelivered
        case .fax where receipt.state == .empty: .empty
        case .fax: receipt.isComplete ?? false ? .fax : .incomplete
        }
    }

    private func fact(_ name: LetterVariable) -> String {
        switch name {
        case .from: Wording.caller(receipt, unknown: words.anUnknownNumber)
        case .callerNumber: receipt.callerNumber.isEmpty ? words.unknownNumber : receipt.callerNumber
        case .callerName: receipt.callerName
        case .station: receipt.remoteStationID ?? ""
        case .dialled: receipt.dialled.isEmpty ? words.unknownNumber : receipt.dialled
        case .forDialled: receipt.dialled.isEmpty ? "" : words.forNumber(receipt.dialled)
        case .time:
            LocalTime(receipt.startedAt ?? receipt.endedAt, in: settings.timeZone).text
                + (receipt.duration.map { ", \($0) s" } ?? "")
        case .duration: receipt.duration.map { "\($0)" } ?? ""
        case .pages: receipt.pages.map(String.init) ?? words.unknown
        case .pageCount: words.pages(receipt.pages ?? 0)
        case .result:
            receipt.isComplete ?? false
                ? words.complete : "\(words.incomplete): \(ReasonWords(language: style.language).text(receipt.reason))"
        case .reason: ReasonWords(language: style.language).text(receipt.reason)
        case .rate: receipt.rate.map { "\($0)" } ?? ""
        case .resolution: receipt.resolution.map(words.resolution) ?? ""
        case .ecm: receipt.ecm.map(words.errorCorrection) ?? ""
        case .mode: receipt.mode.map(words.mode) ?? ""
        case .line: line
        case .badLines: receipt.badLines.map { $0 > 0 ? "\($0)" : "" } ?? ""
        case .call: receipt.uniqueid
        case .route: receipt.route
        case .account: receipt.account
        case .archived: receipt.pdf ?? receipt.tiff ?? ""
        case .zone: settings.timeZoneIdentifier
        case .host: settings.host
        case .note, .link, .file, .fileParts, .recipient, .error: ""
        }
    }

    private var line: String {
        var parts: [String] = []
        if let rate = receipt.rate, rate > 0 { parts.append("\(rate) bit/s") }
        if let resolution = receipt.resolution, !resolution.isEmpty { parts.append(words.resolution(resolution)) }
        if let ecm = receipt.ecm, !ecm.isEmpty { parts.append(words.errorCorrection(ecm)) }
        if let mode = receipt.mode, !mode.isEmpty { parts.append(words.mode(mode)) }
        return parts.joined(separator: ", ")
    }

    private var fields: [MailMessage.Field] {
        var fields = [
            MailMessage.Field("X-Fax-Call", receipt.uniqueid), MailMessage.Field("X-Fax-From", receipt.callerNumber),
            MailMessage.Field("X-Fax-To", receipt.dialled),
            MailMessage.Field("X-Fax-Result", receipt.isComplete ?? false ? "complete" : "incomplete"),
        ]
        func add(_ name: String, _ value: String?) {
            if let value, !value.isEmpty { fields.append(.init(name, value)) }
        }
        add("X-Fax-Pages", receipt.pages.map(String.init))
        add("X-Fax-Station", receipt.remoteStationID)
        add("X-Fax-From-Name", receipt.callerName)
        add("X-Fax-Duration", receipt.duration.map(String.init))
        add("X-Fax-Rate", receipt.rate.map(String.init))
        add("X-Fax-Resolution", receipt.resolution)
        add("X-Fax-Mode", receipt.mode)
        add("X-Fax-ECM", receipt.ecm)
        add("X-Fax-Bad-Lines", receipt.badLines.map(String.init))
        add("X-Fax-Route", receipt.route)
        add("X-Fax-Account", receipt.account)
        return fields
    }
}
