/// What the round reads of `fax-inbox list --json`.
package struct Receipt: Decodable, Sendable {
    package struct Mail: Decodable, Sendable {
        package var recipient: String
        package var state: String
        package var tries: Int
        package var lastError: String?
    }

    package var uniqueid: String
    package var dialled: String
    /// Who the far end said it was (TSI).
    package var stationID: String?
    package var complete: Bool
    package var pages: Int
    /// `audio` or `T38`; nil where Asterisk never told.
    package var mode: String?
    package var tiff: String?
    package var pdf: String?
    package var mail: [Mail]

    package var isSettled: Bool { !mail.isEmpty && mail.allSatisfy { $0.state != "queued" } }
}
