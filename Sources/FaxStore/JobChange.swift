package import FaxModel

/// What a person changes about an unfinished job; nil leaves as it is.
package struct JobChange: Hashable, Sendable, Codable {
    /// Canonical, and what is dialled where that differs; not while a call is under way.
    package var number: FaxNumber?
    package var dialled: FaxNumber?
    package var due: UnixTime?
    package var deadline: UnixTime?
    package var priority: Int?
    package var maxDials: Int?
    package var maxTries: Int?

    package init(
        number: FaxNumber? = nil, dialled: FaxNumber? = nil, due: UnixTime? = nil, deadline: UnixTime? = nil,
        priority: Int? = nil, maxDials: Int? = nil, maxTries: Int? = nil
    ) {
        self.number = number
        self.dialled = dialled
        self.due = due
        self.deadline = deadline
        self.priority = priority
        self.maxDials = maxDials
        self.maxTries = maxTries
    }
}

/// How a finished job is sent again.
package struct Resend: Hashable, Sendable, Codable {
    /// Pages that were confirmed are sent again too.
    package var allPages: Bool
    /// Another number than before.
    package var number: FaxNumber?
    package var dialled: FaxNumber?
    package var due: UnixTime
    package var deadline: UnixTime

    package init(
        allPages: Bool, number: FaxNumber? = nil, dialled: FaxNumber? = nil, due: UnixTime, deadline: UnixTime
    ) {
        self.allPages = allPages
        self.number = number
        self.dialled = dialled
        self.due = due
        self.deadline = deadline
    }
}
