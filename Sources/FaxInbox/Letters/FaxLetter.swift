import FaxModel
import FaxStore
import Foundation
import SpoolFiles

/// The messages of the inbox, in words.
struct FaxLetter {
    let settings: InboxSettings
    let receipt: InboxReceipt

    /// The message of a queued row; `failed` is the one that an `undelivered` tells of, `to` all who get the same.
    func message(for mail: InboxMail, to: [EmailAddress], failed: InboxMail?) -> MailMessage {
        var message = MailMessage(
            from: settings.from, fromName: settings.fromName, to: to, subject: "", date: mail.createdAt,
            messageID: "\(mail.kind.rawValue).\(receipt.uniqueid)@\(settings.host)", text: "", attachments: [],
            fields: fields)
        switch mail.kind {
        case .fax:
            message.subject = subject
            message.text = opening + "\n\n" + facts + closing(attachment: attachment)
            message.attachments = attachments
        case .notice:
            message.subject = "Fax problem: \(receipt.reason)"
            message.text =
                "A call from \(Wording.caller(receipt)) needs your attention: \(receipt.reason).\n\n" + facts
                + closing(attachment: attachment)
            message.attachments = attachments
        case .undelivered:
            let recipient = failed?.recipient.text ?? "its recipient"
            message.messageID = "undelivered-\(mail.about ?? 0).\(receipt.uniqueid)@\(settings.host)"
            message.subject = "Not delivered to \(recipient): \(subject)"
            // Whatever made the first message too large should not stop this one.
            let size = attachments.compactMap { ArchiveFiles.status($0.path)?.size }.reduce(0, +)
            if size <= 5_000_000 { message.attachments = attachments.filter { ArchiveFiles.status($0.path) != nil } }
            message.text =
                "The message about this fax could not be delivered to \(recipient) and is given up:\n\n"
                + "\(failed?.lastError ?? "no reason is known")\n\n" + facts
                + closing(attachment: message.attachments.first?.name)
        }
        return message
    }

    var subject: String {
        let isComplete = receipt.isComplete ?? false
        let pages = receipt.pages.map { ", " + Wording.pages($0) } ?? ""
        return "\(isComplete ? "Fax" : "Incomplete fax") from \(Wording.caller(receipt))\(pages)"
    }

    private var opening: String {
        let number = receipt.dialled.isEmpty ? "" : " for \(receipt.dialled)"
        if receipt.isComplete ?? false { return "A fax\(number) has come in." }
        return "A fax\(number) has come in, but NOT ALL OF IT: \(receipt.reason).\n"
            + "Please ask the sender for what is missing."
    }

    private var facts: String {
        let time = LocalTime(receipt.startedAt ?? receipt.endedAt, in: settings.timeZone)
        var lines = [("From", receipt.callerNumber.isEmpty ? "unknown number" : receipt.callerNumber)]
        if !receipt.callerName.isEmpty { lines.append(("Name", receipt.callerName)) }
        if let station = receipt.remoteStationID, !station.isEmpty { lines.append(("Station id", station)) }
        lines.append(("To", receipt.dialled.isEmpty ? "unknown number" : receipt.dialled))
        lines.append(("Time", time.text + duration))
        lines.append(("Pages", receipt.pages.map(String.init) ?? "unknown"))
        lines.append(("Result", receipt.isComplete ?? false ? "complete" : "incomplete: \(receipt.reason)"))
        if !line.isEmpty { lines.append(("Line", line)) }
        lines.append(("Call", receipt.uniqueid))
        if let tiff = receipt.tiff { lines.append(("Archived as", receipt.pdf ?? tiff)) }
        let width = 12
        var text = lines.map { name, value in
            name + ":" + String(repeating: " ", count: width - name.count) + value + "\n"
        }.joined()
        if !receipt.note.isEmpty { text += "\n\(receipt.note)\n" }
        return text
    }

    private var duration: String {
        guard let start = receipt.startedAt, receipt.origin == .report else { return "" }
        let seconds = Int(receipt.endedAt.seconds(since: start).rounded())
        return seconds >= 0 ? ", \(seconds) s" : ""
    }

    private var line: String {
        var parts: [String] = []
        if let rate = receipt.rate, rate > 0 { parts.append("\(rate) bit/s") }
        if let resolution = receipt.resolution, !resolution.isEmpty { parts.append(Wording.resolution(resolution)) }
        if let ecm = receipt.ecm, !ecm.isEmpty { parts.append(Wording.errorCorrection(ecm)) }
        if let mode = receipt.mode, !mode.isEmpty { parts.append(Wording.mode(mode)) }
        return parts.joined(separator: ", ")
    }

    /// The PDF, and the TIFF too where the PDF lacks a page; the TIFF alone where there is no PDF.
    private var attachments: [MailMessage.Attachment] {
        let tiff = receipt.tiff.map {
            MailMessage.Attachment(name: DurableFile.name(of: $0), contentType: "image/tiff", path: $0)
        }
        guard let pdf = receipt.pdf else { return tiff.map { [$0] } ?? [] }
        let document = MailMessage.Attachment(
            name: DurableFile.name(of: pdf), contentType: "application/pdf", path: pdf)
        return receipt.missingPages > 0 ? [document] + (tiff.map { [$0] } ?? []) : [document]
    }

    private var attachment: String? { attachments.first?.name }

    private func closing(attachment: String?) -> String {
        guard let attachment else { return "" }
        return """

            The file \(attachment)
            is named after the call, with an underscore between the parts:
              the number that was dialled
              the number that called
              the account code, or the channel where there is none
              date and time of the call (\(settings.timeZoneIdentifier))
              Asterisk's unique id of the call

            """
    }

    private var fields: [MailMessage.Field] {
        var fields = [
            MailMessage.Field("X-Fax-Call", receipt.uniqueid), MailMessage.Field("X-Fax-From", receipt.callerNumber),
            MailMessage.Field("X-Fax-To", receipt.dialled),
            MailMessage.Field("X-Fax-Result", receipt.isComplete ?? false ? "complete" : "incomplete"),
        ]
        if let pages = receipt.pages { fields.append(.init("X-Fax-Pages", String(pages))) }
        if let station = receipt.remoteStationID { fields.append(.init("X-Fax-Station", station)) }
        return fields
    }
}
