import Dispatch
import FaxModel
import Glibc
import Subprocess
import SystemPackage

/// One run of a program that reads a document which may be hostile: no shell, an environment of its own, a session of
/// its own that dies whole, limits of the kernel, a deadline, and bounds on all that it says.
struct RendererChild {
    /// How a run ended.
    struct Outcome {
        var status: TerminationStatus
        /// The beginning of what it wrote to standard error, for classifying; never shown whole.
        var messages: String
        /// It was killed because its time was over.
        var isOvertime: Bool
        /// What the reader of its output threw; it was killed for it.
        var refusal: (any Error)?
        /// Anywhere in its messages.
        var saidOutOfMemory = false

        /// Killed or stopped for want of CPU time.
        var isOutOfTime: Bool { isOvertime || status == .signaled(SIGXCPU) || status == .signaled(SIGKILL) }
        /// There was not enough memory. Poppler may say so, exit 0, and have written pages that aren't right.
        var isOutOfMemory: Bool { status == .signaled(SIGABRT) || saidOutOfMemory }
        /// It ended by itself and was content.
        var isSuccess: Bool { status.isSuccess && !isOvertime && refusal == nil }
        /// It gave up by itself; a limit or a refusal would only be met again.
        var isWorthAnotherTry: Bool {
            refusal == nil && !isOvertime && !isOutOfMemory && !isOutOfTime && !isOutOfSpace
        }
        /// What it ended with by itself; nil where a signal ended it.
        var exitCode: Int32? { if case .exited(let code) = status { code } else { nil } }
        /// Another page may well be drawn: not the whole document's time or memory is at fault.
        var isOnlyThisPage: Bool { refusal == nil && !isOvertime && !isOutOfSpace }
        /// Stopped for writing too large a file.
        var isOutOfSpace: Bool { status == .signaled(SIGXFSZ) }
    }

    let program: String
    let limits: RendererLimits
    /// What it may read besides programs, fonts and its standard input.
    var readable: [String] = []

    /// Where it works and may write; nowhere if nil.
    var directory: String?

    /// Whether it has much to say on its standard output, and should say it in large pieces.
    var isTalkative = false

    /// The name of standard input for programs that want a file's name; they open it anew, and may seek in it.
    static let input = "/dev/stdin"

    /// Where Debian, and OpenBSD's packages, put programs.
    private static let directories = ["/usr/bin", "/usr/local/bin"]

    /// Finds a program by its name; fails with the package to install.
    static func find(_ name: String, package: String, in directories: [String]? = nil) throws(FaxError) -> String {
        for directory in directories ?? Self.directories where access("\(directory)/\(name)", X_OK) == 0 {
            return "\(directory)/\(name)"
        }
        throw FaxError(.unavailable, "\(name) is not installed; install the package \(package)")
    }

