import Dispatch
import Foundation
import SpoolFiles
import Synchronization
import Testing

/// A fax that is submitted over faxd's socket, with faxd or the client killed at every change.
@Suite struct DeskKillTests {
    private static var arguments: [String] { ["-l", "-d", "5550001", "-d", "5550011", CrashSite.document.pdf] }

    @Test("faxd killed anywhere while a user submits: what the user was told is there, and nothing by half")
    func daemon() async throws {
        let result = try await KillProof(
            name: "faxd while a user submits", prepare: { _ in }, run: Self.submitWhileDaemonDies,
            check: { site, _ in try Self.problems(site) }
        ).result()
        #expect(result.problems.isEmpty, "\(result.problems.joined(separator: "\n"))")
        #expect(result.tried > 0)
        // Whatever faxd answers to a client; the one to a fax names its jobs.
        #expect(result.hasty { $0.path.hasPrefix("socket:") && $0.text.contains("\"body\":") } == [])
    }

    @Test("the client killed anywhere: the fax is accepted whole or not at all")
    func client() async throws {
        let result = try await KillProof(
            name: "the client of faxd", prepare: { _ in },
            run: { site, point in
                let daemon = try LiveDaemon(site)
                defer { daemon.end() }
                var client = site.program("fax-send", Self.arguments)
                client.user = 65_534
                return try client.run(killedAt: point)
            },
            check: { site, _ in try Self.problems(site) }
        ).result()
        #expect(result.problems.isEmpty, "\(result.problems.joined(separator: "\n"))")
        #expect(result.tried > 0)
    }

    private static func problems(_ site: CrashSite) throws -> [String] {
        let calls = FakeCalls(site)
        try QueueKillTests.settleDown(site, calls)
        return try QueueKillTests.problems(site, calls, ofBroadcast: ["5550001", "5550011"])
    }

    /// Changes count from the moment at which faxd listens; it is told to stop when the client has left.
    private static func submitWhileDaemonDies(_ site: CrashSite, _ point: KillPoint?) throws -> Trace {
        let state = ClientState()
        var daemon = site.program("faxd", [])
        daemon.output = site.root + "/faxd.out"
        let trace = try daemon.run(
            killedAt: point,
            started: { pid in
                Thread {
                    state.finish(
                        Result {
                            try site.waitForSocket(of: pid)
                            state.listens.store(true, ordering: .releasing)
                            try site.runAsNobody("fax-send", arguments)
                            kill(pid, SIGTERM)
                        })
                }.start()
            }, begun: { state.listens.load(ordering: .acquiring) })
        try state.wait()
        return trace
    }
}

/// What the client's thread tells the tracer's.
private final class ClientState: Sendable {
    let listens = Atomic(false)
    private let outcome = Mutex<Result<Void, any Error>?>(nil)
    private let over = DispatchSemaphore(value: 0)

    func finish(_ result: Result<Void, any Error>) {
        outcome.withLock { $0 = result }
        over.signal()
    }

    func wait() throws {
        over.wait()
        try outcome.withLock { $0 }?.get()
    }
}

extension CrashSite {
    /// Runs a client as a user to whom nothing here belongs; how it ends is no matter.
    fileprivate func runAsNobody(_ name: String, _ arguments: [String]) throws {
        let program = program(name, arguments)
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/setpriv")
        process.arguments =
            ["--reuid", "65534", "--regid", "65534", "--clear-groups", program.path] + program.arguments
        process.environment = program.environment
        _ = FileManager.default.createFile(atPath: output, contents: nil)
        process.standardOutput = try FileHandle(forWritingTo: URL(fileURLWithPath: output))
        process.standardError = FileHandle.nullDevice
        process.standardInput = FileHandle.nullDevice
        try process.run()
        process.waitUntilExit()
    }
}
