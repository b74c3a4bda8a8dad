package import FaxModel

/// One received fax, or one that should have been, as the store knows it.
package struct InboxReceipt: Hashable, Sendable, Codable {
    package enum Origin: String, Sendable, Codable {
        /// The call told us itself.
        case report
        /// The call ended without a word; what it left was found.
        case salvage
        /// Taken over from a folder of files.
        case `import`
    }

    /// Counts up in the order of journalling; 0 before that.
    package var number: Int64
    /// UNIQUEID; with the call's end in milliseconds behind it where Asterisk gave the same one a second time.
    package var uniqueid: String
    /// UNIQUEID as the spool's file names have it.
    package var call: ChannelID
    package var origin: Origin
    package var state: InboxReceiptState
    package var recordedAt: UnixTime
    /// When the call was answered for us; nil where nobody knows.
    package var startedAt: UnixTime?
    package var endedAt: UnixTime
    /// When it was archived or found empty.
    package var settledAt: UnixTime?
    package var channel: String
    package var dialled: String
    package var callerNumber: String
    package var callerName: String
    package var account: String
    /// FAXRCPT as it came, not parsed.
    package var recipients: String
    package var faxStatus: String?
    package var faxError: String?
    package var faxStatusText: String?
    /// Pages that the call reported; once settled, pages that the file has where it could be read.
    package var pages: Int?
    /// bit/s
    package var rate: Int?
    package var resolution: String?
    package var mode: String?
    package var ecm: String?
    package var remoteStationID: String?
    package var localStationID: String?
    package var hangupCause: Int?
    /// Whether all of it came; nil until it is settled.
    package var isComplete: Bool?
    /// Why it is not complete, in words.
    package var reason: String
    /// What else a person should know: addresses left out, a PDF that could not be made.
    package var note: String
    /// Below the archive, without ending: `DIALLED/NAME`.
    package var archiveName: String
    /// Absolute path in the archive.
    package var tiff: String?
    /// Absolute path in the archive.
    package var pdf: String?
    /// Pages of the TIFF that the PDF lacks, because they can't be read.
    package var missingPages: Int
    /// Lines that came damaged, as the file tells; nil where it says nothing.
    package var badLines: Int?
    /// The name of the route that decided; empty before that.
    package var route: String
    /// The rule that blocked the call or made the fax junk; empty otherwise.
    package var junk: String
    package var seenAt: UnixTime?
    package var seenBy: String?
    /// Kept whatever its route says.
    package var isHeld: Bool
    /// When its files go; nil: never.
    package var keepUntil: UnixTime?

    /// Seconds on the line, where both ends of the call are known.
    package var duration: Int? {
        guard let startedAt, origin == .report else { return nil }
        let seconds = Int(endedAt.seconds(since: startedAt).rounded())
        return seconds >= 0 ? seconds : nil
    }

    package init(
        uniqueid: String, call: ChannelID, origin: Origin, recordedAt: UnixTime, startedAt: UnixTime? = nil,
        endedAt: UnixTime, channel: String = "", dialled: String = "", callerNumber: String = "",
        callerName: String = "", account: String = "", recipients: String = "", archiveName: String
    ) {
        number = 0
        self.uniqueid = uniqueid
        self.call = call
        self.origin = origin
        state = .reported
        self.recordedAt = recordedAt
        self.startedAt = startedAt
        self.endedAt = endedAt
        self.channel = channel
        self.dialled = dialled
        self.callerNumber = callerNumber
        self.callerName = callerName
        self.account = account
        self.recipients = recipients
        reason = ""
        note = ""
        missingPages = 0
        route = ""
        junk = ""
        isHeld = false
        self.archiveName = archiveName
    }
}
