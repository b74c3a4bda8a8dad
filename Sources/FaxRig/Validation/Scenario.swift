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
    /// What is done while the call is up.
    package var event: Event?
    package var expected: ExpectedOutcome
    /// In `--matrix quick` too.
    package var isQuick = false

    /// Something that happens once so many pages were confirmed, or as soon as the call is up.
    package enum Event: Hashable, Sendable {
        /// The receiving side hangs up.
        case receiverHangsUp(afterPages: Int)
    }
}

/// What must come of a scenario. Where chance decides there are several answers, all of them named.
package struct ExpectedOutcome: Sendable {
    package var states: Set<JobState> = [.delivered]
    /// Of a job that is not delivered.
    package var causes: Set<Cause> = []
    /// Calls, at least and at most.
    package var calls: ClosedRange<Int> = 1...1
    /// Pages confirmed.
    package var pages: ClosedRange<Int>
    /// `audio` or `T38`; nil where it doesn't matter.
    package var mode: String?
    /// The rate in bit/s; nil where it doesn't matter.
    package var rate: Int?
    /// Rows that may differ on all pages together: 0 is identical pixel by pixel.
    package var damagedRows: ClosedRange<Int> = 0...0
    /// Messages at the far end for each call that brought a page.
    package var messages = 1

    package init(
        states: Set<JobState> = [.delivered], causes: Set<Cause> = [], calls: ClosedRange<Int> = 1...1,
        pages: ClosedRange<Int>, mode: String? = nil, rate: Int? = nil, damagedRows: ClosedRange<Int> = 0...0
    ) {
        self.states = states
        self.causes = causes
        self.calls = calls
        self.pages = pages
        self.mode = mode
        self.rate = rate
        self.damagedRows = damagedRows
    }

    /// So many pages, all of them as they were sent.
    package static func delivered(_ pages: Int, mode: String? = nil, rate: Int? = nil) -> ExpectedOutcome {
        ExpectedOutcome(pages: pages...pages, mode: mode, rate: rate)
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

        package init(pages: Int, isComplete: Bool, messages: Int, damagedRows: Int?) {
            self.pages = pages
            self.isComplete = isComplete
            self.messages = messages
            self.damagedRows = damagedRows
        }
    }

    package var state: JobState
    package var cause: Cause?
    package var calls: Int
    package var pages: Int
    package var pagesDone: Int
    package var mode: String?
    package var rate: Int?
    package var arrivals: [Arrival]

    package init(
        state: JobState, cause: Cause?, calls: Int, pages: Int, pagesDone: Int, mode: String?, rate: Int?,
        arrivals: [Arrival]
    ) {
        self.state = state
        self.cause = cause
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
        if !states.contains(seen.state) { problems.append("it is \(seen.state.rawValue), not \(list(states))") }
        if seen.state != .delivered, !causes.isEmpty, !(seen.cause.map(causes.contains) ?? false) {
            problems.append("the cause is \(seen.cause?.rawValue ?? "missing"), not \(list(causes))")
        }
        if !calls.contains(seen.calls) { problems.append("it took \(seen.calls) calls, not \(Self.text(calls))") }
        if !pages.contains(seen.pagesDone) {
            problems.append("\(seen.pagesDone) pages were confirmed, not \(Self.text(pages))")
        }
        guard seen.state == .delivered else {
            if seen.pagesDone == 0, seen.arrivals.contains(where: { $0.isComplete }) {
                problems.append("it arrived whole all the same")
            }
            return problems + messageProblems(seen)
        }
        if let mode, seen.mode != mode { problems.append("the mode was \(seen.mode ?? "unknown"), not \(mode)") }
        if let rate, seen.rate != rate {
            problems.append("the rate was \(seen.rate.map(String.init) ?? "unknown"), not \(rate)")
        }
        let arrived = seen.arrivals.reduce(0) { $0 + $1.pages }
        // Each call that broke may have lost the confirmation of one page.
        if arrived < seen.pages || arrived > seen.pages + max(0, seen.arrivals.count - 1) {
            problems.append("\(arrived) pages arrived, not \(seen.pages)")
        }
        let looked = seen.arrivals.compactMap(\.damagedRows)
        if looked.isEmpty {
            problems.append("no page could be compared")
        } else if !damagedRows.contains(looked.reduce(0, +)) {
            problems.append("\(looked.reduce(0, +)) rows differ from what was sent, not \(Self.text(damagedRows))")
        }
        return problems + messageProblems(seen)
    }

    private func messageProblems(_ seen: Observed) -> [String] {
        seen.arrivals.filter { $0.messages != messages }.map { "a call's pages are in \($0.messages) messages" }
    }

    private static func text(_ range: ClosedRange<Int>) -> String {
        range.count == 1 ? "\(range.lowerBound)" : "\(range.lowerBound) to \(range.upperBound)"
    }
}
