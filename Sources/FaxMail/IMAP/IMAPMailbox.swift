package import FaxModel

/// A mailbox on an IMAP server (RFC 3501), looked into for one message at a time.
///
/// Each look is a connection of its own: there is one every ten seconds at most, and for some seconds after a call.
/// libcurl blocks, so the actor runs on a queue of its own.
package actor IMAPMailbox: Mailbox {
    private let address: MailboxAddress
    private let password: String
    private let executor = QueueExecutor(label: "callfax.imap")

    /// Throws `FaxError.configuration` on a password that would cross a network in plain text.
    package init(_ address: MailboxAddress, password: String) throws(FaxError) {
        let isLocal = ["localhost", "127.0.0.1", "::1"].contains(address.host)
        guard address.security != .none || isLocal else {
            throw FaxError(.configuration, "imap to \(address.host): a password needs security starttls or tls")
        }
        self.address = address
        self.password = password
    }

    package nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

    /// The mark is looked for by the server, in the field that holds the far end's station id. `since` is not needed: a
    /// mark is never used twice. The message counts as read from then on.
    package func message(about mark: ProbeMark, since: UnixTime) async throws -> [UInt8]? {
        let session = try IMAPSession(address, password: password)
        let answer = try session.perform(
            session.folder, command: "UID SEARCH HEADER X-Fax-Station \"\(mark.digits)\"")
        guard let number = Self.firstNumber(String(decoding: answer, as: UTF8.self)) else { return nil }
        return try session.perform(session.folder + "/;UID=\(number)")
    }

    /// Of `* SEARCH 17 23`.
    static func firstNumber(_ answer: String) -> UInt32? {
        for line in answer.split(whereSeparator: \.isNewline) {
            let words = line.split(separator: " ")
            guard words.count > 2, words[0] == "*", words[1].uppercased() == "SEARCH" else { continue }
            if let number = UInt32(words[2]) { return number }
        }
        return nil
    }
}
