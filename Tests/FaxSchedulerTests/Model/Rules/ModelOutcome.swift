/// How a call ended for one fax.
struct ModelOutcome: Hashable, Sendable, CustomStringConvertible {
    /// nil where all is well; on a delivered fax a remark.
    var cause: String?
    var delivered = false
    var confirmed = 0
    /// It began to transmit.
    var answered = false
    var usedAudio = false
    var rate: Int?

    var isLocal: Bool { cause?.hasPrefix("local.") ?? false }
    var isPages: Bool { cause?.hasPrefix("page.") ?? false }

    var description: String {
        "\(cause ?? "delivered"), \(confirmed) pages\(answered ? ", transmitted" : "")"
    }

    static let unknown = ModelOutcome(cause: "outcome.unknown", answered: true)

    /// A call that passed the gate: what the far end confirmed, whatever Asterisk called it.
    static func transmitted(_ report: ModelCall.Report, pages: Int) -> ModelOutcome {
        guard report.end.cause != "outcome.unknown" else { return unknown }
        let all = report.confirmed == pages
        return ModelOutcome(
            cause: report.end.cause, delivered: all, confirmed: report.confirmed, answered: true,
            usedAudio: report.usedAudio, rate: report.rate)
    }

    /// A call that never passed: the last word of a real channel, or that there was none.
    static func untransmitted(_ reports: [ModelCall.Report]) -> ModelOutcome? {
        guard !reports.isEmpty else { return nil }
        let last = reports.filter(\.isHandlers).max { $0.at < $1.at }
        return ModelOutcome(cause: last?.end.cause ?? "local.no-trunk")
    }

    /// What it means for each of the faxes in the call; nil for one whose turn never came.
    func divided(over parts: [ModelCall.Part]) -> [ModelOutcome?] {
        guard parts.count > 1, answered, cause != "outcome.unknown" else { return parts.map { _ in self } }
        var left = confirmed
        var isBroken = false
        return parts.map { part in
            if isBroken { return nil }
            var mine = self
            mine.confirmed = min(left, part.pages)
            left -= mine.confirmed
            mine.delivered = mine.confirmed == part.pages
            isBroken = !mine.delivered
            if mine.delivered, part != parts.last { mine.cause = nil }
            return mine
        }
    }
}
