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
    static func peakMemory(_ command: [String]) throws -> Double {
        let child = try start(command)
        var status: Int32 = 0
        var usage = rusage()
        while wait4(child, &status, 0, &usage) < 0 && errno == EINTR {}
        try require(command, status, 0)
        return Double(usage.ru_maxrss) / 1000
    }

    /// Milliseconds from start to end; throws on any other exit code. With nil all are as good.
    static func time(_ arguments: [String], _ exitCode: Int32? = 0) throws -> Double {
        let start = ContinuousClock.now
        let child = try self.start(arguments)
        let status = wait(for: child)
        let elapsed = ContinuousClock.now - start
        if let exitCode { try require(arguments, status, exitCode) }
        return milliseconds(elapsed)
    }

    /// Milliseconds from the start until `event` has returned; the program may go on after that.
    static func time(_ arguments: [String], until event: () throws -> Void) throws -> Double {
        let start = ContinuousClock.now
        let child = try self.start(arguments)
        let seen = Result { try event() }
        let elapsed = ContinuousClock.now - start
        try require(arguments, wait(for: child), 0)
        try seen.get()
        return milliseconds(elapsed)
    }

    /// Starts a program that reads nothing and whose output is thrown away.
    private static func start(_ arguments: [String]) throws -> pid_t {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        for descriptor in [STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO] {
            posix_spawn_file_actions_addopen(&actions, descriptor, "/dev/null", O_RDWR, 0)
        }
        var words: [UnsafeMutablePointer<CChar>?] = arguments.map { strdup($0) }
        words.append(nil)
        defer { for word in words { free(word) } }
        var child = pid_t()
        let failure = posix_spawn(&child, arguments[0], &actions, nil, words, environ)
        guard failure == 0 else {
            throw FaxError(.unavailable, "\(arguments[0]): \(String(cString: strerror(failure)))", errno: failure)
        }
        return child
    }

    private static func wait(for child: pid_t) -> Int32 {
        var status: Int32 = 0
        while waitpid(child, &status, 0) < 0 && errno == EINTR {}
        return status
    }

    private static func require(_ arguments: [String], _ status: Int32, _ exitCode: Int32) throws {
        guard status == exitCode << 8 else {
            throw FaxError(.software, "\(arguments.joined(separator: " ")): ended with status \(status)")
        }
    }
}
