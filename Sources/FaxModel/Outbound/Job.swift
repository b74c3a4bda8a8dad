/// One fax to one number, as the store keeps it.
package struct Job: Hashable, Sendable, Codable {
    package var id: Int64
    /// The id of the first job that was submitted with it.
    package var group: Int64
    package var request: FaxRequest
    /// The TIFF with all its pages, shared with the jobs of its group.
    package var document: String
    /// The TIFF of the cover page that goes before the document; nil without one.
    package var cover: String?
    package var coverPages: Int
    /// Pages in all, the cover's included.
    package var pages: Int
    package var state: JobState
    package var cause: Cause?
    /// The evidence in words.
    package var detail: String
    /// 0 (most urgent) to 255.
    package var priority: Int
    /// Not claimed before it is released.
    package var held: Bool
    /// How the next call transmits by what the calls of this job showed; nil where they showed nothing: as asked for, and
    /// as the number took it last time.
    package var ownMode: CallMode?
    /// Calls placed, without those that failed on our own side.
    package var dials: Int
    /// Calls that began to transmit, without those that failed on our own side.
    package var tries: Int
    /// How often in a row the last cause came.
    package var repeats: Int
    /// Answered calls in a row that brought no page.
    package var idleTries: Int
    /// Calls in a row that broke on the first page that is left.
    package var pageFailures: Int
    package var failedTrunks: [TrunkName]
    /// Limits of its own; nil: those of the settings.
    package var maxDials: Int?
    package var maxTries: Int?
    package var pagesDone: Int
    package var cancelRequested: Bool
    package var submitted: UnixTime
    /// Not claimed before.
    package var due: UnixTime
    package var deadline: UnixTime
    package var finished: UnixTime?

    package init(
        id: Int64, group: Int64, request: FaxRequest, document: String, cover: String? = nil, coverPages: Int = 0,
        pages: Int, state: JobState, cause: Cause? = nil, detail: String = "", priority: Int = JobPriority.normal,
        held: Bool = false, ownMode: CallMode? = nil, dials: Int = 0, tries: Int = 0, repeats: Int = 0,
        idleTries: Int = 0, pageFailures: Int = 0, failedTrunks: [TrunkName] = [], maxDials: Int? = nil,
        maxTries: Int? = nil, pagesDone: Int = 0, cancelRequested: Bool = false, submitted: UnixTime, due: UnixTime,
        deadline: UnixTime, finished: UnixTime? = nil
    ) {
        self.id = id
        self.group = group
        self.request = request
        self.document = document
        self.cover = cover
        self.coverPages = coverPages
        self.pages = pages
        self.state = state
        self.cause = cause
        self.detail = detail
        self.priority = priority
        self.held = held
        self.ownMode = ownMode
        self.dials = dials
        self.tries = tries
        self.repeats = repeats
        self.idleTries = idleTries
        self.pageFailures = pageFailures
        self.failedTrunks = failedTrunks
        self.maxDials = maxDials
        self.maxTries = maxTries
        self.pagesDone = pagesDone
        self.cancelRequested = cancelRequested
        self.submitted = submitted
        self.due = due
        self.deadline = deadline
        self.finished = finished
    }
}

/// The numbers of HylaFAX's priorities: the lower, the more urgent.
package enum JobPriority {
    package static let high = 63
    package static let normal = 127
    package static let bulk = 191

    /// Seconds of waiting that make up for one step of priority, so that nothing starves.
    package static let ageing: Int64 = 30

    /// Seconds by which each recipient of a submission counts as waiting less than the one before: however long a broadcast
    /// takes, a single fax that comes later need not wait for all that is left of it.
    package static let spacing: Int64 = 60
}

extension Job {
    /// How the next call transmits, but for what is known about the number.
    package var mode: CallMode { ownMode ?? request.mode }

    /// One of many: it yields, and the windows of bulk faxes hold for it.
    package var isBulk: Bool { priority >= JobPriority.bulk }

    /// Sets what the end of an attempt changes but the state. What failed on our own side uses nothing up.
    package mutating func count(_ outcome: CallOutcome, dialled: Bool, next: NextStep) {
        let isLocal = outcome.cause?.isLocal ?? false
        pagesDone += outcome.pagesConfirmed
        dials += dialled && !isLocal ? 1 : 0
        tries += outcome.answered && !isLocal ? 1 : 0
        repeats = outcome.cause != nil && outcome.cause == cause ? repeats + 1 : 1
        if outcome.pagesConfirmed > 0 {
            idleTries = 0
            pageFailures = 0
        }
        if outcome.answered, outcome.pagesConfirmed == 0, !isLocal { idleTries += 1 }
        if outcome.cause?.category == "page" { pageFailures += 1 }
        cause = next.cause
        detail = outcome.detail
        ownMode = next.mode ?? ownMode
        failedTrunks = next.failedTrunks
    }

    /// As `count`, for a call in which this fax had no turn: it says nothing about it.
    package mutating func skip(_ outcome: CallOutcome, dialled: Bool) {
        dials += dialled ? 1 : 0
        detail = outcome.detail
    }
}
