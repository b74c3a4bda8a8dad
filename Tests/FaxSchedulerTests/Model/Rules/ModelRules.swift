/// The settings of one history, and what follows each cause, as the README and `fax-queue policy` put it.
///
/// Written down a second time on purpose: nothing of the program is used here.
struct ModelRules: Hashable, Sendable {
    struct Trunk: Hashable, Sendable {
        var name: String
        var lines: Int
    }

    enum LastPage: String, Hashable, Sendable { case resend, accept, stop }

    var trunks = [Trunk(name: "trunk", lines: 3), Trunk(name: "spare", lines: 1)]
    var faxesInACall = 16
    var dials = 12
    var tries = 3
    var samePage = 3
    var lastPage = LastPage.resend
    /// Times in milliseconds, here and everywhere in the model.
    var deadline: Int64 = 10_800_000
    var cooldown: Int64 = 10_000
    var memory: Int64 = 7 * 86_400_000
    /// Of ringing.
    var wait: Int64 = 60_000
    /// Dials of Asterisk's own after the first.
    var retries = 0
    var retryPause: Int64 = 86_400_000
    /// Whether running calls can be hung up.
    var canHangUp = true

    /// The longest that Asterisk may ring, redialling included: it starts a retry after twice its pause at the latest.
    var dialling: Int64 { wait * Int64(retries + 1) + 2 * retryPause * Int64(retries) }
    /// From an untouched or silent call file until it is taken back, beyond all dialling.
    let pickup: Int64 = 60_000
    /// From the publication until an archived or vanished call file without a report is believed.
    let reportPatience: Int64 = 10_000
    /// From the report until Asterisk has to have let go of the call file.
    let release: Int64 = 10_000
    /// Beyond the longest call, until a call that never reported is given up.
    let overdue: Int64 = 60_000
    /// For which a late report of an unknown call is still believed.
    let lateness: Int64 = 7 * 86_400_000
    /// A jump of the date that is noticed.
    let jump: Int64 = 30_000
    /// Seconds of waiting that make up for one step of priority.
    let ageing: Int64 = 30_000

    struct Step: Hashable, Sendable {
        /// nil: no next call.
        var delay: Int64?
        var growth: Int64 = 1
        var longest: Int64 = 86_400_000
        var limit: Int?
        var change: [String] = []
        var numberWaits = false
        var elsewhere = false

        /// The pause after the cause came `times` times in a row; nil when that was the last.
        func pause(times: Int) -> Int64? {
            guard let delay, times < limit ?? .max else { return nil }
            var pause = delay
            for _ in 1..<max(times, 1) where pause < longest { pause *= growth }
            return min(pause, longest)
        }
    }

    /// Causes that are not here are the last word.
    static let steps: [String: Step] = [
        "dial.busy": Step(delay: 180_000, numberWaits: true),
        "dial.no-answer": Step(delay: 300_000, limit: 4, numberWaits: true),
        "dial.congestion": Step(delay: 60_000, growth: 2, longest: 900_000, elsewhere: true),
        "dial.failed": Step(delay: 60_000, growth: 2, longest: 900_000, limit: 5, elsewhere: true),
        "dial.no-route": Step(delay: nil, elsewhere: true),
        "handshake.no-fax": Step(delay: 300_000, limit: 3, change: ["other-transport"], numberWaits: true),
        "handshake.refused": Step(delay: 300_000, limit: 3, change: ["audio"]),
        "handshake.train": Step(delay: 60_000, change: ["slower"]),
        "handshake.resolution": Step(delay: 30_000, limit: 3, change: ["lower-resolution"]),
        "handshake.hangup": Step(delay: 180_000),
        "t38.negotiation": Step(delay: 30_000, change: ["audio"]),
        "page.dropped": Step(delay: 120_000),
        "page.no-response": Step(delay: 180_000, change: ["slower"]),
        "page.ecm": Step(delay: 60_000, change: ["other-ecm"]),
        "page.missing": Step(delay: 180_000),
        "local.engine": Step(delay: 30_000, growth: 2, longest: 300_000, limit: 3),
        "local.gate": Step(delay: 30_000, growth: 2, longest: 300_000, limit: 3),
        "local.no-report": Step(delay: 10_000, growth: 2, longest: 300_000, limit: 3),
        "local.lost": Step(delay: 10_000, growth: 2, longest: 300_000, limit: 3),
        "local.no-trunk": Step(delay: 30_000, growth: 2, longest: 600_000, elsewhere: true),
        "local.asterisk-down": Step(delay: 10_000, growth: 2, longest: 60_000),
        "local.publish": Step(delay: 10_000, growth: 2, longest: 60_000),
    ]
}
