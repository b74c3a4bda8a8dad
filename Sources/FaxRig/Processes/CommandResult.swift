package import FaxModel

/// What became of a program that was run to its end.
package struct CommandResult: Hashable, Sendable {
    package var arguments: [String]
    /// The exit code, or 128 plus the number of the signal that ended it.
    package var status: Int32
    package var output: [UInt8]
    package var errorOutput: [UInt8]

    package var succeeded: Bool { status == 0 }
    /// Standard output as UTF-8, repaired where it isn't.
    package var text: String { String(decoding: output, as: UTF8.self) }
    /// Standard error as UTF-8, repaired where it isn't.
    package var errorText: String { String(decoding: errorOutput, as: UTF8.self) }

    /// What one of our own tools printed; where it failed, its complaint is thrown.
    package func answer() throws(FaxError) -> String {
        guard succeeded else {
            let line = errorText.split(separator: "\n").last.map(String.init) ?? "exit code \(status)"
            throw FaxError(FaxError.Code(rawValue: status) ?? .unavailable, line)
        }
        return text
    }

    /// Throws one line with the last line that the program said when it failed.
    @discardableResult
    package func checked(_ purpose: String) throws(FaxError) -> CommandResult {
        if succeeded { return self }
        let said = (errorText.isEmpty ? text : errorText).split(separator: "\n").last.map(String.init) ?? "nothing"
        throw FaxError(
            .unavailable, "\(purpose): \(arguments.first ?? "?") exited with \(status) and said \(quoted(said))")
    }
}
