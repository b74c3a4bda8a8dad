import CTrace
import Foundation

/// A program that runs under ptrace(2): what it changes is written down, and it can be killed at any one change.
///
/// Counted over all its threads, in the order in which the kernel reports them. Its child processes run on their own.
struct TracedProgram: Sendable {
    struct Failure: Error, CustomStringConvertible {
        var description: String
    }

    var path: String
    var arguments: [String]
    var environment: [String: String] = [:]
    var input = "/dev/null"
    var output = "/dev/null"
    var errors = "/dev/null"
    /// 0: as who traces it.
    var user: uid_t = 0

    /// Runs it to its end, or to `point`. `started` learns its number; with `begun`, changes count only once that says so.
    ///
    /// Blocks, and has to be called on a thread that nobody else uses meanwhile: ptrace(2) obeys only the thread that began.
    func run(
        killedAt point: KillPoint? = nil, started: (pid_t) -> Void = { _ in }, begun: () -> Bool = { true }
    ) throws -> Trace {
        let pid = try start()
        started(pid)
        var trace = Trace(calls: [], wasKilled: false)
        var underWay: [pid_t: Int] = [:]
        while true {
            var status: Int32 = 0
            let thread = ctrace_wait(&status)
            if thread < 0 {
                if errno == EINTR { continue }
                throw Failure(description: "\(path): lost sight of it: \(String(cString: strerror(errno)))")
            }
            guard status & 0xFF == 0x7F else {
                guard thread == pid else { continue }
                trace.status = status & 0x7F == 0 ? status >> 8 & 0xFF : nil
                return trace
            }
            let signal = status >> 8 & 0xFF
            guard signal == Int32(CTRACE_SYSTRAP) else {
                // A new thread begins stopped, an event is no signal, and the program's own signals are its own.
                let isOurs = status >> 16 != 0 || signal == SIGSTOP || signal == SIGTRAP
                _ = ctrace_resume(thread, isOurs ? 0 : signal)
                continue
            }
            var call = ctrace_call()
            if ctrace_look(thread, &call) == 0 {
                if call.is_entry != 0, let change = TracedThread(id: thread).change(call), begun() {
                    if let point, !trace.wasKilled, kills(pid, thread, change, trace.points, point) {
                        trace.wasKilled = true
                    } else {
                        underWay[thread] = trace.points
                        trace.calls.append(change)
                    }
                } else if call.is_exit != 0, let index = underWay.removeValue(forKey: thread) {
                    trace.calls[index].succeeded = call.is_error == 0
                    if case .within(index)? = point {
                        trace.wasKilled = true
                        kill(pid, SIGKILL)
                    }
                }
            }
            _ = ctrace_resume(thread, 0)
        }
    }

    /// Kills at the entry, so that the call is never made; or halves a write, to be killed at its exit.
    private func kills(_ pid: pid_t, _ thread: pid_t, _ change: SystemCall, _ index: Int, _ point: KillPoint) -> Bool {
        switch point {
        case .before(index): return kill(pid, SIGKILL) == 0
        case .within(index) where change.kind == .write && change.bytes > 1:
            _ = ctrace_set_third_argument(thread, UInt64(change.bytes / 2))
            return false
        default: return false
        }
    }

    private func start() throws -> pid_t {
        func strings(_ texts: [String]) -> [UnsafeMutablePointer<CChar>?] { texts.map { strdup($0) } + [nil] }
        let words = strings([path] + arguments)
        let values = strings(environment.map { "\($0)=\($1)" })
        defer { for word in words + values { free(word) } }
        let pid = ctrace_start(path, words, values, input, output, errors, user)
        var status: Int32 = 0
        guard pid > 0, waitpid(pid, &status, 0) == pid, status & 0xFF == 0x7F, ctrace_begin(pid) == 0 else {
            throw Failure(description: "\(path): can't be traced")
        }
        _ = ctrace_resume(pid, 0)
        return pid
    }
}
