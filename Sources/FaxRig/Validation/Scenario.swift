package import FaxModel

/// One thing that is tried on the rig: what is sent, how, over which line, to whom, and what must come of it.
package struct Scenario: Sendable {
    package var name: String
    /// What is shown, in words.
    package var about: String
    package var document: ScenarioDocument
    /// Further options of fax-send.
    package var options: [String] = []
    package var line: ScenarioLine = .t38
    /// Who is called; nil is a fax machine with a number of this scenario's own.
    package var farEnd: FarEnd?
    /// Who is called instead, on a line where no Asterisk listens.
    package var stranger: Stranger?
    /// What is done to the servers meanwhile.
    package var event: Event?
    package var expected: ExpectedOutcome
    /// In `--matrix quick` too.
    package var isQuick = false

    /// A relay, or a disk that may be filled up.
    var needsNamespaces: Bool { line.trunk.relay != nil || event == .receiverDiskFull }

    /// Something that happens to the servers, which then have no other call.
    package enum Event: Hashable, Sendable {
        /// The receiving side hangs up once so many pages were confirmed.
        case receiverHangsUp(afterPages: Int)
        /// It hangs up after it has the last page whole, and before the sender hears so; on a line that is cut there.
        case receiverHangsUpUnconfirmed
        /// The receiving side has not a byte left until it has turned away a call.
        case receiverDiskFull
        /// Before the fax, a stranger calls the receiving side, which must come out of it as it was.
        case strangerCalls(Stranger)
        /// These Asterisks are killed once so many pages were confirmed, and start again at once.
        case killed(Set<RigSide>, afterPages: Int)
    }
}

/// What must come of a scenario. Where chance decides there are several answers, all of them named.
package struct ExpectedOutcome: Sendable {
    package var states: Set<JobState> = [.delivered]
    /// Of a job that is not delivered.
    package var causes: Set<Cause> = []
    /// Of the first call, where there may be more than one; empty where it doesn't matter.
    package var firstCauses: Set<Cause> = []
    /// Calls, at least and at most.
    package var calls: ClosedRange<Int> = 1...1
    /// Pages confirmed.
    package var pages: ClosedRange<Int>
    /// `audio` or `T38`; nil where it doesn't matter.
    package var mode: String?
    /// The same of the receiving end, where a gateway may stand between the two.
    package var receiverMode: String?
    /// The rate in bit/s; nil where it doesn't matter.
    package var rate: Int?
    /// Calls that brought pages; nil: at least one if it is delivered.
    package var arrivals: ClosedRange<Int>?
    /// Rows that may differ on all pages together: 0 is identical pixel by pixel.
    package var damagedRows: ClosedRange<Int> = 0...0
    /// Messages at the far end for each call that brought a page.
    package var messages = 1

    package init(
        states: Set<JobState> = [.delivered], causes: Set<Cause> = [], firstCauses: Set<Cause> = [],
        calls: ClosedRange<Int> = 1...1, pages: ClosedRange<Int>, mode: String? = nil, receiverMode: String? = nil,
        rate: Int? = nil, arrivals: ClosedRange<Int>? = nil, damagedRows: ClosedRange<Int> = 0...0
    ) {
        self.states = states
        self.causes = causes
        self.firstCauses = firstCauses
        self.calls = calls
        self.pages = pages
        self.mode = mode
        self.receiverMode = receiverMode
        self.rate = rate
        self.arrivals = arrivals
        self.damagedRows = damagedRows
    }

    /// So many pages, all of them as they were sent.
    package static func delivered(
        _ pages: Int, mode: String? = nil, receiverMode: String? = nil, rate: Int? = nil
    ) -> ExpectedOutcome {
        ExpectedOutcome(pages: pages...pages, mode: mode, receiverMode: receiverMode, rate: rate)
    }

    package static func failed(_ causes: Cause...) -> ExpectedOutcome {
        ExpectedOutcome(states: [.failed], causes: Set(causes), pages: 0...0)
    }
}

