import FaxModel

/// What a rig shall be like.
package struct RigOptions: Hashable, Sendable, Codable {
    package enum Network: String, Sendable, Codable {
        /// Namespaces as root, loopback otherwise.
        case automatic
        /// Two network namespaces joined by a veth pair; needs root.
        case namespaces
        /// 127.0.0.1 and 127.0.0.2 of the host, everything as the current user, no mail server.
        case loopback
    }

    package enum AsteriskSource: String, CaseIterable, Sendable, Codable {
        /// Debian's package in a root of its own as root, `asterisk` on PATH otherwise.
        case automatic
        case path
        case debian
        /// The oldest package that Debian's archive still has.
        case oldest
    }

    package var name: RigName
    /// Absolute path of the source tree whose `dialplan` and `callfile-templates` are used.
    package var checkout: String
    package var programs: RigPrograms
    package var network: Network = .automatic
    package var asterisk: AsteriskSource = .automatic
    /// Start a mail server beside side b (namespaces only); otherwise b's mail goes into a Maildir.
    package var mail = true
    /// Let side a read the mailbox by IMAP, from a server beside the mail server's; takes half a second more.
    package var imap = false
    /// What joins the two sides; the first one is what is used where nothing else is said.
    package var trunks = Trunk.usual
    /// Sides on which faxd is started.
    package var faxd: Set<RigSide> = []
    /// Merged into a side's callfax.yaml; a key here wins.
    package var settings: [RigSide: SettingsTree] = [:]
    /// Dialplan globals of a side; a name here wins.
    package var globals: [RigSide: [String: String]] = [:]
    /// Text appended to a side's configuration files, by file name, like `pjsip.conf`. The last context of `extensions.conf`
    /// is the far ends', so that a test adds a number by its lines alone.
    package var appended: [RigSide: [String: String]] = [:]
    /// Bytes of a tmpfs for one side's Callfax spool, to fill it up; nil for none. Needs root.
    package var spoolBytes: Int?
    package var smallSide = RigSide.a
    /// Numeric users, and groups of the same number, of the servers and the mailbox; used as root only.
    package var users: [RigSide: UInt32] = [.a: 62001, .b: 62002]
    package var mailUser: UInt32 = 62003

    package init(name: RigName, checkout: String, programs: RigPrograms) {
        self.name = name
        self.checkout = checkout
        self.programs = programs
    }
}
