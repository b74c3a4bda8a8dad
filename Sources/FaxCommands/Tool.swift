package import ArgumentParser
import FaxModel
import Foundation

/// A program of the family: its name and what it does.
package protocol Tool: AsyncParsableCommand {
    /// Rewrites arguments that the parser has no form for, such as `--wait[=SECONDS]`.
    static func rewriting(_ arguments: [String]) -> [String]
}

extension Tool {
    package static func rewriting(_ arguments: [String]) -> [String] { arguments }

    /// Parses and runs; returns the exit code: 0, the code of a `FaxError`, or the parser's own (64 for usage).
    ///
    /// What goes wrong is one line on standard error that begins with the program's name.
    package static func exitCode(_ arguments: [String]) async -> Int32 {
        signal(SIGPIPE, SIG_IGN)
        do {
            var command = try parseAsRoot(rewriting(arguments))
            if var asynchronous = command as? any AsyncParsableCommand {
                try await asynchronous.run()
            } else {
                try command.run()
            }
            return 0
        } catch let error as FaxError {
            Terminal.complain("\(configuration.commandName ?? "callfax"): \(error.message)")
            return error.code.rawValue
        } catch {
            // The parser's: help for standard output, or what is wrong with the words.
            let code = Self.exitCode(for: error).rawValue
            let text = fullMessage(for: error)
            if !text.isEmpty { code == 0 ? Terminal.print(text) : Terminal.complain(text) }
            return error is CancellationError ? 130 : code
        }
    }
}

/// The programs that share one executable; the name that it is called by chooses.
package enum Tools {
    package static let all: [any Tool.Type] = [
        SendTool.self, QueueTool.self, InboxTool.self, CheckTool.self, RigTool.self,
        ProbeTool.self, BenchTool.self, RelayTool.self, StrangerTool.self,
    ]

    /// Runs the program named by the executable's own name, or by the first argument when that is `callfax`.
    package static func exitCode(_ commandLine: [String]) async -> Int32 {
        var arguments = commandLine
        let path = arguments.isEmpty ? "callfax" : arguments.removeFirst()
        var name = path.split(separator: "/").last.map(String.init) ?? path
        if name == "callfax", !arguments.isEmpty { name = arguments.removeFirst() }
        for tool in all where tool.configuration.commandName == name {
            return await tool.exitCode(arguments)
        }
        let names = all.map { $0.configuration }.filter(\.shouldDisplay).compactMap(\.commandName).joined(
            separator: ", ")
        Terminal.complain("callfax: there is no program \(quoted(name)); there are \(names)")
        return FaxError.Code.usage.rawValue
    }
}
