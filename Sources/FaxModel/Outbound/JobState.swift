/// Where a job stands. Each case says who moves a job out of it.
package enum JobState: String, CaseIterable, Hashable, Sendable, Codable {
    /// Accepted, not yet tried: a scheduler pass claims it when it is due and a line is free.
    case queued
    /// A call file is out: the call's end, or the sweep, settles it.
    case calling
    /// The far end answered and the fax was let go: the call's report, or the sweep, settles it.
    case sending
    /// Between two attempts: a scheduler pass claims it when its time has come.
    case waiting
    /// Every page was confirmed. Final.
    case delivered
    /// Some pages were confirmed, the rest was given up. Final.
    case partial
    /// No page was confirmed, and no attempt is left. Final.
    case failed
    /// Taken back by a person before all was sent. Final.
    case cancelled
    /// The deadline passed before any page was confirmed. Final.
    case expired
    /// A call started and never reported. Final until a late report or a person says more; never re-sent by itself.
    case unknown

    package var isFinal: Bool {
        switch self {
        case .queued, .calling, .sending, .waiting: false
        case .delivered, .partial, .failed, .cancelled, .expired, .unknown: true
        }
    }

    /// The letter of HylaFAX's faxstat: P pending, R running, S sleeping, D done, F failed, ? undefined.
    package var letter: String {
        switch self {
        case .queued: "P"
        case .calling, .sending: "R"
        case .waiting: "S"
        case .delivered: "D"
        case .partial, .failed, .cancelled, .expired: "F"
        case .unknown: "?"
        }
    }
}
