/// OpenSMTPD as the mailbox of everybody at `rig.example`: side b's network only, 127.0.0.1 port 25.
struct MailServer: Sendable {
    var layout: RigLayout
    var root: String
    /// The mailbox's numeric user.
    var user: UInt32

    var configurationDirectory: String { layout.mail + "/configuration" }
    var box: String { layout.mail + "/box" }

    /// smtpd.conf(5). One Maildir for all: `Delivered-To` tells the recipients apart.
    static func configuration(user: UInt32) -> String {
        """
        table mailboxes { "@\(SideSettings.domain)" = "box" }
        table owners { "box" = "\(user):\(user):/srv/box" }
        listen on 127.0.0.1 port 25 hostname mail.\(SideSettings.domain)
        action "deliver" maildir "/srv/box/Maildir" virtual <mailboxes> userbase <owners>
        match from any for domain "\(SideSettings.domain)" action "deliver"
        match from any for any reject

        """
    }

    func write() throws {
        try FileTree.makeDirectory(layout.mail)
        try FileTree.makeDirectory(configurationDirectory)
        try FileTree.write(
            Self.configuration(user: user), to: configurationDirectory + "/smtpd.conf", mode: 0o644)
        try FileTree.makeDirectory(box, owner: user)
        for name in ["", "/new", "/cur", "/tmp"] { try FileTree.makeDirectory(layout.maildir + name, owner: user) }
    }

    var arguments: [String] {
        Jail.mail(root: root, configuration: configurationDirectory, box: box) + [
            "/usr/sbin/smtpd", "-d", "-f", "/srv/configuration/smtpd.conf",
        ]
    }
}
