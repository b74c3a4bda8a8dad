import FaxModel
import FaxStore

/// A received fax as `--json` shows it. Keys only ever get more.
struct ReceiptView: Encodable {
    struct Mail: Encodable {
        var recipient: String
        var state: InboxMailState
        var tries: Int
        var lastError: String?
        var sent: String?
    }

    var uniqueid: String
    var state: InboxReceiptState
    var dialled: String
    var callerNumber: String
    var callerName: String
    var stationID: String?
    var started: String?
    var ended: String
    var pages: Int
    var complete: Bool
    var reason: String
    var rate: Int?
    var resolution: String?
    var mode: String?
    var ecm: String?
    var tiff: String?
    var pdf: String?
    var mail: [Mail]

    init(_ receipt: InboxReceipt, _ mail: [InboxMail], times: TimeText) {
        uniqueid = receipt.uniqueid
        state = receipt.state
        dialled = receipt.dialled
        callerNumber = receipt.callerNumber
        callerName = receipt.callerName
        stationID = receipt.remoteStationID
        started = receipt.startedAt.map(times.iso)
        ended = times.iso(receipt.endedAt)
        pages = receipt.pages ?? 0
        complete = receipt.isComplete ?? false
        reason = receipt.reason
        rate = receipt.rate
        resolution = receipt.resolution
        mode = receipt.mode
        ecm = receipt.ecm
        tiff = receipt.tiff
        pdf = receipt.pdf
        self.mail = mail.map {
            Mail(
                recipient: $0.recipient.text, state: $0.state, tries: $0.tries, lastError: $0.lastError,
                sent: $0.sentAt.map(times.iso))
        }
    }

    func line(_ ended: String) -> String {
        func column(_ text: String, _ width: Int) -> String {
            // The caller's own words: nothing in them may move the cursor.
            let shown = String(text.unicodeScalars.map { $0.isControl ? "?" : Character($0) })
            return shown + String(repeating: " ", count: max(0, width - shown.count))
        }
        return [
            ended, column(dialled, 12), column(callerNumber, 18), column("\(pages)", 5), column(uniqueid, 24), result,
        ].joined(separator: " ")
    }

    var result: String {
        var text =
            switch state {
            case .reported: "not archived yet"
            case .empty: "nothing received: \(reason)"
            case .archived: complete ? "complete" : "incomplete: \(reason)"
            }
        for (state, words) in [(InboxMailState.queued, "waiting"), (.failed, "given up")] {
            let count = mail.count { $0.state == state }
            if count > 0 { text += ", \(count) message\(count == 1 ? "" : "s") \(words)" }
        }
        return text
    }

    var story: [String] {
        var lines = [
            "fax \(uniqueid) for \(dialled) from \(quoted(callerNumber)) \(quoted(callerName))",
            "  ended \(ended), station id \(quoted(stationID ?? "")), \(result)",
            "  \(pages) pages, \(mode ?? "-") at \(rate ?? 0) bit/s, resolution \(resolution ?? "-"), ECM \(ecm ?? "-")",
        ]
        if let tiff { lines.append("  \(tiff)") }
        if let pdf { lines.append("  \(pdf)") }
        for message in mail {
            var text = "  mail to \(message.recipient): \(message.state.rawValue)"
            if let sent = message.sent { text += " \(sent)" }
            if let error = message.lastError { text += ", \(message.tries) tries, \(quoted(error))" }
            lines.append(text)
        }
        return lines
    }
}
