/// What one attempt came to, folded from everything that its call reported.
package struct CallOutcome: Hashable, Sendable {
    /// Every page of the attempt was confirmed by the far end.
    package var delivered: Bool
    /// Why not; on a delivered fax only `outcome.end-unconfirmed` may stand here.
    package var cause: Cause?
    /// Pages of this attempt that the far end confirmed (MCF), 0 or more.
    package var pagesConfirmed: Int
    /// The far end took the call and the fax was let go: counts as a try, not only as a dial.
    package var answered: Bool
    /// The evidence in Asterisk's own words, for people.
    package var detail: String
    package var report: CallReport?

    package init(
        delivered: Bool, cause: Cause?, pagesConfirmed: Int, answered: Bool, detail: String, report: CallReport? = nil
    ) {
        self.delivered = delivered
        self.cause = cause
        self.pagesConfirmed = pagesConfirmed
        self.answered = answered
        self.detail = detail
        self.report = report
    }
}

extension CallOutcome {
    /// Folds the report of a call that passed the gate.
    ///
    /// T.30's result is FAXSTATUS and the pages confirmed, nothing else; FAXERROR is "HANGUP" on most successes.
    ///
    /// STARTED is the dialplan's own word, set just before SendFAX, which replaces it: where it is still there, nobody
    /// knows how the transmission ended.
    package static func transmitted(_ report: CallReport, pages: Int) -> CallOutcome {
        if report.faxStatus == "STARTED" {
            return CallOutcome(
                delivered: false, cause: .outcomeUnknown, pagesConfirmed: 0, answered: true,
                detail: "the transmission began and Asterisk never told its end", report: report)
        }
        // The gate was taken, and too late to say so: the dialplan gave up waiting.
        if report.faxStatus == nil, report.ended == "refused" {
            return CallOutcome(
                delivered: false, cause: .localGate, pagesConfirmed: 0, answered: false, detail: words(of: report),
                report: report)
        }
        let confirmed = min(max(report.pages ?? 0, 0), pages)
        let succeeded = report.faxStatus == "SUCCESS"
        let cause: Cause?
        switch (succeeded, confirmed == pages) {
        case (true, true): cause = nil
        case (false, true): cause = .outcomeEndUnconfirmed
        case (true, false): cause = .pageMissing
        case (false, false): cause = failure(report, confirmed: confirmed)
        }
        return CallOutcome(
            delivered: confirmed == pages, cause: cause, pagesConfirmed: confirmed, answered: true,
            detail: words(of: report), report: report)
    }

    private static func failure(_ report: CallReport, confirmed: Int) -> Cause {
        // Before the first page has been negotiated res_fax tells a resolution of 0x0, whatever rate it tells.
        if confirmed == 0, report.ended == "silent" { return .handshakeNoFax }
        let negotiated = confirmed > 0 || (report.resolution.map { $0 != "0x0" && !$0.isEmpty } ?? false)
        switch report.faxError {
        // Our calls may fall back to audio, so this code means that the far end was gone by then.
        case "T38_NEG_ERROR": return report.hangupCause == 0 ? .handshakeHangup : .t38Negotiation
        case "INIT_ERROR", "MEMORY_ERROR", "INVALID_ARGUMENTS": return .localEngine
        case "FILE_ERROR": return .fileUnusable
        default: break
        }
        let text = T30Result.cause(of: report.faxStatusText ?? "") ?? T30Result.cause(of: report.faxError ?? "")
        switch text {
        // spandsp says "dropped" for any early end; before the first page that is a hang-up in the handshake.
        case .pageDropped? where !negotiated: return .handshakeHangup
        case let known?: return known
        case nil where report.faxError == "TIMEOUT": return negotiated ? .pageNoResponse : .handshakeNoFax
        case nil: return negotiated ? .pageDropped : .handshakeHangup
        }
    }