    /// Runs the program, with the file at `input` as its standard input, and hands over its standard output as it comes. What `output` throws ends the run and comes
    /// back in the outcome, beside what else there is to know.
    func run(
        _ arguments: [String], input: String? = nil, until deadline: ContinuousClock.Instant,
        output: (UnsafeRawBufferPointer) throws -> Void
    ) async throws -> Outcome {
        let prlimit = try Self.find("prlimit", package: "util-linux")
        var options = PlatformOptions()
        options.createSession = true
        options.teardownSequence = [
            .gracefulShutDown(toProcessGroup: true, allowedDurationToNextStep: .milliseconds(100))
        ]
        let configuration = Configuration(
            executable: .path(FilePath(prlimit)),
            arguments: Arguments(
                limits.arguments + ["--"] + Sandbox.arguments(readable: visible, directory: directory) + [program]
                    + arguments),
            environment: .custom(environment),
            workingDirectory: FilePath(directory ?? "/"),
            platformOptions: options)
        let pipe = try OutputPipe()
        let document = try FileDescriptor.open(FilePath(input ?? "/dev/null"), .readOnly, options: .closeOnExec)
        let result = try await Subprocess.run(
            configuration, input: .fileDescriptor(document, closeAfterSpawningProcess: true),
            output: .fileDescriptor(pipe.writing, closeAfterSpawningProcess: true),
            error: .sequence
        ) { execution in
            // Whether the watch killed it is known from the watch itself, not from the clock afterwards.
            // Neither may wait for the thread that reads, or for what else may be blocked.
            let aside = PagesExecutor.ofOneThread()
            return try await withThrowingTaskGroup(of: Event.self) { group in
                group.addTask(executorPreference: aside) {
                    do { try await Task.sleep(until: deadline, clock: .continuous) } catch { return .inTime }
                    try? execution.send(signal: .kill, toProcessGroup: true)
                    return .overtime
                }
                group.addTask(executorPreference: aside) {
                    try await Self.listen(to: execution.standardError)
                }
                var outcome = Outcome(status: .exited(0), messages: "", isOvertime: false)
                do {
                    // This thread is blocked until the child ends; who cancels has another one.
                    try await withTaskCancellationHandler {
                        try pipe.read(output)
                    } onCancel: {
                        try? execution.send(signal: .kill, toProcessGroup: true)
                    }
                } catch {
                    outcome.refusal = error
                    try? execution.send(signal: .kill, toProcessGroup: true)
                }
                while let event = try await group.next() {
                    switch event {
                    case .said(let text, let isOutOfMemory):
                        outcome.messages = text
                        outcome.saidOutOfMemory = isOutOfMemory
                        group.cancelAll()
                    case .overtime: outcome.isOvertime = true
                    case .inTime: break
                    }
                }
                return outcome
            }
        }
        try Task.checkCancellation()
        var outcome = result.closureResult
        outcome.status = result.terminationStatus
        // bubblewrap tells by its exit code, as a shell does, by which signal the program ended.
        if Sandbox.isAvailable, case .exited(let code) = outcome.status, code > 128 {
            outcome.status = .signaled(code - 128)
        }
        return outcome
    }

    private var environment: [Environment.Key: String] {
        var environment: [Environment.Key: String] = [
            "PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8", "HOME": directory ?? "/nonexistent",
        ]
        if isTalkative, let library = Self.bufferLibrary {
            environment["LD_PRELOAD"] = library
            environment["_STDBUF_O"] = "\(OutputPipe.piece)"
        }
        return environment
    }

    /// What stdbuf(1) makes a program load. MuPDF writes 4 KB at a time, which costs as much as drawing a page of text:
    /// two at once took 650 ms for 113 pages through pipes, 330 ms to nowhere, and 415 ms with this.
    private static let bufferLibrary = ["/usr/libexec/coreutils", "/usr/lib/coreutils"].map { $0 + "/libstdbuf.so" }
        .first { path in access(path, R_OK) == 0 }

    /// Programs from elsewhere than /usr, as tests have them, must be seen to be run.
    private var visible: [String] {
        let directory = String(program[..<(program.lastIndex(of: "/") ?? program.startIndex)])
        return directory.hasPrefix("/usr/") ? readable : readable + [directory]
    }

    private enum Event {
        case said(String, isOutOfMemory: Bool)
        case overtime
        case inTime
    }

    /// Keeps the first 4 KB and reads the rest, so that the program isn't stopped by a full pipe; all of it is searched
    /// for the words of MuPDF, Poppler, the C++ library and the loader for want of memory.
    private static func listen(to sequence: SubprocessOutputSequence) async throws -> Event {
        var kept: [UInt8] = []
        var window = ""
        var isOutOfMemory = false
        for try await buffer in sequence {
            buffer.withUnsafeBytes { bytes in
                kept.append(contentsOf: bytes.prefix(4096 - kept.count))
                window += String(decoding: bytes, as: UTF8.self)
            }
            isOutOfMemory = isOutOfMemory || memoryWords.contains { window.contains($0) }
            // Long enough for words that the next buffer completes.
            window = String(window.suffix(40))
        }
        return .said(String(decoding: kept, as: UTF8.self), isOutOfMemory: isOutOfMemory)
    }

    private static let memoryWords = [
        "Out of memory", "out of memory", "bad_alloc", "failed to map segment", "bytes failed",
    ]
}
