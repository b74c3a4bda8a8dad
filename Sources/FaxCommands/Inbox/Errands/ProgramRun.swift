import FaxModel
import Foundation

/// A program of the system's, without a shell, its output kept and its time limited.
struct ProgramRun {
    /// Bytes of output that are kept.
    private static let limit = 20_000_000

    /// Absolute path and arguments.
    let command: [String]
    var environment: [String: String] = [:]

    init(_ command: [String]) { self.command = command }

    /// Its standard output. Throws `FaxError.unavailable` where it isn't there, fails or takes too long.
    @discardableResult
    func run(seconds: Int) throws(FaxError) -> [UInt8] {
        guard let program = command.first, FileManager.default.isExecutableFile(atPath: program) else {
            throw FaxError(.unavailable, "\(command.first ?? "") is not installed")
        }
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/timeout")
        process.arguments = ["-k", "2", "\(seconds)"] + command
        process.environment = ["PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8"].merging(environment) { $1 }
        let output = Pipe()
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = output
        process.standardError = FileHandle.nullDevice
        do { try process.run() } catch { throw FaxError(.unavailable, "\(program): \(error.localizedDescription)") }
        var bytes: [UInt8] = []
        while let chunk = try? output.fileHandleForReading.read(upToCount: 65536), !chunk.isEmpty {
            if bytes.count < Self.limit { bytes += chunk }
        }
        process.waitUntilExit()
        if process.terminationStatus == 124 { throw FaxError(.unavailable, "\(program) took more than \(seconds) s") }
        guard process.terminationStatus == 0 else {
            throw FaxError(.unavailable, "\(program) ended with code \(process.terminationStatus)")
        }
        return bytes
    }
}
