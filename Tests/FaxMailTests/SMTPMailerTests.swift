import FaxMail
import FaxModel
import Foundation
import Testing

@Suite("Mail by SMTP")
struct SMTPMailerTests {
    let directory: TemporaryDirectory

    init() throws { directory = try TemporaryDirectory() }

    @Test("Two recipients are two transactions over one connection, and the bytes arrive as they were")
    func delivers() async throws {
        let server = try ScriptedSMTPServer(directory)
        let bytes = Samples.bytes(200_000)
        let path = try directory.file("fax.pdf", bytes)
        let message = try Samples.message(
            to: ["a@example.net", "b@example.net"], text: "one\n.\n..two\n",
            attachments: [.init(name: "fax.pdf", contentType: "application/pdf", path: path)])
        let mailer = SMTPMailer(try Samples.settings(server), temporary: directory.path)
        #expect(try await failure(mailer, message, to: "a@example.net") == nil)
        #expect(try await failure(mailer, message, to: "b@example.net") == nil)

        let commands = try server.commands()
        #expect(commands.filter { $0 == "CONNECT" }.count == 1)
        #expect(commands.contains("EHLO fax.example.net"))
        #expect(commands.filter { $0.hasPrefix("RCPT") } == ["RCPT TO:<a@example.net>", "RCPT TO:<b@example.net>"])
        let from = commands.filter { $0.hasPrefix("MAIL") }
        #expect(from.allSatisfy { $0.hasPrefix("MAIL FROM:<fax@example.net> SIZE=") })
        let messages = try server.messages()
        try #require(messages.count == 2)
        #expect(messages[0] == messages[1])
        #expect(from.allSatisfy { $0.contains("SIZE=\(messages[0].count)") })
        let mail = try ParsedMail(messages[0])
        #expect(mail.defects == [])
        #expect(mail.parts.last?.bytes == bytes)
        #expect(String(decoding: mail.parts[0].bytes, as: UTF8.self) == "one\r\n.\r\n..two\r\n")
        #expect(try directory.names("").filter { $0.hasPrefix("callfax-mail") } == [])
    }

