import Foundation
import Testing

/// An SMTP server on loopback that refuses, stalls and drops on command, which a real one can't be made to do.
final class ScriptedSMTPServer {
    let port: Int
    private let process = Process()
    private let directory: TemporaryDirectory

    /// `replies` maps a verb (EHLO, MAIL, `RCPT address`, RCPT, DATA, BODY, AUTH) to what is said instead of yes; STALL and
    /// DROP say nothing, SLOW says yes after two seconds, DEAF (at BODY) reads nothing of it, and `AFTER: DROP` hangs up after the first accepted message.
    init(
        _ directory: TemporaryDirectory, replies: [String: String] = [:], tls: String = "none", user: String? = nil
    ) throws {
        self.directory = directory
        var options: [String: Any] = ["replies": replies, "tls": tls, "log": directory.path]
        if let user { options["auth"] = user }
        if tls != "none" {
            try Program.run([
                "openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes",
                "-days", "2", "-batch",
                "-subj", "/CN=localhost", "-addext", "subjectAltName=IP:127.0.0.1,DNS:localhost",
                "-keyout", "\(directory.path)/key.pem", "-out", "\(directory.path)/cert.pem",
            ])
        }
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

    var certificate: String { directory.path + "/cert.pem" }

    /// What the clients said, `CONNECT` first on each connection.
    func commands() throws -> [String] {
        let text = try String(contentsOfFile: directory.path + "/smtp.log", encoding: .utf8)
        return text.split(separator: "\n").map(String.init)
    }

    /// The accepted messages, in order, as they came over the wire without dot-stuffing.
    func messages() throws -> [Data] {
        let names = try directory.names("").filter { $0.hasPrefix("message-") }
        return try names.map { try Data(contentsOf: URL(fileURLWithPath: "\(directory.path)/\($0)")) }
    }

    private static let script = #"""
        import os, sys, json, socket, ssl, base64, threading, time
        o = json.loads(sys.argv[1])
        replies, count = o['replies'], 0
        log = open(o['log'] + '/smtp.log', 'a', buffering=1)
        class Gone(Exception): pass
        def context():
            c = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            c.load_cert_chain(o['log'] + '/cert.pem', o['log'] + '/key.pem')
            return c
        def serve(s):
            global count
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
                return l
            def say(text): s.sendall(text.encode() + b'\r\n')
            def answer(keys, yes):
                for k in keys:
                    if k in replies:
                        r = replies[k]
                        if r == 'DROP': raise Gone()
                        if r == 'SLOW':
                            time.sleep(2)
                            break
                        if r == 'STALL':
                            while s.recv(65536): pass
                            raise Gone()
                        say(r)
                        return r[0] in '23'
                say(yes)
                return True
            log.write('CONNECT\n')
            if not answer(['CONNECT'], '220 scripted ESMTP'): return
            while True:
                l = line().decode()
                log.write(l + '\n')
                v = l.split(' ')[0].upper()
                if v == 'EHLO':
                    more = ['SIZE 50000000', '8BITMIME', 'PIPELINING']
                    if o['tls'] == 'starttls' and not secure: more.append('STARTTLS')
                    if o.get('auth'): more.append('AUTH PLAIN')
                    if 'EHLO' in replies: answer(['EHLO'], ''); continue
                    names = ['scripted'] + more
                    for n in names[:-1]: say('250-' + n)
                    say('250 ' + names[-1])
                elif v == 'STARTTLS':
                    say('220 go')
                    s = context().wrap_socket(s, server_side=True)
                    secure, buffer = True, b''
                elif v == 'AUTH':
                    parts = l.split(' ')
                    given = parts[2] if len(parts) > 2 else None
                    if given is None:
                        say('334 ')
                        given = line().decode()
                    if base64.b64decode(given).split(b'\0')[1:] == o['auth'].encode().split(b':'): say('235 2.7.0 ok')
                    else: say('535 5.7.8 Authentication credentials invalid')
                elif v == 'MAIL': answer(['MAIL'], '250 2.1.0 ok')
                elif v == 'RCPT': answer(['RCPT ' + l[l.find('<') + 1:l.find('>')], 'RCPT'], '250 2.1.5 ok')
                elif v == 'DATA':
                    if not answer(['DATA'], '354 go ahead'): continue
                    if replies.get('BODY') == 'DEAF': time.sleep(30)
                    body = b''
                    while True:
                        d = line()
                        if d == b'.': break
                        body += (d[1:] if d.startswith(b'.') else d) + b'\r\n'
                    # There before the yes: who hears that may look, or come by another connection.
                    number, count = count, count + 1
                    name = o['log'] + '/message-%03d' % number
                    with open(name, 'wb') as f: f.write(body)
                    taken = False
                    try: taken = answer(['BODY'], '250 2.0.0 queued')
                    finally:
                        if not taken: os.remove(name)
                    if taken and replies.get('AFTER') == 'DROP' and number == 0: raise Gone()
                elif v == 'QUIT':
                    say('221 bye')
                    return
                else: say('250 ok')
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
