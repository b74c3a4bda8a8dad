import FaxModel

/// Dovecot 2.3 on the mail server's Maildir, for side a to look into: at side b's address, with STARTTLS and TLS.
struct IMAPServer: Sendable {
    var mail: MailServer
    /// The root with Dovecot in it.
    var root: String
    var addresses: RigAddresses

    static let user = "faxes"
    private static let secret = "rig secret with blanks"
    /// Where the jail has the mail server's configuration.
    private static let inside = "/srv/configuration"

    private var configuration: String { mail.configurationDirectory }
    /// PEM; signed by itself.
    var certificate: String { configuration + "/imap-certificate.pem" }
    var passwordFile: String { configuration + "/imap-password" }

    /// dovecot.conf, as in doc.dovecot.org/2.3. Plain-text passwords inside TLS alone, and nothing of PAM.
    static func configuration(user: UInt32, addresses: RigAddresses) -> String {
        """
        protocols = imap
        listen = \(addresses.imapAddress)
        base_dir = /run/dovecot
        state_dir = /run/dovecot-state
        log_path = /dev/stderr
        ssl = required
        ssl_cert = <\(inside)/imap-certificate.pem
        ssl_key = <\(inside)/imap-key.pem
        auth_mechanisms = plain login
        passdb {
          driver = passwd-file
          args = scheme=PLAIN \(inside)/imap-users
        }
        userdb {
          driver = static
          args = uid=\(user) gid=\(user) home=/srv/box
        }
        mail_location = maildir:/srv/box/Maildir
        namespace inbox {
          inbox = yes
        }
        service imap-login {
          inet_listener imap {
            port = \(addresses.imapPort)
          }
          inet_listener imaps {
            port = \(addresses.imapsPort)
            ssl = yes
          }
        }

        """
    }

    /// Makes the certificate with the root's own openssl, and writes all files. The mail server's must be there.
    func write() async throws {
        let text = Self.configuration(user: mail.user, addresses: addresses)
        try FileTree.write(text, to: configuration + "/dovecot.conf", mode: 0o644)
        try FileTree.write("\(Self.user):\(Self.secret)\n", to: configuration + "/imap-users", mode: 0o644)
        try FileTree.write(Self.secret + "\n", to: passwordFile, mode: 0o644)
        try await Command(
            jail + [
                "/usr/bin/openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1",
                "-nodes",
                "-days", "30", "-subj", "/CN=imap.\(SideSettings.domain)", "-addext",
                "subjectAltName=IP:\(addresses.imapAddress)", "-keyout", Self.inside + "/imap-key.pem", "-out",
                Self.inside + "/imap-certificate.pem",
            ], limit: .seconds(30)
        ).run().checked("the IMAP server's certificate")
    }

    var arguments: [String] { jail + ["/usr/sbin/dovecot", "-F", "-c", Self.inside + "/dovecot.conf"] }

    private var jail: [String] { Jail.mail(root: root, configuration: configuration, box: mail.box) }
}
