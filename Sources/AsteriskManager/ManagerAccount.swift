/// Where Asterisk's manager interface listens, and who we are there (manager.conf).
package struct ManagerAccount: Hashable, Sendable {
    /// An IPv4 address of this machine, 127.x.y.z.
    package var host: String
    package var port: Int
    package var user: String
    /// Path of a file that holds the secret and nothing else.
    package var secretFile: String

    package init(host: String, port: Int, user: String, secretFile: String) {
        self.host = host
        self.port = port
        self.user = user
        self.secretFile = secretFile
    }
}