    /// Folds the reports of an attempt whose call never passed the gate.
    ///
    /// The hangup handler on the real channel knows the cause; the `failed` extension only says that there was no
    /// channel at all (asterisk's REASON can't tell busy from failure on PJSIP).
    package static func untransmitted(_ reports: [CallReport]) -> CallOutcome {
        let handlers = reports.filter { $0.origin == .handler }
        guard let last = handlers.max(by: { $0.at < $1.at }) else {
            let failed = reports.max(by: { $0.at < $1.at })
            return CallOutcome(
                delivered: false, cause: failed == nil ? .localNoReport : .localNoTrunk, pagesConfirmed: 0,
                answered: false, detail: failed.map(words) ?? "no report", report: failed)
        }
        let cause = dialCause(last)
        return CallOutcome(
            delivered: false, cause: cause, pagesConfirmed: 0, answered: cause == .handshakeHangup,
            detail: words(of: last), report: last)
    }

    /// Q.850 cause (RFC 6432, ITU-T Q.850 table 1) and SIP status of a call that was not let go.
    private static func dialCause(_ report: CallReport) -> Cause {
        let sip = sipStatus(report.techCause)
        switch sip {
        case 486?, 600?: return .dialBusy
        case 404?, 410?, 484?, 604?: return .dialUnallocated
        case 403?, 603?, 607?: return .dialRejected
        case 480?, 408?: return .dialNoAnswer
        case 503?: return .dialCongestion
        // The far end answered. Unless the gate said no, it hung up again before the gate could say anything.
        case 200?: return report.ended == "refused" ? .localGate : .handshakeHangup
        default: break
        }
        switch report.hangupCause {
        case 17?: return .dialBusy
        case 18?, 19?, 20?: return .dialNoAnswer
        case 34?, 38?, 41?, 42?, 44?: return .dialCongestion
        case 21?: return .dialRejected
        case 1?, 22?, 28?: return .dialUnallocated
        case 2?, 3?: return .dialNoRoute
        // Before 20.18 and 22.8 Asterisk knows no cause where it gave up itself (WaitTime): what came last was that it rings.
        default: return sip.map { (180...183).contains($0) } ?? false ? .dialNoAnswer : .dialFailed
        }
    }

    /// 486 of "SIP 486 Busy Here"; nil for anything else.
    private static func sipStatus(_ text: String?) -> Int? {
        guard let words = text?.split(separator: " "), words.count >= 2, words[0] == "SIP" else { return nil }
        return Int(words[1])
    }

    private static func words(of report: CallReport) -> String {
        var parts: [String] = []
        if let ended = report.ended, !ended.isEmpty { parts.append("ended by us: \(ended)") }
        if let status = report.faxStatus { parts.append(status) }
        if let text = report.faxStatusText, !text.isEmpty { parts.append(text) }
        // The far end usually hangs up first, so a success has FAXERROR "HANGUP" and a cause as well: not news.
        if report.faxStatus == "SUCCESS" { return parts.joined(separator: ", ") }
        if let error = report.faxError, !error.isEmpty, error != report.faxStatusText { parts.append(error) }
        if let tech = report.techCause, !tech.isEmpty { parts.append(tech) }
        if let cause = report.hangupCause, cause != 0 { parts.append("Q.850 \(cause)") }
        if let reason = report.reason { parts.append("reason \(reason)") }
        return parts.joined(separator: ", ")
    }
}

extension CallOutcome {
    /// The outcome of one call for each of the faxes that shared it, in the order of their pages.
    ///
    /// What was sent before the break is delivered, the fax in which it broke bears the cause, and those after it were
    /// not reached: `nil`.
    package func divided(over pages: [Int]) -> [CallOutcome?] {
        guard pages.count > 1, answered, cause != .outcomeUnknown else { return pages.map { _ in self } }
        var left = pagesConfirmed
        var broken = false
        return pages.enumerated().map { index, count in
            if broken { return nil }
            var part = self
            part.pagesConfirmed = min(left, count)
            left -= part.pagesConfirmed
            part.delivered = part.pagesConfirmed == count
            if !part.delivered { broken = true }
            if part.delivered, index < pages.count - 1 { part.cause = nil }
            return part
        }
    }
}
