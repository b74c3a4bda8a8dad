import FaxModel
import FaxSettings
import Foundation
import Logging
import SpoolFiles
import Synchronization

/// faxd's end of the socket: a thread for each connection, so that a slow, greedy or hostile client waits for itself alone.
final class DeskServer: Sendable {
    /// What one user, and all together, may have open.
    static let perUser = 8
    static let inAll = 64
    /// Of them for root and the spool's own user alone: who can mend things always gets in.
    static let reserved = 8
    /// Seconds of silence that end a connection, and all that the documents of one fax may take to arrive.
    static let silence = 30
    static let patience: TimeInterval = 600

    /// POLLRDHUP of poll(2), which the C library shows to GNU sources only.
    private static let hangup: Int32 = 0x2000

    private let site: Installation
    private let logger: Logger
    private let listener: Int32
    private let path: String
    private let open = Mutex<[uid_t: Int]>([:])
    private let turns = RenderTurns()
    private let loop: AcceptLoop
    private let poke: @Sendable () -> Void
    /// Who is behind a user's number; replaced in tests.
    private let caller: @Sendable (uid_t) -> Caller

    init(
        site: Installation, logger: Logger, poke: @escaping @Sendable () -> Void,
        caller: (@Sendable (uid_t) -> Caller)? = nil
    ) throws(FaxError) {
        self.site = site
        self.logger = logger
        self.poke = poke
        self.caller = caller ?? { [settings = site.settings] in Caller($0, settings) }
        path = site.settings.socket
        guard var address = UnixAddress.make(path) else {
            throw FaxError(.configuration, "socket: \(path) is too long for a socket; choose a shorter one")
        }
        // Where we may; systemd makes it otherwise (RuntimeDirectory).
        mkdir(DurableFile.directory(of: path), 0o755)
        let listener = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        unlink(path)
        let bound = SocketAddress.with(&address) { bind(listener, $0, $1) }
        // Everybody may connect; who it is decides.
        guard listener >= 0, bound == 0, chmod(path, 0o666) == 0, listen(listener, 64) == 0 else {
            let number = errno
            throw FaxError(
                .cannotCreate,
                "socket \(path): \(String(cString: strerror(number))); make its directory, or set socket",
                errno: number)
        }
        self.listener = listener
        loop = AcceptLoop(listener, name: "desk", logger: logger)
    }

    func start() {
        DocumentInbox.clear(site.layout)
        loop.start { [self] in take($0) }
    }

    func stop() {
        loop.stop()
        close(listener)
        unlink(path)
    }

    private func take(_ client: Int32) {
        guard let user = PeerCredentials(client)?.user, admit(user) else {
            Self.answer(FaxError(.unavailable, "too many connections at once; try again"), on: client)
            close(client)
            return
        }
        Thread.detachNewThread { [self] in
            serve(client, caller(user))
            close(client)
            release(user)
        }
    }

    private func admit(_ user: uid_t) -> Bool {
        open.withLock { open in
            let room = user == 0 || user == geteuid() ? Self.inAll : Self.inAll - Self.reserved
            guard open.values.reduce(0, +) < room, open[user, default: 0] < Self.perUser else { return false }
            open[user, default: 0] += 1
            return true
        }
    }

    private func release(_ user: uid_t) {
        open.withLock { open in
            open[user, default: 1] -= 1
            if open[user] == 0 { open[user] = nil }
        }
    }

    private func serve(_ client: Int32, _ caller: Caller) {
        var limit = timeval(tv_sec: Self.silence, tv_usec: 0)
        setsockopt(client, SOL_SOCKET, SO_RCVTIMEO, &limit, socklen_t(MemoryLayout<timeval>.size))
        setsockopt(client, SOL_SOCKET, SO_SNDTIMEO, &limit, socklen_t(MemoryLayout<timeval>.size))
        do {
            while let frame = try DeskFrame.read(client) {
                guard let question = try? JSONDecoder().decode(DeskQuestion.self, from: frame),
                    question.version == DeskFrame.version
                else { throw FaxError(.data, "this is not a question of this version of Callfax") }
                let desk = QueueDesk(site: site, caller: caller)
                let body =
                    question.command == SubmitFax.name
                    ? try submit(question.body, client, desk) : try DeskCommands.answer(question, at: desk)
                try DeskFrame.write(try JSONEncoder().encode(DeskAnswer(body: body)), to: client)
                poke()
            }
        } catch {
            let refusal = (error as? FaxError) ?? FaxError(.software, "\(error)")
            logger.info("desk", metadata: ["caller": "\(caller.name)", "refusal": "\(refusal.message)"])
            Self.answer(refusal, on: client)
        }
    }

