/// The keys that Asterisk knows in a call file (pbx_spool.c, apply_outgoing), compared without regard to case.
enum CallFileKey: String, CaseIterable {
    case channel = "Channel"
    case callerID = "CallerID"
    case application = "Application"
    case data = "Data"
    case maxRetries = "MaxRetries"
    case codecs = "Codecs"
    case context = "Context"
    case `extension` = "Extension"
    case priority = "Priority"
    case retryTime = "RetryTime"
    case waitTime = "WaitTime"
    case retry = "Retry"
    case startRetry = "StartRetry"
    case endRetry = "EndRetry"
    case abortRetry = "AbortRetry"
    case delayedRetry = "DelayedRetry"
    case set = "Set"
    case setVar = "SetVar"
    case account = "Account"
    case alwaysDelete = "AlwaysDelete"
    case archive = "Archive"
    case earlyMedia = "early_media"

    init?(_ text: String) {
        guard let key = Self.allCases.first(where: { $0.rawValue.lowercased() == text.lowercased() }) else {
            return nil
        }
        self = key
    }

    /// Both spellings of Set set a variable.
    var isSet: Bool { self == .set || self == .setVar }
}
