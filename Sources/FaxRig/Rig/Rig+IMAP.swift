import FaxModel

extension Rig {
    static let imapRole = "b-imap"

    var imapServer: IMAPServer? {
        guard let mailServer, let root = state.imapRoot else { return nil }
        return IMAPServer(mail: mailServer, root: root, addresses: addresses)
    }

    package var isIMAPRunning: Bool { records[Self.imapRole]?.isRunning ?? false }

    /// Starts the IMAP server and returns once it accepts connections.
    package func startIMAP() async throws {
        guard let imapServer else { throw FaxError(.unavailable, "this rig has no IMAP server") }
        if isIMAPRunning { return }
        let process = try launch(Self.imapRole, namespaces.prefix(.b) + imapServer.arguments, .b)
        try await waitForStart(of: process, "the IMAP server", to: "listen", seconds: 20) {
            [addresses.imapPort, addresses.imapsPort].allSatisfy { port in
                process.sees(listenerOn: addresses.imapAddress, port: port)
            }
        }
    }

    /// Stops the IMAP server: connections are refused from now on.
    package func stopIMAP() async throws { try await records[Self.imapRole]?.stop() }

    /// What `imap` says in the settings of a probe on side a that looks into the mailbox, with TLS from the start or with
    /// STARTTLS; nil where there is no IMAP server.
    package func mailbox(_ security: String) -> SettingsTree? {
        imapServer.map { server in
            [
                "host": .text(addresses.imapAddress), "security": .text(security), "user": .text(IMAPServer.user),
                "password_file": .text(server.passwordFile), "ca_file": .text(server.certificate),
            ]
        }
    }
}
