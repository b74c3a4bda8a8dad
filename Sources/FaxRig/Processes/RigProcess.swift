package import FaxModel
import Glibc

/// A long-lived process of the rig, with a session of its own, so that it outlives the command that started it.
package struct RigProcess: Hashable, Sendable, Codable {
    /// What it is, like `a-asterisk`: the name of its record and its output file.
    package var role: String
    package var identity: ProcessIdentity
    package var arguments: [String]

    package var isRunning: Bool { identity.isRunning }

    /// Starts it with `input` or nothing on standard input and both outputs appended to `output`.
    ///
    /// Synchronous: the parent must know the number before anything else can happen.
    static func start(
        role: String, arguments: [String], environment: [String: String], input: Int32? = nil, output: String
    ) throws(FaxError) -> RigProcess {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        if let input {
            posix_spawn_file_actions_adddup2(&actions, input, 0)
        } else {
            posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
        }
        posix_spawn_file_actions_addopen(&actions, 1, output, O_WRONLY | O_CREAT | O_APPEND, 0o644)
        posix_spawn_file_actions_adddup2(&actions, 1, 2)
        // Nothing of ours leaks into a process that may outlive us.
        for descriptor in 3...highestDescriptor() { posix_spawn_file_actions_addclose(&actions, descriptor) }

        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        var none = sigset_t()
        sigemptyset(&none)
        var all = sigset_t()
        sigfillset(&all)
        posix_spawnattr_setsigmask(&attributes, &none)
        posix_spawnattr_setsigdefault(&attributes, &all)
        posix_spawnattr_setflags(
            &attributes, Int16(newSession | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF))

        var argv: [UnsafeMutablePointer<CChar>?] = arguments.map { strdup($0) } + [nil]
        var envp: [UnsafeMutablePointer<CChar>?] = environment.map { strdup("\($0.key)=\($0.value)") } + [nil]
        defer { for text in argv + envp { free(text) } }
        var pid: pid_t = 0
        let problem = posix_spawn(&pid, arguments[0], &actions, &attributes, &argv, &envp)
        guard problem == 0 else {
            throw FaxError(
                .unavailable, "\(arguments[0]) can't be started: \(String(cString: strerror(problem)))", errno: problem)
        }
        guard let identity = ProcessIdentity.running(pid) else {
            _ = waitpid(pid, nil, 0)
            throw FaxError(.unavailable, "\(role) ended at once; see \(output)")
        }
        return RigProcess(role: role, identity: identity, arguments: arguments)
    }

    /// POSIX_SPAWN_SETSID of spawn.h, which Swift doesn't see because it is a GNU extension.
    private static let newSession: Int32 = 0x80

    /// The highest descriptor that is open, and a few more, for what other threads may open meanwhile. Closing one that
    /// isn't open is no error (glibc, spawni.c).
    private static func highestDescriptor() -> Int32 {
        (FileTree.names(in: "/proc/self/fd").compactMap { Int32($0) }.max() ?? 0) + 64
    }

    /// Asks it to end, waits up to `patience` seconds, then ends it.
    package func stop(patience: Double = 8) async throws {
        guard identity.signal(SIGTERM) else { return }
        if try await RigClock.holds(within: patience, { !identity.isRunning }) { return }
        try await end()
    }

    /// Ends it with SIGKILL and waits until it is gone.
    package func end() async throws {
        guard identity.signal(SIGKILL) else { return }
        try await RigClock.wait(for: "\(role) (process \(identity.pid)) to be gone after SIGKILL", seconds: 10) {
            !identity.isRunning
        }
    }
}
