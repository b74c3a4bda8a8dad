import FaxModel
import Subprocess
import SystemPackage

/// One run of one program: absolute path, own session, own environment, bounded output, a deadline, no shell.
struct Command: Sendable {
    /// The program's absolute path and its arguments.
    var arguments: [String]
    /// The whole environment; nil hands on our own.
    var environment: [String: String]?
    var input: [UInt8] = []
    /// Time after which the program's whole group is ended.
    var limit: Duration = .seconds(60)

    init(
        _ arguments: [String], environment: [String: String]? = nil, input: [UInt8] = [], limit: Duration = .seconds(60)
    ) {
        self.arguments = arguments
        self.environment = environment
        self.input = input
        self.limit = limit
    }

    private static let outputLimit = 64 << 20

    /// Runs it; a program that fails is a result, one that can't be started or takes too long is an error.
    func run() async throws -> CommandResult {
        try await withThrowingTaskGroup(of: CommandResult?.self) { group in
            group.addTask { try await runUnbounded() }
            group.addTask {
                try await Task.sleep(for: limit)
                return nil
            }
            defer { group.cancelAll() }
            guard let first = try await group.next(), let result = first else {
                throw FaxError(.unavailable, "\(arguments[0]) was ended because it took longer than \(limit)")
            }
            return result
        }
    }

    private func runUnbounded() async throws -> CommandResult {
        var options = PlatformOptions()
        options.createSession = true
        options.teardownSequence = [
            .gracefulShutDown(toProcessGroup: true, allowedDurationToNextStep: .seconds(2))
        ]
        var variables = Environment.inherit
        if let environment {
            variables = .custom(
                Dictionary(
                    uniqueKeysWithValues: environment.map { (Environment.Key(stringLiteral: $0.key), $0.value) }))
        }
        let result = try await Subprocess.run(
            .path(FilePath(arguments[0])), arguments: Arguments(Array(arguments.dropFirst())), environment: variables,
            platformOptions: options, input: .array(input), output: .bytes(limit: Self.outputLimit),
            error: .bytes(limit: Self.outputLimit))
        let status: Int32
        switch result.terminationStatus {
        case .exited(let code): status = code
        case .signaled(let signal): status = 128 + signal
        }
        return CommandResult(
            arguments: arguments, status: status, output: result.standardOutput, errorOutput: result.standardError)
    }
}
