import FaxModel
import Foundation
import Testing

@testable import SpoolFiles

@Suite("Files, locks and processes")
struct DurableFileTests {
    let spool: TemporarySpool
    init() throws { spool = try TemporarySpool() }

    @Test("Publishing replaces a file as a whole, with its mode, and leaves nothing else")
    func publish() throws {
        let path = spool.directory + "/x"
        try DurableFile.publish([1, 2, 3], at: path)
        try DurableFile.publish([4], at: path, mode: 0o600)
        #expect(try DurableFile.read(path, limit: 1) == [4])
        #expect(try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int == 0o600)
        #expect(try DurableFile.list(spool.directory) == ["done", "outgoing", "spool", "staging", "x"])
    }

    @Test("A file over the limit and a link are not read; a missing file is nil or errno ENOENT")
    func reading() throws {
        let path = spool.directory + "/x"
        try DurableFile.publish([1, 2, 3], at: path)
        #expect(throws: FaxError.self) { try DurableFile.read(path, limit: 2) }
        symlink(path, spool.directory + "/link")
        #expect(throws: FaxError.self) { try DurableFile.read(spool.directory + "/link", limit: 10) }
        #expect(try DurableFile.readIfPresent(spool.directory + "/none", limit: 10) == nil)
        let error = #expect(throws: FaxError.self) { try DurableFile.read(spool.directory + "/none", limit: 10) }
        #expect(error?.errno == ENOENT)
        #expect(try DurableFile.remove(path))
        #expect(try !DurableFile.remove(path))
    }

    @Test("A failed write says what to do, and leaves no name behind")
    func failedWrite() throws {
        let error = #expect(throws: FaxError.self) {
            try DurableFile.publish([1], at: spool.directory + "/none/x")
        }
        #expect(error?.errno == ENOENT)
        let full = #expect(throws: FaxError.self) { try OpenFile("/dev/full", O_WRONLY).writeAll([1]) }
        #expect(full?.errno == ENOSPC)
        #expect(full?.message.contains("make room") == true)
    }

    @Test("A lock is held by one at a time and goes with its holder")
    func lock() throws {
        let path = spool.layout.schedulerLock
        let first = try isHeld(PassLock.take(path))
        #expect(first)
        let lock = try PassLock.take(path)
        let whileHeld = try isHeld(PassLock.take(path))
        #expect(!whileHeld)
        _ = consume lock
        let afterwards = try isHeld(PassLock.take(path))
        #expect(afterwards)
    }

    @Test("Those who only look at a lock don't hide it from each other, nor keep it from who wants it")
    func looking() async throws {
        let path = spool.layout.daemonLock
        #expect(try !PassLock.isHeld(path))
        let created = try isHeld(PassLock.take(path))
        #expect(created)
        func look() async -> Bool {
            await blocking { (0..<2000).contains { _ in (try? PassLock.isHeld(path)) != false } }
        }
        async let first = look()
        async let second = look()
        let seen = await [first, second]
        #expect(seen == [false, false])
        async let third = look()
        let lock = try PassLock.take(path, milliseconds: 5000)
        _ = await third
        let whileHeld = try PassLock.isHeld(path)
        let taken = isHeld(lock)
        #expect(whileHeld && taken)
    }

    /// Takes the lock as an argument, so that it is let go at the end.
    private func isHeld(_ lock: consuming PassLock?) -> Bool { lock != nil }

    @Test("This process is alive; its number with another start or boot is not")
    func identity() throws {
        let me = ProcessIdentity.current()
        #expect(me.pid == getpid())
        #expect(me.isAlive)
        let ticks = try #require(me.startTicks)
        #expect(me.bootID != nil)
        #expect(!ProcessIdentity(pid: me.pid, startTicks: ticks + 1, bootID: me.bootID).isAlive)
        #expect(!ProcessIdentity(pid: me.pid, startTicks: ticks, bootID: "another").isAlive)
        #expect(ProcessIdentity(pid: me.pid).isAlive)
        #expect(ProcessIdentity.of(pid: 1).isAlive)
        #expect(!ProcessIdentity(pid: 0).isAlive)
        #expect(!ProcessIdentity(pid: -1).isAlive)
    }

    @Test("A process that ended is dead, as a zombie and after it is gone")
    func deadProcess() throws {
        var pid: pid_t = 0
        var arguments: [UnsafeMutablePointer<CChar>?] = [strdup("/bin/sleep"), strdup("1000"), nil]
        defer { for argument in arguments { free(argument) } }
        try #require(posix_spawn(&pid, "/bin/sleep", nil, nil, &arguments, nil) == 0)
        let identity = ProcessIdentity.of(pid: pid)
        #expect(identity.isAlive)
        kill(pid, SIGKILL)
        var information = siginfo_t()
        waitid(P_PID, id_t(pid), &information, WEXITED | WNOWAIT)
        #expect(!identity.isAlive)
        waitpid(pid, nil, 0)
        #expect(!identity.isAlive)
    }

    static let stats: [(text: String, ticks: UInt64?)] = [
        ("7 (a) S 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 4242 20 21", 4242),
        ("7 (a b) (c) ) R 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 99 20", 99),
        ("7 (a) S 1 2 3", nil), ("", nil), ("7 a S", nil),
    ]

    @Test("The start time is found behind a name with blanks and parentheses", arguments: stats)
    func procStat(text: String, ticks: UInt64?) { #expect(ProcStat(Array(text.utf8))?.startTicks == ticks) }

    @Test("A prepared tree has no problem; preparing again changes nothing; what is missing is named")
    func layout() throws {
        try spool.layout.prepare()
        #expect(spool.layout.problems().isEmpty)
        for path in spool.layout.directories {
            #expect(try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int == 0o750)
        }
        try FileManager.default.removeItem(atPath: spool.layout.started)
        chmod(spool.layout.results, 0o777)
        let problems = spool.layout.problems()
        #expect(problems.count == 2)
        #expect(problems.contains { $0.hasPrefix(spool.layout.started) })
        let missing = SpoolLayout(root: spool.directory + "/no/spool")
        #expect(throws: FaxError.self) { try missing.prepare() }
        #expect(missing.problems().count == missing.directories.count)
    }

    @Test("The clock is the system's, in milliseconds")
    func clock() {
        let seconds = Double(Clock.now().milliseconds) / 1000
        #expect(abs(seconds - Date().timeIntervalSince1970) < 5)
    }
}
