package import FaxModel

/// How to reach the mail server that takes everything we have to send.
package struct SMTPSettings: Hashable, Sendable {
    package enum Security: String, CaseIterable, Sendable, Codable {
        /// Plain text: for a server on this machine or in a closed network.
        case none
        /// Begins in plain text and fails when the server offers no STARTTLS (RFC 3207).
        case starttls
        /// TLS from the first byte (RFC 8314).
        case tls
    }

    /// Host name or address; an IPv6 address without brackets.
    package let host: String
    package let port: Int
    package let security: Security
    package let user: String?
    package let password: String?
    /// PEM file with the authorities to trust instead of the system's.
    package let caFile: String?
    /// Whether the server must show a certificate that names it and that we trust.
    package let checksCertificate: Bool
    /// What EHLO says: this machine's name.
    package let clientName: String
    /// Seconds until a connection must stand and the server has said hello.
    package let connectTimeout: Int
    /// Seconds for one reply. Ten minutes are what a server may take that has the whole message (RFC 5321 §4.5.3.2.6):
    /// who gives up before that sends it a second time.
    package let replyTimeout: Int
    /// Seconds in which something of the message must go out (RFC 5321 §4.5.3.2.5).
    package let stallTimeout: Int

    /// Throws `FaxError.configuration` on a host, port or name that can't be one, and on a password that would cross a
    /// network in plain text.
    package init(
        host: String, port: Int, security: Security, user: String? = nil, password: String? = nil,
        caFile: String? = nil, checksCertificate: Bool = true, clientName: String, connectTimeout: Int = 30,
        replyTimeout: Int = 600, stallTimeout: Int = 180
    ) throws(FaxError) {
        let hostBytes = Set("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-_:")
        guard !host.isEmpty, host.allSatisfy(hostBytes.contains) else {
            throw FaxError(.configuration, "smtp host \(quoted(host)) is neither a host name nor an address")
        }
        guard (1...65535).contains(port) else {
            throw FaxError(.configuration, "smtp port \(port) is not between 1 and 65535")
        }
        guard !clientName.isEmpty, clientName.allSatisfy(hostBytes.contains) else {
            throw FaxError(.configuration, "host \(quoted(clientName)) can't be said in EHLO; use a host name")
        }
        guard connectTimeout > 0, replyTimeout > 0, stallTimeout > 0 else {
            throw FaxError(.configuration, "smtp timeouts must be above 0 seconds")
        }
        let local = ["localhost", "127.0.0.1", "::1"].contains(host)
        guard security != .none || password == nil || local else {
            throw FaxError(.configuration, "smtp to \(host): a password needs security starttls or tls")
        }
        self.host = host
        self.port = port
        self.security = security
        self.user = user
        self.password = password
        self.caFile = caFile
        self.checksCertificate = checksCertificate
        self.clientName = clientName
        self.connectTimeout = connectTimeout
        self.replyTimeout = replyTimeout
        self.stallTimeout = stallTimeout
    }

    /// libcurl takes the name for EHLO from the URL's path.
    var url: String {
        let scheme = security == .tls ? "smtps" : "smtp"
        let name = host.contains(":") ? "[\(host)]" : host
        return "\(scheme)://\(name):\(port)/\(clientName)"
    }
}
