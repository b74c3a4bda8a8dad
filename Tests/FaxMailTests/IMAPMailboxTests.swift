import FaxMail
import FaxModel
import Foundation
import Testing

@Suite struct IMAPMailboxTests {
    private static let mark = ProbeMark(random: 42)
    private static let fax =
        "From: fax@example.org\r\nX-Fax-Station: PROBE 00000000000042\r\nX-Fax-Pages: 1\r\n\r\nthe fax\r\n"
    private static let other = "From: a@example.org\r\nX-Fax-Station: PROBE 00000000000043\r\n\r\nanother\r\n"

    private func find(_ address: MailboxAddress, password: String = "secret") async throws -> String? {
        try await IMAPMailbox(address, password: password).message(about: Self.mark, since: UnixTime(seconds: 0)).map {
            String(decoding: $0, as: UTF8.self)
        }
    }

    @Test("the message with the mark is found and fetched", arguments: [MailboxAddress.Security.none, .starttls, .tls])
    func found(security: MailboxAddress.Security) async throws {
        let directory = try TemporaryDirectory()
        let server = try ScriptedIMAPServer(
            directory, messages: [3: Self.other, 17: Self.fax], tls: security.rawValue)
        #expect(try await find(server.address(security)) == Self.fax)
        let commands = try server.commands()
        #expect(commands.contains { $0.contains("UID SEARCH HEADER X-Fax-Station \"00000000000042\"") })
        #expect(commands.contains { $0.hasPrefix("UID FETCH 17 ") })
        #expect(commands.contains("STARTTLS") == (security == .starttls))
    }

    @Test("a mailbox without it is no error")
    func absent() async throws {
        let directory = try TemporaryDirectory()
        let server = try ScriptedIMAPServer(directory, messages: [3: Self.other])
        #expect(try await find(server.address(.none)) == nil)
    }

    @Test("a mailbox that can't be looked into says why")
    func refused() async throws {
        let directory = try TemporaryDirectory()
        let server = try ScriptedIMAPServer(directory, messages: [3: Self.fax], tls: "starttls")
        await #expect(throws: FaxError.self) { try await find(server.address(.starttls), password: "wrong") }
        await #expect(throws: FaxError.self) { try await find(server.address(.starttls, folder: "Other")) }
        // Nobody vouches for the certificate.
        let error = await #expect(throws: FaxError.self) { try await find(server.address(.starttls, trusted: false)) }
        #expect(error?.message.contains("imap server localhost:\(server.port), INBOX: ") == true)
        var nobody = server.address(.starttls)
        nobody.port = 1
        await #expect(throws: FaxError.self) { try await find(nobody) }
    }

    @Test("without TLS where it is asked for nothing is said")
    func noDowngrade() async throws {
        let directory = try TemporaryDirectory()
        let server = try ScriptedIMAPServer(directory, messages: [17: Self.fax])
        await #expect(throws: FaxError.self) { try await find(server.address(.starttls)) }
        #expect(try !server.commands().contains { $0.hasPrefix("LOGIN") || $0.hasPrefix("AUTHENTICATE") })
    }

    @Test("a password never crosses a network in plain text")
    func plain() {
        let address = MailboxAddress(host: "mail.example.org", port: 143, security: .none, user: "a", passwordFile: "")
        #expect(throws: FaxError.self) { try IMAPMailbox(address, password: "x") }
    }

    @Test("a search that the server refuses is an error, not an empty mailbox")
    func noSearch() async throws {
        let directory = try TemporaryDirectory()
        let server = try ScriptedIMAPServer(directory, messages: [3: Self.fax], search: "BAD no search here")
        await #expect(throws: FaxError.self) { try await find(server.address(.none)) }
    }
}
