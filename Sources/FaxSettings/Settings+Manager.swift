import FaxModel

extension Settings {
    /// `asterisk.manager`: how running calls are controlled.
    package struct Manager: Hashable, Sendable {
        package var host: String
        package var port: Int
        package var user: String
        package var secretFile: String
    }

    static func manager(_ s: SettingsSection, wanted: Bool) -> Manager? {
        defer { s.refuseUnknownKeys() }
        let host = s.value("host", loopback) ?? "127.0.0.1"
        let port = s.integer("port", in: 1...65535) ?? 5038
        let user = s.value("user", nameParser) ?? "callfax"
        let secret = s.absolutePath("secret_file")
        guard wanted else { return nil }
        if secret == nil, !s.has("secret_file") { s.missing("secret_file", "is missing: a file with the secret") }
        return secret.map { Manager(host: host, port: port, user: user, secretFile: $0) }
    }

    /// 127.0.0.0/8: the secret goes there unencrypted.
    private static func loopback(_ text: String) throws(FaxError) -> String {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false).map { UInt8($0) }
        guard parts.count == 4, parts[0] == 127, parts.allSatisfy({ $0 != nil }) else {
            throw FaxError(.configuration, "must be a loopback address like 127.0.0.1, is \(quoted(text))")
        }
        return text
    }
}
