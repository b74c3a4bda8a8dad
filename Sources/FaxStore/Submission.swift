package import FaxModel

/// What `submit` takes.
package struct Submission: Sendable {
    /// A file of pages, already durable.
    package struct Pages: Hashable, Sendable {
        package var path: String
        package var count: Int
        /// Seconds that a call with all of them can last at most.
        package var longestCall: Int64

        package init(path: String, count: Int, longestCall: Int64) {
            self.path = path
            self.count = count
            self.longestCall = longestCall
        }
    }

    package struct Recipient: Sendable {
        package var request: FaxRequest
        /// The cover page of this one; nil for none.
        package var cover: Pages?

        package init(_ request: FaxRequest, cover: Pages? = nil) {
            self.request = request
            self.cover = cover
        }
    }

    package var document: Pages
    package var recipients: [Recipient]
    package var priority: Int
    package var held: Bool
    package var maxDials: Int?
    package var maxTries: Int?
    package var submitted: UnixTime
    /// Not before.
    package var due: UnixTime
    package var deadline: UnixTime
    /// Chosen by whoever submits: the same key is accepted once.
    package var key: String?

    package init(
        document: Pages, recipients: [Recipient], priority: Int = JobPriority.normal, held: Bool = false,
        maxDials: Int? = nil, maxTries: Int? = nil, submitted: UnixTime, due: UnixTime, deadline: UnixTime,
        key: String? = nil
    ) {
        self.document = document
        self.recipients = recipients
        self.priority = priority
        self.held = held
        self.maxDials = maxDials
        self.maxTries = maxTries
        self.submitted = submitted
        self.due = due
        self.deadline = deadline
        self.key = key
    }
}
