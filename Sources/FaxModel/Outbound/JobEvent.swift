/// What can happen to a job.
package enum JobEvent: Hashable, Sendable {
    /// A pass took it and is about to publish a call file.
    case claimed
    /// The gate let its call transmit.
    case started
    /// Its attempt is over.
    case settled(Fate)
    /// A person took it back before anything was sent.
    case cancelled
    /// Its deadline passed while no attempt was under way; confirmed pages stay confirmed.
    case expired(partial: Bool)
    /// The settings no longer allow it while no attempt is under way.
    case refused(partial: Bool)
}

/// What becomes of a job after an attempt.
package enum Fate: Hashable, Sendable {
    case delivered
    /// Try again no earlier than `at`; the attempt counts.
    case retry(at: UnixTime)
    /// No call took place: try again at `at`, as if nothing had been.
    case again(at: UnixTime)
    case partial
    case failed
    case cancelled
    case expired
    case unknown
}

extension JobState {
    /// The only place where a job's state changes; an illegal step throws.
    package func next(_ event: JobEvent) throws(FaxError) -> JobState {
        switch (self, event) {
        case (.queued, .claimed), (.waiting, .claimed): return .calling
        case (.calling, .started), (.sending, .started): return .sending
        case (.queued, .cancelled), (.waiting, .cancelled): return .cancelled
        case (.queued, .expired(let partial)), (.waiting, .expired(let partial)): return partial ? .partial : .expired
        case (.queued, .refused(let partial)), (.waiting, .refused(let partial)): return partial ? .partial : .failed
        case (.calling, .settled(let fate)), (.sending, .settled(let fate)): return fate.state
        // A report that came after all: the truth replaces "unknown", but never starts a new call.
        case (.unknown, .settled(.delivered)): return .delivered
        case (.unknown, .settled(.partial)): return .partial
        case (.unknown, .settled(.failed)): return .failed
        default:
            throw FaxError(.software, "a job that is \(rawValue) can't take the step \(event)")
        }
    }
}

extension Fate {
    /// The state that this fate leaves a job in.
    package var state: JobState {
        switch self {
        case .delivered: .delivered
        case .retry: .waiting
        case .again: .queued
        case .partial: .partial
        case .failed: .failed
        case .cancelled: .cancelled
        case .expired: .expired
        case .unknown: .unknown
        }
    }
}
