import Foundation

/// The demo's directory, which takes the place of the last one's only when it is whole.
struct DemoOutput: Sendable {
    let directory: String

    init(_ directory: String) { self.directory = directory }

    /// Where the files are until `finish`.
    var stage: String { directory + "-\(getpid())" }

    /// Makes the empty stage, and removes those of killed demos.
    func begin() throws {
        let url = URL(fileURLWithPath: directory)
        let parent = url.deletingLastPathComponent().path
        for name in (try? FileManager.default.contentsOfDirectory(atPath: parent)) ?? [] {
            guard name.hasPrefix(url.lastPathComponent + "-"),
                let pid = Int32(name.dropFirst(url.lastPathComponent.count + 1)), kill(pid, 0) != 0 || pid == getpid()
            else { continue }
            try? FileManager.default.removeItem(atPath: parent + "/" + name)
        }
        try FileManager.default.createDirectory(atPath: stage, withIntermediateDirectories: true)
    }

    func finish() throws {
        try? FileManager.default.removeItem(atPath: directory)
        try FileManager.default.moveItem(atPath: stage, toPath: directory)
    }

    /// Removes the stage where there is one.
    func abandon() { try? FileManager.default.removeItem(atPath: stage) }
}
