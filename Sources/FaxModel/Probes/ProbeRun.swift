/// One run of a probe, or several in a row that were missed.
package struct ProbeRun: Hashable, Sendable, Codable {
    package enum State: String, CaseIterable, Hashable, Sendable, Codable {
        /// Its fax waits for a line, or is on its way: the queue ends that.
        case calling
        /// The far machine confirmed every page; what came out is being looked for.
        case looking
        /// Final.
        case passed
        /// Final.
        case failed
        /// It was due, and nothing was sent: the machine was off, or no line was free; says nothing about lines. Final.
        case missed

        package var isFinal: Bool { self != .calling && self != .looking }
    }

    /// What was measured.
    package struct Figures: Hashable, Sendable, Codable {
        /// Seconds from the call file to the first word of the far machine's line.
        package var setupSeconds: Double?
        package var lineSeconds: Double?
        /// bit/s
        package var rate: Int?
        /// audio or T38
        package var mode: String?
        package var station: String?
        package var pages: Int?
        package var pagesConfirmed: Int?
        /// Seconds from the end of the call until the fax was found.
        package var arrivalSeconds: Double?
        package var pagesArrived: Int?
        package var pagesIdentical: Int?
        /// Pixels that came out otherwise than they were sent.
        package var damage: Int?

        package init() {}
    }

    package var id: Int64
    package var probe: ProbeName
    /// nil for what was never begun.
    package var mark: ProbeMark?
    package var state: State
    /// How many were missed; 1 for any other.
    package var count: Int
    /// The last one's moment by the schedule; nil: by hand.
    package var scheduled: UnixTime?
    package var begun: UnixTime
    /// When the call was over.
    package var called: UnixTime?
    package var ended: UnixTime?
    package var job: Int64?
    package var cause: Cause?
    /// Why it ended so, in words.
    package var detail: String
    package var figures: Figures

    package init(
        id: Int64 = 0, probe: ProbeName, mark: ProbeMark?, state: State, count: Int = 1, scheduled: UnixTime?,
        begun: UnixTime, called: UnixTime? = nil, ended: UnixTime? = nil, job: Int64? = nil, cause: Cause? = nil,
        detail: String = "", figures: Figures = Figures()
    ) {
        self.id = id
        self.probe = probe
        self.mark = mark
        self.state = state
        self.count = count
        self.scheduled = scheduled
        self.begun = begun
        self.called = called
        self.ended = ended
        self.job = job
        self.cause = cause
        self.detail = detail
        self.figures = figures
    }
}

extension ProbeRun {
    /// The same run, over.
    package func ended(_ state: State, _ detail: String, now: UnixTime) -> ProbeRun {
        var run = self
        run.state = state
        run.detail = detail
        run.ended = now
        return run
    }
}
