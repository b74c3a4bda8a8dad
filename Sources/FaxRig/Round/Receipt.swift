package import Foundation

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
    /// ISO 8601; nil where nobody saw the call begin.
    package var started: String?
    package var ended: String
    package var complete: Bool
    package var pages: Int
    /// Why it is not complete; empty where it is.
    package var reason: String
    /// `audio` or `T38`; nil where Asterisk never told.
    package var mode: String?
    package var tiff: String?
    package var pdf: String?
    package var mail: [Mail]

    /// Whether the call was up at some moment of it.
    package func overlaps(_ span: ClosedRange<Date>) -> Bool {
        let times = [started ?? ended, ended].compactMap { try? Date($0, strategy: .iso8601) }
        guard let first = times.first, let last = times.last else { return false }
        // Both are whole seconds.
        return first <= span.upperBound && last.addingTimeInterval(1) >= span.lowerBound
    }

    package var isSettled: Bool { !mail.isEmpty && mail.allSatisfy { $0.state != "queued" } }
}
