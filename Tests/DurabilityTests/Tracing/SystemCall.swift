/// One system call of a traced program that changes something outside its memory.
struct SystemCall: Sendable, CustomStringConvertible {
    enum Kind: String, Sendable {
        /// Contents of a file, or bytes for somebody at the other end.
        case write
        /// A file or a directory that was not there, or one that was emptied.
        case create
        case rename, link, remove, sync, resize, attributes, lock
    }

    var kind: Kind
    /// What it is about; the new name of a rename or link.
    var path: String
    /// The old name of a rename or link.
    var from: String?
    var bytes = 0
    /// The first bytes that are written.
    var start: [UInt8] = []
    /// An open that empties what is there.
    var empties = false
    /// nil while it is under way.
    var succeeded: Bool?

    var text: String { String(decoding: start, as: UTF8.self) }

    var description: String {
        let name = (from.map { "\($0) → " } ?? "") + path
        return "\(kind.rawValue) \(name)" + (kind == .write ? " (\(bytes) bytes)" : "")
    }
}
