import FaxModel
import FaxStore

/// A job as `--json` shows it. Keys only ever get more.
struct JobView: Encodable {
    var id: Int64
    var group: Int64
    var state: JobState
    var cause: Cause?
    var detail: String
    var explanation: String?
    var owner: String
    /// Its canonical form, where the settings know one.
    var number: String
    /// What is dialled, where that is another form.
    var dialled: String?
    var name: String?
    var fields: [String: String]?
    var tag: String?
    /// Path of the TIFF with all its pages.
    var document: String
    var pages: Int
    var pagesDone: Int
    var dials: Int
    var tries: Int
    /// 0 (most urgent) to 255.
    var priority: Int
    /// Kept back until it is released.
    var held: Bool
    var submitted: String
    var due: String?
    var deadline: String
    var finished: String?
    var attempts: [AttemptView]?
    var history: [HistoryView]?

    init(_ job: Job, times: TimeText) {
        id = job.id
        group = job.group
        state = job.state
        cause = job.cause
        detail = job.detail
        explanation = job.cause?.explanation
        owner = job.request.owner
        number = job.request.number.digits
        dialled = job.request.dialled?.digits
        name = job.request.name?.text
        fields = job.request.fields
        tag = job.request.tag?.text
        document = job.document
        pages = job.pages
        pagesDone = job.pagesDone
        dials = job.dials
        tries = job.tries
        priority = job.priority
        held = job.held
        submitted = times.iso(job.submitted)
        due = job.state == .queued || job.state == .waiting ? times.iso(job.due) : nil
        deadline = times.iso(job.deadline)
        finished = job.finished.map(times.iso)
    }

    mutating func add(_ attempts: [Attempt], _ history: [HistoryEntry], times: TimeText) {
        self.attempts = attempts.map { AttemptView($0, times: times) }
        self.history = history.map { HistoryView(at: times.iso($0.at), state: $0.state, text: $0.text) }
    }
}

/// One attempt as `--json` shows it.
struct AttemptView: Encodable {
    var id: String
    /// The attempt of another job in whose call this one went out.
    var carrier: String?
    var trunk: String?
    /// How it was to transmit.
    var asked: CallMode?
    var state: Attempt.State
    var firstPage: Int
    var pages: Int
    var pagesConfirmed: Int
    var cause: Cause?
    var detail: String
    var rate: Int?
    var mode: String?
    var remoteStationID: String?
    var hangupCause: Int?
    var techCause: String?
    var lineSeconds: Double?
    var published: String?
    var started: String?
    var settled: String?

    init(_ attempt: Attempt, times: TimeText) {
        id = attempt.id.text
        carrier = attempt.carrier?.text
        trunk = attempt.trunk?.text
        asked = attempt.asked
        state = attempt.state
        firstPage = attempt.firstPage + 1
        pages = attempt.pages
        pagesConfirmed = attempt.pagesConfirmed
        cause = attempt.cause
        detail = attempt.detail
        rate = attempt.rate
        mode = attempt.mode
        remoteStationID = attempt.remoteStationID
        hangupCause = attempt.hangupCause
        techCause = attempt.techCause
        lineSeconds = attempt.lineSeconds
        published = attempt.published.map(times.iso)
        started = attempt.started.map(times.iso)
        settled = attempt.settled.map(times.iso)
    }
}

/// One line of a job's history as `--json` shows it.
struct HistoryView: Encodable {
    var at: String
    var state: JobState
    var text: String
}
