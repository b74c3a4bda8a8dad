package import FaxModel

/// What the round reads of `fax-queue show --json`.
package struct SentJob: Decodable, Sendable {
    package struct Call: Decodable, Sendable {
        package var id: String
        /// The attempt of another job that carried this one.
        package var carrier: String?
        package var asked: CallMode?
        /// From 1.
        package var firstPage: Int
        package var cause: Cause?
        package var rate: Int?
        package var mode: String?
        package var lineSeconds: Double?
        package var remoteStationID: String?
        package var pagesConfirmed: Int
    }

    package var id: Int64
    package var number: String
    package var tag: String?
    package var state: JobState
    package var cause: Cause?
    package var detail: String
    package var pages: Int
    package var pagesDone: Int
    package var document: String?
    package var attempts: [Call]?
}
