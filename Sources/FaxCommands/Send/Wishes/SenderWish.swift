import FaxModel
import FaxSettings

/// Whom somebody wants the far end to see; nil is as the settings say.
struct SenderWish: Codable, Sendable {
    var stationID: String?
    var callerID: String?
    var header: String?

    /// The name as whoever draws the line can draw it.
    func name(_ sending: Settings.Sending) throws(FaxError) -> HeaderText? {
        guard let header else { return sending.header }
        if sending.headerLine == .spandsp { _ = try PlainHeaderText(parsing: header) }
        return try HeaderText(parsing: header)
    }
}
