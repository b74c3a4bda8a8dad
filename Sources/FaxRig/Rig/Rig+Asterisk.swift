import FaxModel
import Glibc

extension Rig {
    func asteriskRole(_ side: RigSide) -> String { "\(side.rawValue)-asterisk" }

    /// The side's Asterisk as it was last started; it may be gone.
    package func asterisk(_ side: RigSide) -> RigProcess? { records[asteriskRole(side)] }

    /// Starts a side's Asterisk and returns once it is fully booted.
    package func startAsterisk(_ side: RigSide) async throws {
        if let running = asterisk(side), running.isRunning { return }
        let control = self.side(side).control
        try FileTree.remove(control)
        let process = try launch(asteriskRole(side), await Self.realtime() + asteriskArguments(side, ["-f"]), side)
        try await waitForStart(of: process, "Asterisk \(side.rawValue)", to: "open \(control)", seconds: 30) {
            FileTree.exists(control)
        }
        try await RigClock.wait(for: "Asterisk \(side.rawValue) to be fully booted", seconds: 60) {
            let result = try await cli(side, "core waitfullybooted")
            return result.succeeded && result.text.contains("fully booted")
        }
    }

    /// Before the command of an Asterisk that shall not wait for whatever else the machine does, as Debian's own service runs
    /// it (`asterisk -p`, which needs root); what it starts by AGI has no such priority (res_agi.c). Nothing where the system
    /// doesn't let us.
    private static func realtime() async -> [String] {
        let words = ["/usr/bin/chrt", "--rr", "10"]
        guard geteuid() == 0, FileTree.isExecutable(words[0]) else { return [] }
        let tried = try? await Command(words + ["/bin/true"], limit: .seconds(10)).run()
        return tried?.succeeded == true ? words : []
    }

    /// Ends a side's Asterisk at once, as a crash would, and waits until it is gone.
    package func killAsterisk(_ side: RigSide) async throws {
        guard let process = asterisk(side) else { return }
        try await process.end()
    }

    /// Stops a side's Asterisk in order; calls are hung up.
    package func stopAsterisk(_ side: RigSide) async throws { try await asterisk(side)?.stop() }

    /// Sends any signal to a side's Asterisk; false when it isn't running.
    package func signalAsterisk(_ side: RigSide, _ signal: Int32) -> Bool {
        asterisk(side)?.identity.signal(signal) ?? false
    }

    /// What a side's Asterisk answers to a command of its console; throws when it isn't there.
    package func asteriskCLI(_ side: RigSide, _ command: String) async throws -> String {
        try await cli(side, command).checked("Asterisk \(side.rawValue), \(command)").text
    }

    /// As `core show version` says it, without `Asterisk` before it.
    package func asteriskVersion(_ side: RigSide) async throws -> String {
        let words = try await asteriskCLI(side, "core show version").split(separator: " ")
        return words.dropFirst().first.map(String.init) ?? "unknown"
    }

    func cli(_ side: RigSide, _ command: String) async throws -> CommandResult {
        try await Command(
            asteriskArguments(side, ["-n", "-rx", command]), environment: environment(side), limit: .seconds(90)
        ).run()
    }

    /// The command line of an interactive console on a side, to be run in place of us.
    package func console(_ side: RigSide) -> [String] { asteriskArguments(side, ["-r", "-vvv"]) }

    /// Channels that a side has now.
    package func channels(_ side: RigSide) async throws -> Int {
        let text = try await asteriskCLI(side, "core show channels count")
        let line = text.split(separator: "\n").first { $0.contains("active channel") }
        return line?.split(separator: " ").first.flatMap { Int($0) } ?? 0
    }

    /// The attempts that a side's Asterisk has channels for now, by its own word: their FAXATTEMPT, in no order.
    package func attemptsOut(_ side: RigSide) async throws -> [String] {
        let channels = try await asteriskCLI(side, "core show channels concise").split(separator: "\n")
            .compactMap { line in line.contains("!") ? line.split(separator: "!").first.map(String.init) : nil }
        var attempts: [String] = []
        for channel in channels {
            let text = try await asteriskCLI(side, "core show channel \(channel)")
            let line = text.split(separator: "\n").first { $0.hasPrefix("FAXATTEMPT=") }
            if let line { attempts.append(String(line.dropFirst("FAXATTEMPT=".count))) }
        }
        return attempts
    }

    /// Fax sessions that a side has now.
    package func faxSessions(_ side: RigSide) async throws -> [FaxSession] {
        FaxSession.parse(try await asteriskCLI(side, "fax show sessions"))
    }

    /// The session as `fax show session` prints it, field by field; empty once it is over.
    package func faxSession(_ side: RigSide, _ id: Int) async throws -> [String: String] {
        FaxSession.fields(try await asteriskCLI(side, "fax show session \(id)"))
    }
}
