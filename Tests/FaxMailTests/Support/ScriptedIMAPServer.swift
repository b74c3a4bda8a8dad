import FaxModel
import Foundation
import Testing

/// An IMAP server on loopback, as far as libcurl speaks to one: one folder, LOGIN, UID SEARCH HEADER and UID FETCH.
final class ScriptedIMAPServer {
    let port: Int
    private let process = Process()
    private let directory: TemporaryDirectory

    /// `messages` by their UID. `tls` is none, starttls or tls; `search` is said instead of an answer to a search.
    init(
        _ directory: TemporaryDirectory, messages: [Int: String], tls: String = "none", search: String? = nil
    ) throws {
        self.directory = directory
        if tls != "none" {
            try Program.run([
                "openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes",
                "-days", "2", "-batch",
                "-subj", "/CN=localhost", "-addext", "subjectAltName=IP:127.0.0.1,DNS:localhost",
                "-keyout", "\(directory.path)/key.pem", "-out", "\(directory.path)/cert.pem",
            ])
        }
        var options: [String: Any] = ["tls": tls, "log": directory.path]
        options["messages"] = Dictionary(uniqueKeysWithValues: messages.map { ("\($0)", $1) })
        if let search { options["search"] = search }
        let json = try JSONSerialization.data(withJSONObject: options)
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = ["python3", "-c", Self.script, String(decoding: json, as: UTF8.self)]
        let output = Pipe()
        process.standardOutput = output
        try process.run()
        // The first line is the port, written once the socket listens.
        var line = Data()
        while line.last != 10 {
            let piece = try #require(try output.fileHandleForReading.read(upToCount: 1), "the server did not start")
            line += piece
        }
        port = try #require(Int(String(decoding: line.dropLast(), as: UTF8.self)))
    }

    deinit {
        // Not SIGTERM: a child of a Dispatch thread begins with it blocked.
        kill(process.processIdentifier, SIGKILL)
        process.waitUntilExit()
    }

    /// The mailbox of fax@, password "secret".
    func address(
        _ security: MailboxAddress.Security, folder: String = "INBOX", trusted: Bool = true
    ) -> MailboxAddress {
        MailboxAddress(
            host: "localhost", port: port, security: security, user: "fax@example.org", passwordFile: "",
            caFile: trusted && security != .none ? directory.path + "/cert.pem" : nil, folder: folder)
    }

    /// What the clients said.
    func commands() throws -> [String] {
        try String(contentsOfFile: directory.path + "/imap.log", encoding: .utf8).split(separator: "\n").map(
            String.init)
    }

    private static let script = #"""
        import sys, json, socket, ssl, base64, threading, re
        o = json.loads(sys.argv[1])
        log = open(o['log'] + '/imap.log', 'a', buffering=1)
        class Gone(Exception): pass
        def context():
            c = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            c.load_cert_chain(o['log'] + '/cert.pem', o['log'] + '/key.pem')
            return c
        def serve(s):
            secure = o['tls'] == 'tls'
            if secure: s = context().wrap_socket(s, server_side=True)
            buffer = b''
            def line():
                nonlocal buffer
                while b'\r\n' not in buffer:
                    d = s.recv(65536)
                    if not d: raise Gone()
                    buffer += d
                l, buffer = buffer.split(b'\r\n', 1)
                return l.decode()
            def say(text): s.sendall(text.encode() + b'\r\n')
            say('* OK scripted')
            while True:
                tag, command = line().split(' ', 1)
                log.write(command + '\n')
                verb = command.split(' ')[0].upper()
                if verb == 'CAPABILITY':
                    say('* CAPABILITY IMAP4rev1' + (' STARTTLS' if o['tls'] == 'starttls' and not secure else ''))
                elif verb == 'STARTTLS':
                    say(tag + ' OK go')
                    s = context().wrap_socket(s, server_side=True)
                    secure, buffer = True, b''
                    continue
                elif verb == 'LOGIN':
                    if [w.strip('"') for w in command.split(' ')[1:]] != ['fax@example.org', 'secret']:
                        say(tag + ' NO [AUTHENTICATIONFAILED] wrong password')
                        continue
                elif verb == 'SELECT':
                    if command.split(' ')[1].strip('"') != 'INBOX':
                        say(tag + ' NO no such folder')
                        continue
                    say('* %d EXISTS' % len(o['messages']))
                elif command.upper().startswith('UID SEARCH HEADER '):
                    if 'search' in o: say(tag + ' ' + o['search']); continue
                    name, value = re.match(r'UID SEARCH HEADER (\S+) "(.*)"', command, re.I).groups()
                    found = [u for u, m in sorted(o['messages'].items())
                        if re.search('(?im)^' + re.escape(name) + ':.*' + re.escape(value), m.split('\r\n\r\n')[0])]
                    say('* SEARCH' + ''.join(' ' + u for u in found))
                elif command.upper().startswith('UID FETCH '):
                    u = command.split(' ')[2]
                    body = o['messages'][u].encode()
                    s.sendall(b'* 1 FETCH (UID %s BODY[] {%d}\r\n' % (u.encode(), len(body)) + body + b')\r\n')
                elif verb == 'LOGOUT':
                    say('* BYE')
                    say(tag + ' OK')
                    return
                say(tag + ' OK done')
        listener = socket.socket()
        listener.bind(('127.0.0.1', 0))
        listener.listen(8)
        print(listener.getsockname()[1], flush=True)
        def one(c):
            try: serve(c)
            except (Gone, OSError, ssl.SSLError): pass
            finally: c.close()
        while True: threading.Thread(target=one, args=(listener.accept()[0],), daemon=True).start()
        """#
}
