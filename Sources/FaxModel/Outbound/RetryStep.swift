/// What follows a call that ended for one cause.
package struct RetryStep: Hashable, Sendable {
    /// Seconds until the next call; nil: there is none.
    package var delay: Int64?
    /// By which the delay grows each time that the same cause follows itself, 1 or more.
    package var growth: Double
    /// Seconds that the delay never exceeds.
    package var longest: Int64
    /// How often in a row the same cause is borne; nil for any number of times.
    package var limit: Int?
    /// What the next call does otherwise.
    package var change: [ModeChange]
    /// Every job to that number waits as long: it will not fare better.
    package var holdsNumber: Bool
    /// Where there is another trunk, it is tried at once.
    package var otherTrunk: Bool

    package init(
        delay: Int64?, growth: Double = 1, longest: Int64 = 86_400, limit: Int? = nil, change: [ModeChange] = [],
        holdsNumber: Bool = false, otherTrunk: Bool = false
    ) {
        self.delay = delay
        self.growth = growth
        self.longest = longest
        self.limit = limit
        self.change = change
        self.holdsNumber = holdsNumber
        self.otherTrunk = otherTrunk
    }

    package static let stop = RetryStep(delay: nil)

    /// Seconds until the next call when this cause came `times` times in a row, 1 or more; nil when it was the last.
    package func delay(times: Int) -> Int64? {
        guard let delay, limit.map({ times < $0 }) ?? true else { return nil }
        var seconds = Double(delay)
        for _ in 1..<max(times, 1) where seconds < Double(longest) { seconds *= growth }
        return min(Int64(seconds), longest)
    }
}

extension RetryStep {
    /// The policy that is used where the settings say nothing, for each cause.
    package static func usual(_ cause: Cause) -> RetryStep {
        switch cause {
        case .dialBusy: RetryStep(delay: 180, holdsNumber: true)
        case .dialNoAnswer: RetryStep(delay: 300, limit: 4, holdsNumber: true)
        case .dialCongestion: RetryStep(delay: 60, growth: 2, longest: 900, otherTrunk: true)
        case .dialFailed: RetryStep(delay: 60, growth: 2, longest: 900, limit: 5, otherTrunk: true)
        case .dialNoRoute: RetryStep(delay: nil, otherTrunk: true)
        case .dialRejected, .dialUnallocated: .stop
        // A person may be ringing there: not often, and in the other way next time.
        case .handshakeNoFax: RetryStep(delay: 300, limit: 3, change: [.otherTransport], holdsNumber: true)
        case .handshakeRefused: RetryStep(delay: 300, limit: 3, change: [.audio])
        case .handshakeTrain: RetryStep(delay: 60, change: [.slower])
        case .handshakeResolution: RetryStep(delay: 30, limit: 3, change: [.lowerResolution])
        case .handshakeHangup: RetryStep(delay: 180)
        case .handshakeIncompatible, .authRefused, .fileUnusable: .stop
        case .t38Negotiation: RetryStep(delay: 30, change: [.audio])
        case .pageDropped: RetryStep(delay: 120)
        case .pageNoResponse: RetryStep(delay: 180, change: [.slower])
        case .pageECM: RetryStep(delay: 60, change: [.otherECM])
        case .pageMissing: RetryStep(delay: 180)
        case .localEngine, .localGate: RetryStep(delay: 30, growth: 2, longest: 300, limit: 3)
        case .localNoReport, .localLost: RetryStep(delay: 10, growth: 2, longest: 300, limit: 3)
        case .localNoTrunk: RetryStep(delay: 30, growth: 2, longest: 600, otherTrunk: true)
        case .localDown, .localPublish: RetryStep(delay: 10, growth: 2, longest: 60)
        case .localCallFile, .policyNumber, .policyDocument, .userCancelled, .userResolved, .timeExpired,
            .outcomeUnknown, .outcomeEndUnconfirmed, .outcomeLastPage:
            .stop
        }
    }
}
