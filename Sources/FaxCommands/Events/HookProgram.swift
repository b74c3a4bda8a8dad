import Foundation

/// A program of the administrator's that is run without a shell and reads what it is told on its standard input.
struct HookProgram {
    /// Absolute path and arguments.
    let command: [String]
    /// Seconds that it may take.
    var limit = 60

    /// nil when it ended well. timeout(1) gives the program a process group of its own and ends that.
    func run(_ input: String) -> String? {
        guard let program = command.first, FileManager.default.isExecutableFile(atPath: program) else {
            return "\(command.first ?? "no program") can't be run"
        }
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/timeout")
        process.arguments = ["-k", "2", "\(limit)"] + command
        process.environment = ["PATH": "/usr/bin:/bin"]
        let pipe = Pipe()
        process.standardInput = pipe
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        do { try process.run() } catch { return "\(program): \(error.localizedDescription)" }
        // A line is shorter than a pipe's 64 KB, so this never waits; a program that doesn't read is no problem.
        try? pipe.fileHandleForWriting.write(contentsOf: Data(input.utf8).prefix(60_000))
        try? pipe.fileHandleForWriting.close()
        process.waitUntilExit()
        if process.terminationStatus == 124 { return "\(program) took more than \(limit) s and was ended" }
        return process.terminationStatus == 0 ? nil : "\(program) ended with code \(process.terminationStatus)"
    }
}
