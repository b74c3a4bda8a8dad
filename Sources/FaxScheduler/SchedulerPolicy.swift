package import FaxModel
package import FaxStore

/// What the settings say about dialling.
package struct SchedulerPolicy: Hashable, Sendable {
    /// In the order in which they are tried.
    package var trunks: [TrunkLines]
    package var retry: RetryPolicy
    /// Faxes to one number that may go out in one call.
    package var faxesInACall: Int
    /// Seconds that the far end may ring.
    package var waitTime: Int
    /// MaxRetries of the call file.
    package var asteriskRetries: Int
    /// RetryTime of the call file, in seconds.
    package var asteriskRetryTime: Int
    /// Directory with the call file templates.
    package var templates: String
    /// Who draws the line at the top of each page.
    package var headerLine: HeaderLine
    /// Days for which archived call files are kept; 0: until their calls are settled.
    package var keepCallFiles: Int

    package init(
        trunks: [TrunkLines], retry: RetryPolicy = RetryPolicy(), faxesInACall: Int = 1, waitTime: Int,
        asteriskRetries: Int, asteriskRetryTime: Int, templates: String, headerLine: HeaderLine = .own,
        keepCallFiles: Int = 0
    ) {
        self.trunks = trunks
        self.retry = retry
        self.faxesInACall = faxesInACall
        self.waitTime = waitTime
        self.asteriskRetries = asteriskRetries
        self.asteriskRetryTime = asteriskRetryTime
        self.templates = templates
        self.headerLine = headerLine
        self.keepCallFiles = keepCallFiles
    }

    package var claimRules: ClaimRules {
        ClaimRules(trunks: trunks, faxesInACall: faxesInACall, memory: retry.memory)
    }

    /// All ringing that one call file allows, with the pauses between, and a little for Asterisk's own pace.
    package var patience: Patience {
        let ringing = Int64(waitTime) * Int64(asteriskRetries + 1)
        // Asterisk starts a retry at twice RetryTime at the latest (the file's time is set from "now + RetryTime").
        let pauses = Int64(asteriskRetryTime) * 2 * Int64(asteriskRetries)
        return Patience(dialling: ringing + pauses)
    }
}
