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

    struct Errand: Encodable {
        var kind: InboxErrand.Kind
        var target: String
        var state: InboxErrand.State
        var tries: Int
        var lastError: String?

        init(_ errand: InboxErrand, times: TimeText) {
            kind = errand.kind
            target = errand.target
            state = errand.state
            tries = errand.tries
            lastError = errand.lastError
        }
    }

    struct Look: Encodable {
        var at: String
        var person: String
        var action: InboxLook.Action
        var detail: String

        init(_ look: InboxLook, times: TimeText) {
            at = times.iso(look.at)
            person = look.person
            action = look.action
            detail = look.detail
        }
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
    var seconds: Int?
    var badLines: Int?
    var account: String
    var channel: String
    var faxStatus: String?
    var faxStatusText: String?
    var hangupCause: Int?
    var localStationID: String?
    var route: String
    var junk: String?
    var seen: String?
    var seenBy: String?
    var held: Bool
    var keepUntil: String?
    var mail: [Mail]
    /// Only where all about one fax is asked for.
    var errands: [Errand]?
    var looks: [Look]?
    var text: String?

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
        seconds = receipt.duration
        badLines = receipt.badLines
        account = receipt.account
        channel = receipt.channel
        faxStatus = receipt.faxStatus
        faxStatusText = receipt.faxStatusText
        hangupCause = receipt.hangupCause
        localStationID = receipt.localStationID
        route = receipt.route
        junk = receipt.junk.isEmpty ? nil : receipt.junk
        seen = receipt.seenAt.map(times.iso)
        seenBy = receipt.seenBy
        held = receipt.isHeld
        keepUntil = receipt.keepUntil.map(times.iso)
        self.mail = mail.map {
            Mail(
                recipient: $0.recipient.text, state: $0.state, tries: $0.tries, lastError: $0.lastError,
                sent: $0.sentAt.map(times.iso))
        }
    }

    static let head = "ENDED               FOR          FROM               PAGES ID                       RESULT"

    func line(_ ended: String) -> String {
        func column(_ text: String, _ width: Int) -> String {
            // The caller's own words: nothing in them may move the cursor.
            String(text.unicodeScalars.map { $0.isControl ? "?" : Character($0) }).padded(to: width)
        }
        return [
            ended, column(dialled, 12), column(callerNumber, 18), column("\(pages)", 5), column(uniqueid, 24),
            result + (state == .archived && seen == nil ? ", unseen" : "") + (held ? ", held" : ""),
        ].joined(separator: " ")
    }

    var result: String {
        var text =
            switch state {
            case .reported: "not archived yet"
            case .empty: "nothing received: \(reason)"
            case .archived where junk != nil: "junk by \(junk ?? "")"
            case .archived: complete ? "complete" : "incomplete: \(reason)"
            case .blocked: "blocked by \(junk ?? "")"
            case .removed: "files removed"
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
            "  \(pages) pages, \(mode ?? "-") at \(rate ?? 0) bit/s, resolution \(resolution ?? "-"), ECM offered \(ecm ?? "-"), "
                + "\(seconds.map { "\($0) s" } ?? "-"), bad lines \(badLines.map { "\($0)" } ?? "-")",
            "  route \(route.isEmpty ? "-" : route), kept until \(keepUntil ?? "somebody removes it")",
        ]
        if let seen { lines.append("  seen \(seen) by \(quoted(seenBy ?? ""))") }
        if let tiff { lines.append("  \(tiff)") }
        if let pdf { lines.append("  \(pdf)") }
        for message in mail {
            var text = "  mail to \(message.recipient): \(message.state.rawValue)"
            if let sent = message.sent { text += " \(sent)" }
            if let error = message.lastError { text += ", \(message.tries) tries, \(quoted(error))" }
            lines.append(text)
        }
        for errand in errands ?? [] {
            var text = "  \(errand.kind.rawValue) \(errand.target): \(errand.state.rawValue)"
            if let error = errand.lastError { text += ", \(errand.tries) tries, \(quoted(error))" }
            lines.append(text)
        }
        for look in looks ?? [] {
            lines.append(
                "  \(look.at) \(quoted(look.person)) \(look.action.rawValue)"
                    + (look.detail.isEmpty ? "" : ": \(quoted(look.detail))"))
        }
        if let text {
            lines += text.split(separator: "\n").map { line in
                "  | " + String(line.unicodeScalars.map { $0.isControl ? "?" : Character($0) })
            }
        }
        return lines
    }
}
