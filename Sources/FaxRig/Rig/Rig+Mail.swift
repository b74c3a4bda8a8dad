import FaxModel

extension Rig {
    static let mailRole = "b-mail"

    var mailServer: MailServer? {
        state.mailRoot.map { MailServer(layout: layout, root: $0, user: options.mailUser) }
    }

    package var isMailRunning: Bool { records[Self.mailRole]?.isRunning ?? false }

    /// Starts the mail server and returns once it accepts connections.
    package func startMail() async throws {
        guard let mailServer else { throw FaxError(.unavailable, "this rig has no mail server") }
        if isMailRunning { return }
        let process = try launch(Self.mailRole, namespaces.prefix(.b) + mailServer.arguments, .b)
        try await waitForStart(of: process, "the mail server", to: "listen on port 25", seconds: 20) {
            process.sees(listenerOn: "127.0.0.1", port: 25)
        }
    }

    /// Stops the mail server: connections are refused from now on.
    package func stopMail() async throws { try await records[Self.mailRole]?.stop() }

    /// Every message that was delivered: in the mail server's mailbox, and in the Maildirs of both sides.
    package func messages() -> [ReceivedMail] {
        ReceivedMail.all(in: layout.maildir) + RigSide.allCases.flatMap { ReceivedMail.all(in: side($0).localMaildir) }
    }

    /// When the last message about each received call was in its mailbox, in seconds since 1970, by the call's id.
    package func messageTimes() -> [String: Double] {
        let times = messages().compactMap { mail -> (String, Double)? in
            guard let call = mail.value("X-Fax-Call"), let time = FileTree.modified(mail.path) else { return nil }
            return (call, time)
        }
        return Dictionary(times, uniquingKeysWith: max)
    }

    /// Waits until at least `count` messages are there, and returns them all.
    package func waitForMessages(_ count: Int, seconds: Double) async throws -> [ReceivedMail] {
        try await RigClock.wait(for: "\(count) messages", seconds: seconds) { messages().count >= count }
        return messages()
    }
}
