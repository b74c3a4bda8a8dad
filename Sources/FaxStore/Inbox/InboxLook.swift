package import FaxModel

/// Somebody looked at a received fax, changed its record or took it away.
package struct InboxLook: Hashable, Sendable, Codable {
    package enum Action: String, CaseIterable, Sendable, Codable {
        case show, export, redeliver, mark, delete, expire
        case `import`
    }

    package var at: UnixTime
    package var person: String
    package var action: Action
    package var uniqueid: String
    package var detail: String

    package init(at: UnixTime, person: String, action: Action, uniqueid: String, detail: String = "") {
        self.at = at
        self.person = person
        self.action = action
        self.uniqueid = uniqueid
        self.detail = detail
    }
}
