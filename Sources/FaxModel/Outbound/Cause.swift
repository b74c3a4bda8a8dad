/// Why an attempt ended as it did: `class.reason`, stable words for people, scripts and the retry policy.
package enum Cause: String, CaseIterable, Hashable, Sendable, Codable {
    case dialBusy = "dial.busy"
    case dialNoAnswer = "dial.no-answer"
    case dialCongestion = "dial.congestion"
    case dialRejected = "dial.rejected"
    case dialUnallocated = "dial.unallocated"
    case dialNoRoute = "dial.no-route"
    case dialFailed = "dial.failed"

    case handshakeNoFax = "handshake.no-fax"
    case handshakeRefused = "handshake.refused"
    case handshakeTrain = "handshake.train"
    case handshakeIncompatible = "handshake.incompatible"
    case handshakeResolution = "handshake.resolution"
    case handshakeHangup = "handshake.hangup"

    case t38Negotiation = "t38.negotiation"

    case pageDropped = "page.dropped"
    case pageNoResponse = "page.no-response"
    case pageECM = "page.ecm"
    /// SUCCESS with fewer pages than were sent.
    case pageMissing = "page.missing"

    case fileUnusable = "file.unusable"
    case authRefused = "auth.refused"

    /// INIT_ERROR, MEMORY_ERROR: Asterisk's fax engine failed.
    case localEngine = "local.engine"
    /// The trunk does not exist or gave no channel.
    case localNoTrunk = "local.no-trunk"
    /// The call was answered and the gate could not let it transmit (program missing, disk full).
    case localGate = "local.gate"
    /// Asterisk gave the call file up without a word.
    case localNoReport = "local.no-report"
    /// The call file vanished.
    case localLost = "local.lost"
    /// Asterisk never picked the call file up: it is not running, or looks elsewhere.
    case localDown = "local.asterisk-down"
    /// Asterisk called the call file unusable.
    case localCallFile = "local.call-file"
    /// The call file or the attempt's TIFF could not be written.
    case localPublish = "local.publish"

    /// The settings no longer allow the number, or it asked for no fax.
    case policyNumber = "policy.number"
    /// The document is gone, so nothing can be sent.
    case policyDocument = "policy.document"

    case userCancelled = "user.cancelled"
    /// A person said that it did not arrive.
    case userResolved = "user.resolved"
    case timeExpired = "time.expired"
    /// The call started and never reported.
    case outcomeUnknown = "outcome.unknown"
    /// Every page was confirmed, the goodbye was not: delivered all the same.
    case outcomeEndUnconfirmed = "outcome.end-unconfirmed"
    /// The last page was sent and its confirmation lost; the settings say to take it as delivered.
    case outcomeLastPage = "outcome.last-page-unconfirmed"

    /// The part before the dot.
    package var category: Substring { rawValue.prefix { $0 != "." } }

    /// No call reached the far end's line, so nothing of the job's budget is used up.
    package var isLocal: Bool { category == "local" }

    /// One sentence for a person.
    package var explanation: String {
        switch self {
        case .dialBusy: "the line was busy"
        case .dialNoAnswer: "nobody answered"
        case .dialCongestion: "the network had no free line"
        case .dialRejected: "the call was rejected"
        case .dialUnallocated: "there is no such number"
        case .dialNoRoute: "there is no route to that number"
        case .dialFailed: "the call could not be set up"
        case .handshakeNoFax: "something answered that is not a fax machine"
        case .handshakeRefused: "the far machine refused before the first page"
        case .handshakeTrain: "the modems could not agree on a rate"
        case .handshakeIncompatible: "the far machine can't receive such a fax"
        case .handshakeResolution: "the far machine can't receive that many lines an inch"
        case .handshakeHangup: "the far end hung up before the first page"
        case .t38Negotiation: "T.38 could not be agreed"
        case .pageDropped: "the call broke while pages were being sent"
        case .pageNoResponse: "a page was sent and never confirmed"
        case .pageECM: "error correction failed"
        case .pageMissing: "the call ended well, yet not every page was confirmed"
        case .fileUnusable: "Asterisk could not read the pages"
        case .authRefused: "the far machine asked for a password or sub-address"
        case .localEngine: "Asterisk's fax engine failed"
        case .localNoTrunk: "the trunk gave no channel: does the endpoint exist?"
        case .localGate: "the call was answered, but fax-agi could not allow the transmission"
        case .localNoReport: "Asterisk gave up the call without a report"
        case .localLost: "the call file vanished without a word"
        case .localDown: "Asterisk does not pick up call files: is it running?"
        case .localCallFile: "Asterisk could not use the call file"
        case .localPublish: "the call file could not be written"
        case .policyNumber: "the number may not be faxed any more"
        case .policyDocument: "the document is gone"
        case .userCancelled: "cancelled"
        case .userResolved: "settled by hand"
        case .timeExpired: "the deadline passed"
        case .outcomeUnknown: "the call started and was never reported; it may have arrived"
        case .outcomeEndUnconfirmed: "all pages confirmed, the end of the call was not"
        case .outcomeLastPage: "all pages sent, the last one's confirmation was lost"
        }
    }
}
