import FaxModel

extension Rig {
    /// Environment of everything that runs on a side; nothing of ours leaks into it.
    func environment(_ side: RigSide) -> [String: String] {
        [
            "PATH": "\(self.side(side).bin):/usr/local/bin:/usr/bin:/bin:/usr/local/sbin:/usr/sbin:/sbin",
            "HOME": self.side(side).home, "LANG": "C.UTF-8", "TZ": "UTC",
            "CALLFAX_CONFIG": self.side(side).settings,
        ]
    }

    /// What stands before a program's path to run it on a side as the side's user, on the host's own file system.
    /// With `lowPorts` it may listen below 1024, as the systemd unit lets faxd.
    func toolPrefix(_ side: RigSide, lowPorts: Bool = false) -> [String] {
        guard network == .namespaces, let user = user(side) else { return [] }
        let rights = lowPorts ? ["--inh-caps=+net_bind_service", "--ambient-caps=+net_bind_service"] : []
        return namespaces.prefix(side)
            + ["/usr/bin/setpriv", "--reuid=\(user)", "--regid=\(user)", "--clear-groups"] + rights + ["--"]
    }

    /// Asterisk's command line on a side, wherever it lives.
    func asteriskArguments(_ side: RigSide, _ arguments: [String]) -> [String] {
        let command = [state.asterisk.path, "-C", self.side(side).asteriskConf] + arguments
        guard network == .namespaces, let root = state.asterisk.root, let user = user(side) else {
            return toolPrefix(side) + command
        }
        return namespaces.prefix(side)
            + Jail.asterisk(root: root, base: RigLayout.base, directory: self.side(side).home, user: user) + command
    }

    /// Starts and records a process that outlives us.
    @discardableResult
    func launch(_ role: String, _ arguments: [String], _ side: RigSide) throws -> RigProcess {
        let process = try RigProcess.start(
            role: role, arguments: arguments, environment: environment(side), output: outputFile(role))
        try records.add(process)
        return process
    }

    /// Returns once a process that was just launched is ready, which `goal` says after "to"; throws with its last words
    /// where it ends instead.
    func waitForStart(
        of process: RigProcess, _ name: String, to goal: String, seconds: Double, _ isReady: () throws -> Bool
    ) async throws {
        try await RigClock.wait(for: "\(name) to \(goal)", seconds: seconds) {
            guard process.isRunning else {
                throw FaxError(
                    .unavailable, "\(name) ended at once: \(quoted(lastWords(process.role), limit: 300))")
            }
            return try isReady()
        }
    }

    func outputFile(_ role: String) -> String { "\(layout.output)/\(role).log" }

    /// Whether a process has said that, as a line of its own.
    func said(_ role: String, _ text: String) -> Bool {
        let said = (try? FileTree.text(outputFile(role))) ?? ""
        return said.split(separator: "\n").contains { $0 == text }
    }

    /// The last lines that a process said, for an error message.
    func lastWords(_ role: String) -> String {
        let lines = ((try? FileTree.text(outputFile(role))) ?? "").split(separator: "\n")
        return lines.suffix(2).joined(separator: " / ")
    }
}
