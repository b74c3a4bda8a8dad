package import FaxModel
import Glibc

/// A process that doesn't outlive us, however we end: its standard input is a pipe whose other end is ours alone, and it
/// leaves when that is closed, as the kernel does for us even after SIGKILL.
package final class TetheredProcess: Sendable {
    private let process: RigProcess
    private let rope: Int32

    /// Starts a program that itself leaves at the end of its standard input.
    init(role: String, arguments: [String], environment: [String: String], output: String) throws(FaxError) {
        var ends: [Int32] = [-1, -1]
        guard pipe(&ends) == 0, fcntl(ends[1], F_SETFD, FD_CLOEXEC) == 0 else {
            throw FaxError(.unavailable, "\(role): no pipe: \(String(cString: strerror(errno)))", errno: errno)
        }
        rope = ends[1]
        defer { close(ends[0]) }
        process = try RigProcess.start(
            role: role, arguments: arguments, environment: environment, input: ends[0], output: output)
    }

    /// Starts any program; it gets a SIGTERM when we end.
    package convenience init(
        role: String, program: [String], environment: [String: String], output: String
    ) throws(FaxError) {
        let script = #""$@" </dev/null & child=$!; read -r line; kill -TERM $child; wait $child"#
        try self.init(
            role: role, arguments: ["/bin/sh", "-c", script, "tether"] + program, environment: environment,
            output: output)
    }

    deinit { close(rope) }

    package var isRunning: Bool { process.isRunning }

    /// The process that this one started first; nil before that, and when it is gone.
    package var child: ProcessIdentity? {
        let pid = process.identity.pid
        let children = (try? FileTree.text("/proc/\(pid)/task/\(pid)/children")) ?? ""
        return children.split(separator: " ").first.flatMap { Int32($0) }.flatMap(ProcessIdentity.running)
    }

    /// Lets go and waits until it is gone; one that stays is killed.
    package func end() async throws {
        // The descriptor itself stays ours until deinit, so that nobody else's gets its number.
        let nothing = open("/dev/null", O_RDONLY | O_CLOEXEC)
        dup2(nothing, rope)
        close(nothing)
        _ = fcntl(rope, F_SETFD, FD_CLOEXEC)
        if try await RigClock.holds(within: 10, { !process.isRunning }) { return }
        try await process.end()
    }
}