    @Test("A burst goes out over a few connections, each with no more messages than servers take in one")
    func burst() async throws {
        let server = try ScriptedSMTPServer(directory)
        let mailer = SMTPMailer(try Samples.settings(server), temporary: directory.path)
        for _ in 0..<51 { #expect(try await failure(mailer, Samples.message(), to: "a@example.net") == nil) }
        #expect(try server.messages().count == 51)
        #expect(try server.commands().filter { $0 == "CONNECT" }.count == 2)
    }

    @Test(
        "A refusal is permanent only when it is about this message, and says what the server said",
        arguments: [
            ("MAIL", "550 5.7.1 no thanks", MailFailure.Kind.permanent),
            ("MAIL", "452 4.3.1 disk full", .temporary),
            ("MAIL", "552 5.3.4 too large", .permanent),
            ("MAIL", "530 5.7.0 Must issue STARTTLS first", .unavailable),
            ("RCPT", "550 5.1.1 no such user", .permanent),
            ("RCPT", "450 4.2.0 greylisted", .temporary),
            ("DATA", "554 5.5.1 no valid recipients", .permanent),
            ("DATA", "421 4.3.2 shutting down", .unavailable),
            ("BODY", "554 5.7.1 looks like spam", .permanent),
            ("BODY", "451 4.3.0 try later", .temporary),
            ("CONNECT", "554 5.3.2 no mail here", .unavailable),
        ])
    func refused(verb: String, reply: String, kind: MailFailure.Kind) async throws {
        let server = try ScriptedSMTPServer(directory, replies: [verb: reply])
        let mailer = SMTPMailer(try Samples.settings(server), temporary: directory.path)
        let failure = try #require(try await failure(mailer, Samples.message(), to: "office@example.net"))
        #expect(failure.kind == kind)
        #expect(!failure.message.contains("\n"))
        if verb != "CONNECT" { #expect(failure.message.contains(reply)) }
        #expect(failure.message.contains("127.0.0.1:\(server.port)"))
        #expect(try server.messages().isEmpty)
    }

    @Test("One recipient refused leaves the next one alone")
    func oneRefused() async throws {
        let server = try ScriptedSMTPServer(
            directory, replies: ["RCPT gone@example.net": "550-5.1.1 gone\r\n550 for good"])
        let mailer = SMTPMailer(try Samples.settings(server), temporary: directory.path)
        let failed = try #require(try await failure(mailer, Samples.message(), to: "gone@example.net"))
        #expect(failed.kind == .permanent)
        #expect(failed.message.hasSuffix("at RCPT: 550-5.1.1 gone for good"))
        #expect(try await failure(mailer, Samples.message(), to: "office@example.net") == nil)
        #expect(try server.messages().count == 1)
    }

    @Test("A server that stops talking or hangs up is a failure that may pass", arguments: ["STALL", "DROP"])
    func broken(how: String) async throws {
        for verb in ["CONNECT", "EHLO", "MAIL", "RCPT", "DATA", "BODY"] {
            let own = try TemporaryDirectory()
            let server = try ScriptedSMTPServer(own, replies: [verb: how])
            let mailer = SMTPMailer(try Samples.settings(server, replyTimeout: 1), temporary: own.path)
            let failed = try await failure(mailer, Samples.message(), to: "office@example.net")
            // Before the message is named it says nothing about it; who has all of it may have taken it.
            let kind: MailFailure.Kind =
                ["CONNECT", "EHLO"].contains(verb) ? .unavailable : verb == "BODY" ? .unanswered : .temporary
            #expect(failed?.kind == kind, "\(how) at \(verb)")
            #expect(failed?.message.contains("mail for office@example.net") == true)
        }
    }

    @Test("A server that thinks about a whole message for longer than a stall may last has it once")
    func thinks() async throws {
        let server = try ScriptedSMTPServer(directory, replies: ["BODY": "SLOW"])
        let mailer = SMTPMailer(try Samples.settings(server, stallTimeout: 1), temporary: directory.path)
        #expect(try await failure(mailer, Samples.message(), to: "office@example.net") == nil)
        #expect(try server.messages().count == 1)
    }

    @Test("A server that stops reading in the middle of a message can't have it: it is tried again soon")
    func deaf() async throws {
        let server = try ScriptedSMTPServer(directory, replies: ["BODY": "DEAF"])
        let path = try directory.file("fax.pdf", Samples.bytes(20_000_000))
        let message = try Samples.message(
            attachments: [.init(name: "fax.pdf", contentType: "application/pdf", path: path)])
        let mailer = SMTPMailer(try Samples.settings(server, stallTimeout: 1), temporary: directory.path)
        let failed = try await failure(mailer, message, to: "office@example.net")
        #expect(failed?.kind == .temporary)
        #expect(failed?.message.contains("nothing of the message went out for 1 s") == true, "\(failed?.message ?? "")")
    }

    @Test("A connection that the server closed between two messages is made again, and nothing goes twice")
    func reconnects() async throws {
        let server = try ScriptedSMTPServer(directory, replies: ["AFTER": "DROP"])
        let mailer = SMTPMailer(try Samples.settings(server), temporary: directory.path)
        #expect(try await failure(mailer, Samples.message(), to: "a@example.net") == nil)
        #expect(try await failure(mailer, Samples.message(), to: "b@example.net") == nil)
        #expect(try server.messages().count == 2)
        #expect(try server.commands().filter { $0 == "CONNECT" }.count == 2)
    }

    @Test("Nobody listening is a failure that may pass")
    func down() async throws {
        let port = try {
            let server = try ScriptedSMTPServer(directory)
            return server.port
        }()
        let settings = try SMTPSettings(host: "127.0.0.1", port: port, security: .none, clientName: "fax")
        let failed = try await failure(
            SMTPMailer(settings, temporary: directory.path), Samples.message(), to: "office@example.net")
        #expect(failed?.kind == .unavailable)
    }

    @Test("TLS and a password: the server's certificate is checked", arguments: [SMTPSettings.Security.tls, .starttls])
    func encrypted(security: SMTPSettings.Security) async throws {
        let server = try ScriptedSMTPServer(directory, tls: security.rawValue, user: "fax:geheim")
        let trusted = try Samples.settings(
            server, security: security, user: "fax", password: "geheim", caFile: server.certificate)
        let mailer = SMTPMailer(trusted, temporary: directory.path)
        #expect(try await failure(mailer, Samples.message(), to: "office@example.net") == nil)
        #expect(try server.messages().count == 1)
        #expect(try server.commands().contains { $0.hasPrefix("AUTH PLAIN") })

        let system = try Samples.settings(server, security: security, user: "fax", password: "geheim")
        let untrusted = SMTPMailer(system, temporary: directory.path)
        #expect(try await failure(untrusted, Samples.message(), to: "office@example.net")?.kind == .unavailable)

        let wrong = try Samples.settings(
            server, security: security, user: "fax", password: "falsch", caFile: server.certificate)
        let failed = try await failure(
            SMTPMailer(wrong, temporary: directory.path), Samples.message(), to: "office@example.net")
        #expect(failed?.kind == .unavailable)
        #expect(failed?.message.contains("535 5.7.8") == true, "\(failed?.message ?? "")")
        #expect(failed?.message.contains("falsch") == false)
        #expect(try server.messages().count == 1)
    }

    @Test("STARTTLS that the server doesn't offer ends the delivery before anything is said")
    func noStartTLS() async throws {
        let server = try ScriptedSMTPServer(directory)
        let mailer = SMTPMailer(try Samples.settings(server, security: .starttls), temporary: directory.path)
        let failed = try await failure(mailer, Samples.message(), to: "office@example.net")
        #expect(failed?.kind == .unavailable)
        #expect(try !server.commands().contains { $0.hasPrefix("MAIL") })
    }

    @Test("Settings that can't work are refused with one line")
    func settings() throws {
        #expect(throws: FaxError.self) {
            try SMTPSettings(host: "a/b", port: 25, security: .none, clientName: "fax")
        }
        #expect(throws: FaxError.self) { try SMTPSettings(host: "", port: 25, security: .none, clientName: "fax") }
        #expect(throws: FaxError.self) { try SMTPSettings(host: "mx", port: 0, security: .none, clientName: "fax") }
        #expect(throws: FaxError.self) {
            try SMTPSettings(host: "mx", port: 25, security: .none, clientName: "fax\r\nRSET")
        }
        #expect(throws: FaxError.self) {
            try SMTPSettings(host: "mx", port: 25, security: .none, user: "a", password: "b", clientName: "fax")
        }
    }
}
