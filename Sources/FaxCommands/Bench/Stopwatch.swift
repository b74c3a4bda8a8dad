import FaxModel
import Foundation

/// Times whole processes.
enum Stopwatch {
    /// Medians in milliseconds of two commands run in turn, after one run of each that doesn't count.
    ///
    /// `exitCode` is what ours must end with.
    static func medians(
        _ ours: [String], exitCode: Int32 = 0, _ theirs: [String], runs: Int
    ) throws -> (ours: Double, theirs: Double) {
        _ = (try time(ours, exitCode), try time(theirs, 0))
        var pairs: [(Double, Double)] = []
        for _ in 0..<runs { pairs.append((try time(ours, exitCode), try time(theirs, 0))) }
        return (median(pairs.map(\.0)), median(pairs.map(\.1)))
    }

    /// Median in milliseconds of one command, after one run that doesn't count.
    static func median(_ command: [String], exitCode: Int32 = 0, runs: Int) throws -> Double {
        _ = try time(command, exitCode)
        return median(try (0..<runs).map { _ in try time(command, exitCode) })
    }

    static func median(_ values: [Double]) -> Double { values.sorted()[values.count / 2] }

    /// Most megabytes that a command had in memory, or any one of the programs that it ran.
    static func peakMemory(_ command: [String]) throws -> Double { Double(try run(command, 0).usage.ru_maxrss) / 1000 }

    /// Milliseconds from start to end, output thrown away; throws on any other exit code.
    private static func time(_ arguments: [String], _ exitCode: Int32) throws -> Double {
        try run(arguments, exitCode).milliseconds
    }

    private static func run(_ arguments: [String], _ exitCode: Int32) throws -> (milliseconds: Double, usage: rusage) {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        for descriptor in [STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO] {
            posix_spawn_file_actions_addopen(&actions, descriptor, "/dev/null", O_RDWR, 0)
        }
        var words: [UnsafeMutablePointer<CChar>?] = arguments.map { strdup($0) }
        words.append(nil)
        defer { for word in words { free(word) } }
        let start = ContinuousClock.now
        var child = pid_t()
        let failure = posix_spawn(&child, arguments[0], &actions, nil, words, environ)
        guard failure == 0 else {
            throw FaxError(.unavailable, "\(arguments[0]): \(String(cString: strerror(failure)))", errno: failure)
        }
        var status: Int32 = 0
        var usage = rusage()
        while wait4(child, &status, 0, &usage) < 0 && errno == EINTR {}
        let elapsed = ContinuousClock.now - start
        guard status == exitCode << 8 else {
            throw FaxError(.software, "\(arguments.joined(separator: " ")): ended with status \(status)")
        }
        let milliseconds = Double(elapsed.components.seconds) * 1000 + Double(elapsed.components.attoseconds) / 1e15
        return (milliseconds, usage)
    }
}
