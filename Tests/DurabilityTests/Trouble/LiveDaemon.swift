import Foundation
import SpoolFiles

/// A faxd that nobody traces, with what it says.
struct LiveDaemon {
    private let process = Process()
    private let log: String

    /// Returns when it takes connections; `meanwhile` is called before that, with a way to hear what it says. `log` may lie
    /// outside the site, whose disk may be full.
    init(
        _ site: CrashSite, log: String? = nil, environment: [String: String] = [:],
        meanwhile: (_ said: () -> String) throws -> Void = { _ in }
    ) throws {
        let program = site.program("faxd", [])
        self.log = log ?? site.root + "/faxd.log"
        _ = FileManager.default.createFile(atPath: self.log, contents: nil)
        process.executableURL = URL(fileURLWithPath: program.path)
        process.environment = program.environment.merging(environment) { $1 }
        process.standardOutput = FileHandle.nullDevice
        process.standardError = try FileHandle(forWritingTo: URL(fileURLWithPath: self.log))
        process.standardInput = FileHandle.nullDevice
        try process.run()
        do {
            try meanwhile { said }
            try site.waitForSocket(of: process.processIdentifier)
        } catch {
            end()
            throw TracedProgram.Failure(description: "\(error): \(said)")
        }
    }

    var said: String { (try? String(contentsOfFile: log, encoding: .utf8)) ?? "" }

    /// It does nothing until `wake`.
    func freeze() { kill(process.processIdentifier, SIGSTOP) }

    func wake() { kill(process.processIdentifier, SIGCONT) }

    /// As a user who stops the service.
    func end() {
        process.terminate()
        process.waitUntilExit()
    }
}

extension CrashSite {
    /// Until faxd takes connections, or is gone.
    func waitForSocket(of pid: pid_t) throws {
        let end = Date(timeIntervalSinceNow: 60)
        while Date() < end, kill(pid, 0) == 0 {
            let client = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
            defer { close(client) }
            guard var address = UnixAddress.make(root + "/faxd.sock") else { break }
            let length = socklen_t(MemoryLayout<sockaddr_un>.size)
            let connected = withUnsafePointer(to: &address) { pointer in
                pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { connect(client, $0, length) }
            }
            if connected == 0 { return }
            usleep(2000)
        }
        throw TracedProgram.Failure(description: "faxd does not listen: \(complaints)")
    }
}
