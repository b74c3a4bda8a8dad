import FaxModel
import Glibc
import SpoolFiles

/// One life of the Asterisk that isn't there: a real process, so that whoever asks whether it lives gets a true answer.
struct AsteriskLife {
    let identity: ProcessIdentity
    private let leash: Int32
    private(set) var isAlive = true

    /// `cat` on a socket of ours: should this process die, it ends by itself.
    init() throws {
        var ends: [Int32] = [0, 0]
        guard socketpair(AF_UNIX, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0, &ends) == 0 else {
            throw FaxError(.inputOutput, "no socket pair", errno: errno)
        }
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        posix_spawn_file_actions_adddup2(&actions, ends[0], STDIN_FILENO)
        var pid: pid_t = 0
        let path = strdup("/bin/cat")
        var arguments: [UnsafeMutablePointer<CChar>?] = [path, nil]
        let status = posix_spawn(&pid, "/bin/cat", &actions, nil, &arguments, nil)
        free(path)
        posix_spawn_file_actions_destroy(&actions)
        close(ends[0])
        guard status == 0 else { throw FaxError(.inputOutput, "/bin/cat does not start", errno: status) }
        leash = ends[1]
        identity = .of(pid: pid)
    }

    mutating func end() {
        guard isAlive else { return }
        isAlive = false
        kill(identity.pid, SIGKILL)
        waitpid(identity.pid, nil, 0)
        close(leash)
    }
}
