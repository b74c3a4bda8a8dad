import FaxModel
import FaxStore

/// Who gets a fax: the dialled number's route, else whom the call named, else the default, else the operator.
struct Routing {
    private(set) var recipients: [EmailAddress]
    /// What the call named that is no address; empty otherwise.
    private(set) var note = ""

    init(_ receipt: InboxReceipt, _ settings: InboxSettings) {
        recipients = settings.routes.filter { $0.number == receipt.dialled }.flatMap(\.to)
        if recipients.isEmpty {
            var bad: [String] = []
            for text in receipt.recipients.split(whereSeparator: { ", ;\t".contains($0) }) {
                do throws(FaxError) {
                    recipients.append(try EmailAddress(parsing: String(text)))
                } catch {
                    bad.append(quoted(FarText.visible(String(text))))
                }
            }
            if !bad.isEmpty { note = "FAXRCPT named \(bad.joined(separator: ", ")), which is no mail address." }
        }
        if recipients.isEmpty { recipients = settings.recipients }
        if recipients.isEmpty { recipients = [settings.operator] }
        var seen: Set<String> = []
        recipients = recipients.filter { seen.insert($0.text.lowercased()).inserted }
    }
}
