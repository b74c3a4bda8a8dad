import FaxModel
import FoundationEssentials

/// `rig.json`: what a later process has to know to work with a rig or to clean up after it.
struct RigState: Hashable, Sendable, Codable {
    var options: RigOptions
    /// Resolved: never `automatic`.
    var network: RigOptions.Network
    var asterisk: AsteriskProgram
    /// The mail server's root; nil when there is none.
    var mailRoot: String?
    /// The IMAP server's; nil when there is none.
    var imapRoot: String?
    /// The process that holds the rig; when it is gone, the rig may be replaced.
    var owner: ProcessIdentity?

    static func read(_ path: String) throws(FaxError) -> RigState {
        let bytes = try FileTree.bytes(path)
        do { return try JSONDecoder().decode(RigState.self, from: Data(bytes)) } catch {
            throw FaxError(.data, "\(path) is not a rig's record; remove its directory")
        }
    }

    func write(_ path: String) throws {
        try FileTree.write(String(decoding: try JSONEncoder().encode(self), as: UTF8.self), to: path, mode: 0o644)
    }
}
