import FaxModel
import FoundationEssentials

/// The processes of a rig on disk, a file each, so that whoever comes later can end them by number and start time.
struct ProcessRecords: Sendable {
    var directory: String

    func add(_ process: RigProcess) throws {
        let text = String(decoding: try JSONEncoder().encode(process), as: UTF8.self)
        try FileTree.write(text, to: path(process.role), mode: 0o644)
    }

    /// The recorded process of that role; nil when none was ever started.
    subscript(role: String) -> RigProcess? {
        guard let bytes = try? FileTree.bytes(path(role)) else { return nil }
        return try? JSONDecoder().decode(RigProcess.self, from: Data(bytes))
    }

    var all: [RigProcess] {
        FileTree.names(in: directory).compactMap { $0.hasSuffix(".json") ? self[String($0.dropLast(5))] : nil }
    }

    private func path(_ role: String) -> String { "\(directory)/\(role).json" }
}
