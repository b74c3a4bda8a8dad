package import FaxModel

/// Everything that `callfax.yaml` says, each value parsed.
package struct Settings: Hashable, Sendable {
    package var spool: String
    /// The name in "request id is … for host …" and in message ids.
    package var host: String
    /// Where faxd listens for everybody.
    package var socket: String
    /// The group whose members see and touch everybody's jobs.
    package var administrators: String?
    /// A name of the time zone database.
    package var timeZone: String
    package var asterisk: Asterisk
    package var sending: Sending
    /// Faxes that faxd sends by itself to see whether they arrive.
    package var probes: [Probe]
    package var receiving: Receiving
    package var mail: Mail

    package struct Asterisk: Hashable, Sendable {
        package var outgoing: String
        package var outgoingDone: String
        /// On the same file system as `outgoing`, and never inside it.
        package var staging: String
        /// Asterisk's control socket: asked by fax-check, and by faxd who listens there.
        package var control: String
        /// Asterisk's log with everything in it: what failed probes' calls were like.
        package var log: String
        /// Where faxd answers the dialplan; nil: a program is started for each question.
        package var agiPort: Int?
        /// nil: running calls can't be hung up, nor their pages counted.
        package var manager: Manager?
    }

    package struct Sending: Hashable, Sendable {
        /// In the order in which they are tried; empty on a server that only receives.
        package var trunks: [TrunkLines]
        package var stationID: StationID?
        package var callerID: CallerID?
        package var header: HeaderText?
        /// Who draws the line at the top of each page.
        package var headerLine: HeaderLine
        /// Path of the cover page's template; without it faxes have no cover page.
        package var cover: String?
        package var templates: String
        package var template: String
        package var resolution: Resolution
        package var pageSize: PaperSize
        package var quality: PageQuality
        package var rate: SignallingRate
        package var ecm: Bool
        package var t38: Bool
        /// Seconds that the far end may ring.
        package var waitTime: Int
        /// MaxRetries of the call file; above 0 Asterisk redials by itself.
        package var asteriskRetries: Int
        /// RetryTime of the call file in seconds.
        package var asteriskRetryTime: Int
        package var maxPages: Int
        /// Bytes of all documents that come over the socket at once.
        package var maxBytes: Int
        /// Bytes of pages that are kept for documents that are sent again; 0 for none.
        package var cacheBytes: Int
        package var retry: RetryPolicy
        /// Faxes to one number that may go out in one call, 1 for no shared calls.
        package var faxesInACall: Int
        /// Days for which the pages of finished jobs are kept.
        package var keepDocuments: Int
        /// Days for which finished jobs are known at all.
        package var keepHistory: Int
        /// Days for which Asterisk's archived call files are kept in `outgoing_done`; 0: until their calls are settled.
        package var keepCallFiles: Int
        /// Bytes that must be free on the spool's disk for a new job.
        package var minFree: Int64
        package var windows: Windows
        package var notify: Notifying
        /// A program and its arguments, run for each event; empty for none.
        package var onEvent: [String]
        /// nil: numbers are dialled as typed, only emergency numbers are refused.
        package var numbers: Numbers?
    }

    package struct Receiving: Hashable, Sendable {
        package var operatorAddress: EmailAddress?
        /// For faxes that no route is for.
        package var standard: InboundHandling
        package var routes: [InboundRoute]
        package var blocks: [BlockRule]
        /// Seconds that an inbound call may last.
        package var maxCall: Int
        /// Directory with templates of messages.
        package var templates: String?
        /// What stands before a fax's place in the archive in a link.
        package var linkBase: String?
        /// Bytes that attachments may have in a message.
        package var maxMessage: Int
        /// Days for which junk, and for which records without files, are kept.
        package var keepJunk: Int
        package var keepRecords: Int
        /// Seconds until the archive's PDF is made smaller; nil: never.
        package var repackAfter: Int?
        package var archive: Archive
    }

    /// Who the archive's files belong to.
    package struct Archive: Hashable, Sendable {
        /// A user's name or number; only root can give files away.
        package var owner: String?
        package var group: String?
    }

    package struct Mail: Hashable, Sendable {
        package var from: EmailAddress?
        package var fromName: String
        /// Tried in this order.
        package var relays: [SMTP]
        package var maildir: String?
    }

    package struct SMTP: Hashable, Sendable {
        package enum Security: String, CaseIterable, Sendable { case none, starttls, tls }
        package var host: String
        package var port: Int
        package var security: Security
        package var user: String?
        package var passwordFile: String?
        package var caFile: String?
        package var checksCertificate: Bool
    }
}
