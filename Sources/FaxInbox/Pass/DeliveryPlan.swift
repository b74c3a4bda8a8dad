import FaxModel
import FaxStore
import Foundation

/// Who gets a settled call in which way, and what else is to be done about it.
struct DeliveryPlan {
    private(set) var mail: [InboxMail.Draft] = []
    private(set) var errands: [InboxErrand.Draft] = []
    /// The operator gets a notice of his own.
    private(set) var tellsOperator: Bool

    /// Writes `junk` and `keepUntil` of the receipt.
    init(
        _ receipt: inout InboxReceipt, _ verdict: Verdict, _ handling: InboundHandling, _ settings: InboxSettings,
        now: UnixTime
    ) {
        tellsOperator = verdict.tellsOperator
        let isArchived = verdict.event == .archived
        if isArchived,
            let rule = settings.rules.junk(caller: receipt.callerNumber, station: receipt.remoteStationID ?? "")
        {
            receipt.junk = rule.name
            receipt.keepUntil = now.adding(seconds: Int64(settings.keepJunkDays) * 86_400)
            tellsOperator = false
            return
        }
        if isArchived { receipt.keepUntil = handling.keepDays.map { now.adding(seconds: Int64($0) * 86_400) } }
        let quiet = QuietHours(handling.quiet, in: settings.timeZone).end(at: now)
        let tellsRecipients = isArchived ? verdict.tellsRecipients : handling.tellsEmpty && !tellsOperator
        if tellsRecipients {
            mail += handling.recipients.map { .init(.fax, to: $0, style: handling.style, at: quiet) }
        }
        if tellsOperator { mail.append(.init(.notice, to: settings.operator, style: settings.operatorStyle(handling))) }
        guard isArchived else { return }
        if verdict.tellsRecipients { errands += Self.deliveries(handling, quietUntil: quiet) }
        guard receipt.pdf != nil else { return }
        // Reading writes the PDF anew, in the smallest form.
        if handling.readsText {
            errands.append(.init(.read, at: now.adding(seconds: 1)))
        } else if let pause = settings.repackAfter {
            errands.append(.init(.repack, at: now.adding(seconds: pause)))
        }
    }

    /// What a route asks for besides mail.
    static func deliveries(_ handling: InboundHandling, quietUntil quiet: UnixTime? = nil) -> [InboxErrand.Draft] {
        var errands: [InboxErrand.Draft] = []
        if let printer = handling.printer {
            errands.append(.init(.print, target: printer, at: quiet, isNamed: quiet != nil))
        }
        if let folder = handling.folder { errands.append(.init(.folder, target: folder)) }
        if !handling.command.isEmpty {
            let words = (try? JSONEncoder().encode(handling.command)).map { String(decoding: $0, as: UTF8.self) }
            errands.append(.init(.command, target: words ?? "[]"))
        }
        return errands
    }

    /// A settled fax once more to the same people, or to others: on somebody's wish.
    static func again(_ handling: InboundHandling, to recipients: [EmailAddress]?) -> DeliveryPlan {
        var plan = DeliveryPlan()
        plan.mail = (recipients ?? handling.recipients).map { .init(.fax, to: $0, style: handling.style) }
        if recipients == nil { plan.errands = deliveries(handling) }
        return plan
    }

    private init() { tellsOperator = false }
}