/// What came of it, on both sides.
package struct Observed: Sendable {
    /// A call that arrived at the far end with pages.
    package struct Arrival: Sendable {
        package var pages: Int
        package var isComplete: Bool
        package var messages: Int
        /// Rows that differ from what was sent; nil where the two can't be laid side by side.
        package var damagedRows: Int?
        /// `audio` or `T38`, as the receiving end saw it.
        package var mode: String?

        package init(pages: Int, isComplete: Bool, messages: Int, damagedRows: Int?, mode: String? = nil) {
            self.pages = pages
            self.isComplete = isComplete
            self.messages = messages
            self.damagedRows = damagedRows
            self.mode = mode
        }
    }

    package var state: JobState
    package var cause: Cause?
    /// Of the first call.
    package var firstCause: Cause?
    package var calls: Int
    package var pages: Int
    package var pagesDone: Int
    package var mode: String?
    package var rate: Int?
    /// nil where nobody looks at the far end.
    package var arrivals: [Arrival]?

    package init(
        state: JobState, cause: Cause?, firstCause: Cause? = nil, calls: Int, pages: Int, pagesDone: Int,
        mode: String?, rate: Int?, arrivals: [Arrival]?
    ) {
        self.state = state
        self.cause = cause
        self.firstCause = firstCause
        self.calls = calls
        self.pages = pages
        self.pagesDone = pagesDone
        self.mode = mode
        self.rate = rate
        self.arrivals = arrivals
    }
}

extension ExpectedOutcome {
    /// What is not as it should be, a line each; nothing when all is.
    package func judge(_ seen: Observed) -> [String] {
        var problems: [String] = []
        func list<T: RawRepresentable<String>>(_ values: Set<T>) -> String {
            values.map(\.rawValue).sorted().joined(separator: " or ")
        }
        if !states.contains(seen.state) {
            let cause = seen.cause.map { " (\($0.rawValue))" } ?? ""
            problems.append("it is \(seen.state.rawValue)\(cause), not \(list(states))")
        }
        if seen.state != .delivered, !causes.isEmpty, !(seen.cause.map(causes.contains) ?? false) {
            problems.append("the cause is \(seen.cause?.rawValue ?? "missing"), not \(list(causes))")
        }
        if !firstCauses.isEmpty, !(seen.firstCause.map(firstCauses.contains) ?? false) {
            let cause = seen.firstCause?.rawValue ?? "missing"
            problems.append("the first call's cause is \(cause), not \(list(firstCauses))")
        }
        if !calls.contains(seen.calls) { problems.append("it took \(seen.calls) calls, not \(Self.text(calls))") }
        if !pages.contains(seen.pagesDone) {
            problems.append("\(seen.pagesDone) pages were confirmed, not \(Self.text(pages))")
        }
        if seen.state == .delivered {
            if let mode, seen.mode != mode { problems.append("the mode was \(seen.mode ?? "unknown"), not \(mode)") }
            if let rate, seen.rate != rate {
                problems.append("the rate was \(seen.rate.map(String.init) ?? "unknown"), not \(rate)")
            }
        }
        return problems + (seen.arrivals.map { judge($0, of: seen) } ?? [])
    }

    /// The far end's part.
    private func judge(_ seen: [Observed.Arrival], of fax: Observed) -> [String] {
        var problems: [String] = []
        if let arrivals, !arrivals.contains(seen.count) {
            problems.append("\(seen.count) calls brought pages, not \(Self.text(arrivals))")
        }
        problems += seen.filter { $0.messages != messages }.map { "a call's pages are in \($0.messages) messages" }
        guard fax.state == .delivered else {
            let isWhole = fax.pagesDone == 0 && seen.contains(where: \.isComplete)
            return problems + (isWhole ? ["it arrived whole all the same"] : [])
        }
        for arrival in seen where receiverMode != nil && arrival.mode != receiverMode {
            problems.append("the receiver's mode was \(arrival.mode ?? "unknown"), not \(receiverMode ?? "")")
        }
        let arrived = seen.reduce(0) { $0 + $1.pages }
        // Each call that broke may have lost the confirmation of one page.
        if arrived < fax.pages || arrived > fax.pages + max(0, seen.count - 1) {
            problems.append("\(arrived) pages arrived, not \(fax.pages)")
        }
        let looked = seen.compactMap(\.damagedRows)
        if looked.isEmpty {
            problems.append("no page could be compared")
        } else if !damagedRows.contains(looked.reduce(0, +)) {
            problems.append("\(looked.reduce(0, +)) rows differ from what was sent, not \(Self.text(damagedRows))")
        }
        return problems
    }

    private static func text(_ range: ClosedRange<Int>) -> String {
        range.count == 1 ? "\(range.lowerBound)" : "\(range.lowerBound) to \(range.upperBound)"
    }
}