    private static func answer(_ error: FaxError, on client: Int32) {
        let answer = DeskAnswer(code: error.code.rawValue, message: error.message)
        if let frame = try? JSONEncoder().encode(answer) { try? DeskFrame.write(frame, to: client) }
    }

    /// Takes the documents in, then renders and stores on the shared pool while this thread waits.
    private func submit(_ body: Data, _ client: Int32, _ desk: QueueDesk) throws -> Data {
        guard let wish = try? JSONDecoder().decode(SubmitFax.self, from: body) else {
            throw FaxError(.data, "the submission can't be read")
        }
        if wish.owner != nil { try desk.requireAdministrator("sending as another user") }
        guard (1...100).contains(wish.documents), (16...64).contains(wish.key.utf8.count) else {
            throw FaxError(.data, "a submission has 1 to 100 documents and a key")
        }
        // What is wrong with the words is told before the documents are taken in.
        let fax = try FaxSubmission(wish, owner: wish.owner ?? desk.caller.name, settings: site.settings)
        var inbox = DocumentInbox(
            site.layout, limit: site.settings.sending.maxBytes, minFree: site.settings.sending.minFree)
        defer { inbox.remove() }
        let deadline = Date(timeIntervalSinceNow: Self.patience)
        for _ in 0..<wish.documents { try inbox.receive(client, until: deadline) }
        let submitting = Submitting(site: site, fax: fax, key: wish.key, turns: turns)
        let documents = inbox.paths
        let ids = try Self.waiting(for: client) { try await submitting.accept(documents) }
        return try JSONEncoder().encode(AcceptedFax(ids: ids, notes: [fax.recipients.note].compactMap { $0 }))
    }

    /// Runs a task to its end from a thread that may block. A client that hangs up wants nothing any more: it is cancelled.
    private static func waiting<T: Sendable>(
        for client: Int32, _ body: @escaping @Sendable () async throws -> T
    ) throws -> T {
        let done = DispatchSemaphore(value: 0)
        let result = Mutex<Result<T, any Error>?>(nil)
        let task = Task {
            let outcome: Result<T, any Error>
            do { outcome = .success(try await body()) } catch { outcome = .failure(error) }
            result.withLock { $0 = outcome }
            done.signal()
        }
        while done.wait(timeout: .now() + 1) == .timedOut {
            var look = pollfd(fd: client, events: Int16(Self.hangup), revents: 0)
            if poll(&look, 1, 0) > 0, Int32(look.revents) & (Self.hangup | POLLHUP | POLLERR) != 0 { task.cancel() }
        }
        guard let outcome = result.withLock({ $0 }) else { throw FaxError(.software, "a task ended without a result") }
        return try outcome.get()
    }
}

/// Every command by its name.
enum DeskCommands {
    private static let all: [any DeskCommand.Type] = [
        ListJobs.self, ListByNumber.self, ShowJob.self, HoldJob.self, CancelJob.self, AlterJob.self, ResendJob.self,
        ResolveJob.self, ReadLog.self, ReadStats.self, LiveProgress.self,
    ]

    static func answer(_ question: DeskQuestion, at desk: QueueDesk) throws -> Data {
        guard let type = all.first(where: { $0.name == question.command }) else {
            throw FaxError(.data, "there is no command \(quoted(question.command))")
        }
        return try answer(type, question.body, at: desk)
    }

    private static func answer<Command: DeskCommand>(
        _ type: Command.Type, _ body: Data, at desk: QueueDesk
    ) throws -> Data {
        guard let command = try? JSONDecoder().decode(Command.self, from: body) else {
            throw FaxError(.data, "the command \(Command.name) can't be read")
        }
        return try JSONEncoder().encode(try command.answer(at: desk))
    }
}
