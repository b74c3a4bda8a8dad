import CCurl
import Foundation

/// Whether a message's body still moves. Lives on the thread of its session.
final class SMTPUpload {
    /// Seconds.
    private let patience: Int
    private var sent: curl_off_t = 0
    /// On the clock that no date moves.
    private var movedAt: TimeInterval = 0

    init(patience: Int) { self.patience = patience }

    func reset() {
        sent = 0
        movedAt = 0
    }

    /// Told by libcurl about once a second (CURLOPT_XFERINFOFUNCTION). Waiting for replies, before the body and after it, is no
    /// stall.
    func stalls(_ sent: curl_off_t, of total: curl_off_t) -> Bool {
        let now = ProcessInfo.processInfo.systemUptime
        guard sent > 0, sent < total, sent == self.sent else {
            self.sent = sent
            movedAt = now
            return false
        }
        return now - movedAt > Double(patience)
    }
}
