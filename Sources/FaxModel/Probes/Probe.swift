/// A fax that is sent again and again to see whether faxes arrive.
package struct Probe: Hashable, Sendable {
    package var name: ProbeName
    package var schedule: CronExpression
    /// A name of the time zone database, by whose clock the schedule goes.
    package var zone: String
    package var number: FaxNumber
    /// Path of what is sent; nil: the built-in test page.
    package var document: String?
    package var mode: CallMode
    /// nil: whichever has a line.
    package var trunk: TrunkName?
    package var proof: ProbeProof
    /// Seconds after the end of the call in which the fax must have come out.
    package var within: Int64
    /// Pixels that may differ.
    package var maxDamage: Int
    /// Failures in a row after which somebody is told.
    package var alarmAfter: Int
    /// Who is told; nobody: the operator.
    package var mail: [EmailAddress]

    package init(
        name: ProbeName, schedule: CronExpression, zone: String, number: FaxNumber, document: String? = nil,
        mode: CallMode, trunk: TrunkName? = nil, proof: ProbeProof = .t30, within: Int64 = 600, maxDamage: Int = 0,
        alarmAfter: Int = 2, mail: [EmailAddress] = []
    ) {
        self.name = name
        self.schedule = schedule
        self.zone = zone
        self.number = number
        self.document = document
        self.mode = mode
        self.trunk = trunk
        self.proof = proof
        self.within = within
        self.maxDamage = maxDamage
        self.alarmAfter = alarmAfter
        self.mail = mail
    }
}

/// What makes a run of a probe a success.
package enum ProbeProof: Hashable, Sendable {
    /// The far machine confirmed every page.
    case t30
    /// The fax lies in that Maildir, too.
    case maildir(String)
    /// The fax lies in that mailbox, too.
    case imap(MailboxAddress)

    /// As the settings call it.
    package var word: String {
        switch self {
        case .t30: "t30"
        case .maildir: "maildir"
        case .imap: "imap"
        }
    }
}

/// A mailbox on an IMAP server.
package struct MailboxAddress: Hashable, Sendable {
    package enum Security: String, CaseIterable, Sendable { case none, starttls, tls }
    package var host: String
    package var port: Int
    package var security: Security
    package var user: String
    package var passwordFile: String
    package var caFile: String?
    package var checksCertificate: Bool
    /// Like INBOX.
    package var folder: String

    package init(
        host: String, port: Int, security: Security, user: String, passwordFile: String, caFile: String? = nil,
        checksCertificate: Bool = true, folder: String = "INBOX"
    ) {
        self.host = host
        self.port = port
        self.security = security
        self.user = user
        self.passwordFile = passwordFile
        self.caFile = caFile
        self.checksCertificate = checksCertificate
        self.folder = folder
    }
}
