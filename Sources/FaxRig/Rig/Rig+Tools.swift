import FaxModel

extension Rig {
    /// Runs one of our programs by its name, or any program by its absolute path, on a side as the side's user, with
    /// the side's settings in CALLFAX_CONFIG.
    ///
    /// A program that fails is a result; one that can't be started or takes longer than `limit` is an error.
    package func run(
        _ side: RigSide, _ program: String, _ arguments: [String] = [], input: [UInt8] = [],
        environment extra: [String: String] = [:], limit: Duration = .seconds(120)
    ) async throws -> CommandResult {
        try await Command(
            toolPrefix(side) + [try path(of: program, side)] + arguments,
            environment: environment(side).merging(extra) { $1 }, input: input, limit: limit
        ).run()
    }

    /// The same as a process that is left alone; it ends at the latest with the rig.
    package func start(
        _ side: RigSide, role: String, _ program: String, _ arguments: [String] = [], lowPorts: Bool = false
    ) throws -> RigProcess {
        try launch(
            "\(side.rawValue)-\(role)",
            toolPrefix(side, lowPorts: lowPorts) + [try path(of: program, side)] + arguments, side)
    }

    /// The command line of a program on a side, to be run in place of us.
    package func commandLine(_ side: RigSide, _ program: String, _ arguments: [String]) throws -> [String] {
        let variables = environment(side).map { "\($0.key)=\($0.value)" }.sorted()
        return toolPrefix(side) + ["/usr/bin/env"] + variables + [try path(of: program, side)] + arguments
    }

    private func path(of program: String, _ side: RigSide) throws(FaxError) -> String {
        let path = program.hasPrefix("/") ? program : "\(self.side(side).bin)/\(program)"
        guard FileTree.exists(path) else {
            throw FaxError(
                .unavailable, "\(program) isn't in \(self.side(side).bin): build it, then bring the rig up again")
        }
        return path
    }
}
