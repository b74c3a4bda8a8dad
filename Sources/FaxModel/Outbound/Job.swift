/// One fax to one number, as the store keeps it.
package struct Job: Hashable, Sendable, Codable {
    package var id: Int64
    /// The id of the first job that was submitted with it.
    package var group: Int64
    package var request: FaxRequest
    /// The TIFF with all its pages, shared with the jobs of its group.
    package var document: String
    package var pages: Int
    package var state: JobState
    package var cause: Cause?
    /// The evidence in words.
    package var detail: String
    /// Calls placed.
    package var dials: Int
    /// Calls that began to transmit.
    package var tries: Int
    /// Failures of our own side since the last call.
    package var localFailures: Int
    package var pagesDone: Int
    package var cancelRequested: Bool
    package var submitted: UnixTime
    /// Not claimed before.
    package var due: UnixTime
    package var deadline: UnixTime
    package var finished: UnixTime?

    package init(
        id: Int64, group: Int64, request: FaxRequest, document: String, pages: Int, state: JobState,
        cause: Cause? = nil, detail: String = "", dials: Int = 0, tries: Int = 0, localFailures: Int = 0,
        pagesDone: Int = 0, cancelRequested: Bool = false, submitted: UnixTime, due: UnixTime, deadline: UnixTime,
        finished: UnixTime? = nil
    ) {
        self.id = id
        self.group = group
        self.request = request
        self.document = document
        self.pages = pages
        self.state = state
        self.cause = cause
        self.detail = detail
        self.dials = dials
        self.tries = tries
        self.localFailures = localFailures
        self.pagesDone = pagesDone
        self.cancelRequested = cancelRequested
        self.submitted = submitted
        self.due = due
        self.deadline = deadline
        self.finished = finished
    }
}
